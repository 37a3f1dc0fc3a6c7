import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { openBrowser, openPage, type Browser, type Page, type WatchedPage } from '@exempla/testing/browser';
import { pageDoor } from '../../src/page/page-door.ts';
import { edgeWith, type EdgeUnderTest } from '../edge-under-test.ts';
import { RecordedStories } from './recorded-stories.ts';

/** The page in Chromium, against recorded answers; apps/cli/test/story-page.e2e.spec.ts has it in the mesh. */
export function pageUnderTest() {
  let browser: Browser;
  let edge: EdgeUnderTest;
  let url: string;
  let recorded: RecordedStories;
  let watched: WatchedPage;
  let page: Page;

  const serve = async (options: Parameters<typeof edgeWith>[1] = {}) => {
    edge = await edgeWith({}, { doors: [recorded.door], open: [pageDoor()], ...options });
    url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
  };
  const load = async (options?: Parameters<typeof openPage>[2], path = '/') => {
    watched = await openPage(browser, url + path, options);
    page = watched.page;
  };

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    recorded = new RecordedStories();
    await serve();
  });
  afterEach(async () => {
    await watched?.context.close();
    await edge.app.close();
    // No script of the page failed or was refused, whatever the test did.
    expect(watched?.complaints).toEqual([]);
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const fill = async () => {
    await page.getByLabel('Name').fill('Mia');
    await page.getByLabel('Age').fill('5');
    await page.getByLabel('she', { exact: true }).check();
    await page.getByLabel('Likes', { exact: true }).fill('stars, foxes,');
  };
  return {
    get page() {
      return page;
    },
    get recorded() {
      return recorded;
    },
    serve,
    stopServing: () => edge.app.close(),
    load,
    open: async (...to: Parameters<typeof load>) => {
      await load(...to);
      await page.getByRole('navigation', { name: 'On the shelf' }).waitFor();
    },
    button,
    fill,
    writeStory: async () => {
      await fill();
      await button('Write the story').click();
      await page.locator('.shelf [aria-current]').waitFor();
    },
    /** Holds back the end of stories until what it returns is called. */
    holdStories: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      recorded.hold = promise;
      return resolve;
    },
    focused: () => page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()'),
    expectTitle: (name = 'Mia and the Smallest Star') => page.getByRole('heading', { name }).waitFor(),
    expectSaid: (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor(),
    expectText: (text: string) => page.getByText(text).waitFor(),
    expectGone: () => eventually('the server is told', () => recorded.gone === 1),
  };
}
