import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { openBrowser, openPage, PHONE, type Browser, type Page } from '@exempla/testing/browser';
import { metricOf } from './metrics.ts';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const EVERYONE = ['gateway', 'orchestrator', 'examples', 'audio', 'storage'] as const;

/** The page at `/` in Chromium, with everything behind it. `npm run screenshots` renews docs/images by it. */
describe('the story page in the mesh', () => {
  let mesh: TestMesh;
  let browser: Browser;
  let url: string;
  let pictures: string;
  beforeAll(async () => {
    browser = await openBrowser();
    mesh = await startTestMesh({ gateway: true, env: { ...process.env, EXEMPLA_METRICS_PORT: '0' } });
    url = `http://${mesh.addressOf('gateway')}/`;
    pictures = process.env['EXEMPLA_SCREENSHOTS'] ?? (await mkdtemp(join(tmpdir(), 'exempla-page-')));
  });
  afterAll(async () => {
    await browser?.close();
    await mesh?.[Symbol.asyncDispose]();
  });

  const tell = async (page: Page, { name, likes, minutes }: { name: string; likes: string; minutes: number }) => {
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Age').fill('5');
    await page.getByLabel('she', { exact: true }).check();
    await page.getByLabel('Likes', { exact: true }).fill(`${likes},`);
    await page.getByLabel('Takes').fill(String(minutes));
    await page.getByRole('button', { name: 'Write the story' }).click();
  };
  const playedS = (page: Page) => page.evaluate<number>("document.querySelector('audio').currentTime");

  it('writes a story, reads it aloud, keeps its rating', async () => {
    const { page, context, complaints } = await openPage(browser, url);
    await tell(page, { name: 'Mia', likes: 'stars, foxes', minutes: 2 });
    await page.locator('.shelf [aria-current]').waitFor();
    expect(await page.locator('.text').textContent()).toContain('Mia');
    await page.evaluate("document.querySelector('audio').play()");
    await eventually('the sound moves', async () => (await playedS(page)) > 0.2);
    // Ranges: the end is there without the middle.
    await page.evaluate("{ const audio = document.querySelector('audio'); audio.currentTime = audio.duration - 0.5; }");
    await eventually('the end is heard', () => page.evaluate<boolean>("document.querySelector('audio').ended"));
    await page.evaluate("document.querySelector('audio').currentTime = 0");
    await page.screenshot({ path: join(pictures, 'story-page-desktop.png') });
    await page.getByLabel('9', { exact: true }).check();
    await page.getByRole('status').filter({ hasText: 'Rated 9' }).waitFor();

    // The same story on a phone, at night.
    const phone = await openPage(browser, page.url(), { viewport: PHONE, colorScheme: 'dark', deviceScaleFactor: 2 });
    await phone.page.locator('article', { hasText: 'for Mia' }).waitFor();
    expect(await phone.page.getByLabel('9', { exact: true }).isChecked()).toBe(true);
    await eventually('its sound is there', () => phone.page.evaluate("document.querySelector('audio').duration > 1"));
    await phone.page.screenshot({ path: join(pictures, 'story-page-phone.png') });
    expect([...complaints, ...phone.complaints]).toEqual([]);
    await context.close();
    await phone.context.close();
  });

  it('a tab closed while a story is read aloud: the worker stops, nothing is left anywhere', async () => {
    const { page, context } = await openPage(browser, url);
    // The longest there is: read aloud it takes far longer than this test.
    await tell(page, { name: 'Ada', likes: 'trains', minutes: 30 });
    const speaking = () => metricOf(mesh.lines, 'audio', 'exempla_speech_workers_busy');
    await eventually('the story is read aloud', async () => (await speaking()) > 0, 20_000);
    await page.close();
    await eventually('no worker speaks', async () => (await speaking()) === 0);
    await eventually('no call is under way', async () => {
      const calls = await Promise.all(EVERYONE.map((name) => metricOf(mesh.lines, name, 'exempla_server_in_flight')));
      return calls.every((underWay) => underWay === 0);
    });
    await context.close();
    expect(mesh.complaints()).toEqual([]);
  });
});
