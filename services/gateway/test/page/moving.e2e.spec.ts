import { describe, expect, it } from '@jest/globals';
import { gate } from '@exempla/testing';
import { pageUnderTest } from './page-under-test.ts';

const LANTERN = 'The Lantern Under the Hill';
const BOAT = 'A Boat of Walnut Shell';

describe('the way from story to story on the page', () => {
  const on = pageUnderTest();
  const { open, button, fill, writeStory, holdStories, expectTitle, expectSaid, expectText } = on;

  const follow = (title: string) => on.page.getByRole('link', { name: title }).click();
  const address = () => on.page.evaluate<string>('location.hash');
  /** Which story is told to be open on the shelf. */
  const marked = () => on.page.locator('.shelf [aria-current] strong').allTextContents();
  const article = () => on.page.locator('article');
  /** Answers for one story only when what it returns is called. */
  const holdStory = async (id: string) => {
    const held = gate();
    await on.page.route(`**/api/v1/stories/${id}`, (route) => held.promise.then(() => route.continue()));
    return held.open;
  };
  const settled = () => on.page.waitForLoadState('networkidle');

  it('shows the story that was asked for last, whichever comes first', async () => {
    await open();
    const release = await holdStory('1');
    await follow(BOAT);
    await follow(LANTERN);
    await expectTitle(LANTERN);
    const late = on.page.waitForResponse('**/api/v1/stories/1');
    release();
    await (await late).finished();
    await settled();
    expect([await article().locator('h2').textContent(), await marked()]).toEqual([LANTERN, [LANTERN]]);
  });

  it('opens a story again that was left for one that was never written, or that did not come', async () => {
    const release = holdStories();
    await open({}, '/#story/2');
    await expectTitle(LANTERN);
    await fill();
    await button('Write the story').click();
    await expectText('One is missing');
    expect(await marked()).toEqual([]);
    await button('Cancel').click();
    await expectSaid('Stopped.');
    await follow(LANTERN);
    await expectTitle(LANTERN);
    release();

    await on.page.route('**/api/v1/stories/1', (route) => route.fulfill({ status: 503 }), { times: 1 });
    await follow(BOAT);
    await expectSaid('is away for the moment');
    await follow(BOAT);
    await expectTitle(BOAT);
  });

  it('goes back from a new story to the one before, and from that to none', async () => {
    await open();
    await follow(LANTERN);
    await expectTitle(LANTERN);
    await writeStory();
    expect(await address()).toBe('#story/3');
    await on.page.goBack();
    await expectTitle(LANTERN);
    await on.page.goBack();
    await expectText('Your story will appear here.');
    expect([await article().isVisible(), await marked()]).toEqual([false, []]);
    await on.page.goForward();
    await expectTitle(LANTERN);
    // No place of a story: it stays.
    await on.page.getByText('Skip to the story').focus();
    await on.page.keyboard.press('Enter');
    await settled();
    expect(await article().isVisible()).toBe(true);
  });

  it('stays at the story that was gone to while another was read aloud', async () => {
    on.recorded.holdEnd = gate().promise;
    await open();
    await fill();
    await button('Write the story').click();
    await expectSaid('Reading it aloud');
    await follow(BOAT);
    await expectTitle(BOAT);
    await on.page.locator('.shelf li').nth(2).waitFor();
    await settled();
    expect([await address(), await marked()]).toEqual(['#story/1', [BOAT]]);
    expect(await button('Cancel').isVisible()).toBe(false);
  });

  it('keeps what is open marked when older stories come', async () => {
    on.recorded.nextPageToken = 'older';
    await open({}, '/#story/2');
    await expectTitle(LANTERN);
    await button('Older stories').click();
    await on.page.locator('.shelf li').nth(3).waitFor();
    expect((await marked())[0]).toBe(LANTERN);
  });
});
