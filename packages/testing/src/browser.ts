import axe from 'axe-core';
import { access, constants } from 'node:fs/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

export type { Browser, Page } from 'playwright-core';

const executablePath = process.env['EXEMPLA_CHROMIUM'] ?? '/usr/bin/chromium';
/** Without a screen, and without talking to anybody but the page. */
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** Chromium with a profile of its own, gone when it is closed. Fails, saying what to install, where there is none. */
export async function openBrowser(): Promise<Browser> {
  try {
    await access(executablePath, constants.X_OK);
  } catch (cause) {
    throw new Error(
      `no Chromium at ${executablePath}: install it (Debian: apt-get install chromium), or set EXEMPLA_CHROMIUM to its path`,
      { cause },
    );
  }
  return chromium.launch({ executablePath, args: ARGS });
}

/** A page and everything it complained of: errors, warnings, refused scripts, failed requests of its own files. */
export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  complaints: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // Chromium writes a line for every answer that is a refusal; the page explains those itself.
    const isRefusal = message.text().startsWith('Failed to load resource') && message.location().url.includes('/api/');
    if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, context, complaints };
}

/** What axe finds that keeps somebody from using the page. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // By the debugger: a script of ours in the page would be refused, as it has to be.
  await page.evaluate(`globalThis.axe ?? ${axe.source}`);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${String(target)}: ${failureSummary}`),
    );
}
