import { hash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { edgeIdentity, status, StatusError } from '@exempla/rpc';
import { eventually } from '@exempla/testing';

import { ApiKeys } from '../src/http/api-keys.ts';
import type { Edge } from '../src/http/app.ts';
import { pageDoor } from '../src/page/page-door.ts';
import {
  openBrowser,
  openPage,
  PHONE,
  seriousFindings,
  type Browser,
  type Page,
  type WatchedPage,
} from '@exempla/testing/browser';
import { edgeWith } from './edge-under-test.ts';
import { RecordedStories } from './recorded-stories.ts';

/** The page in Chromium, against recorded answers. story-page.e2e.spec.ts has it in the mesh. */
describe('the story page', () => {
  let browser: Browser;
  let edge: Edge;
  let url: string;
  let recorded: RecordedStories;
  let watched: WatchedPage | undefined;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    recorded = new RecordedStories();
    await serve();
  });
  const serve = async (options: Parameters<typeof edgeWith>[1] = {}) => {
    edge = await edgeWith({}, { doors: [recorded.door], open: [pageDoor()], ...options });
    url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
  };
  afterEach(async () => {
    await watched?.context.close();
    await edge.app.close();
    // No script of the page failed or was refused, whatever the test did.
    expect(watched?.complaints).toEqual([]);
  });

  const open = async (options?: Parameters<typeof openPage>[2], path = '/') => {
    watched = await openPage(browser, url + path, options);
    page = watched.page;
    await page.getByRole('navigation', { name: 'On the shelf' }).waitFor();
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const expectTitle = (name = 'Mia and the Smallest Star') => page.getByRole('heading', { name }).waitFor();
  const expectSaid = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
  const expectText = (text: string) => page.getByText(text).waitFor();
  const expectGone = () => eventually('the server is told', () => recorded.gone === 1);
  const fill = async () => {
    await page.getByLabel('Name').fill('Mia');
    await page.getByLabel('Age').fill('5');
    await page.getByLabel('she', { exact: true }).check();
    await page.getByLabel('Likes', { exact: true }).fill('stars, foxes,');
  };
  const writeStory = async () => {
    await fill();
    await button('Write the story').click();
    await page.locator('.shelf [aria-current]').waitFor();
  };
  /** Holds back the end of stories until it is called. */
  const holdStories = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    recorded.hold = promise;
    return resolve;
  };
  const focused = () => page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()');

  it('writes the story that was wished for, and puts it on the shelf', async () => {
    await open();
    await fill();
    await page.getByLabel('A story about').selectOption('something of your own …');
    await page.getByLabel('In your words').fill('Everybody falls');
    await page.getByLabel('Goes on from').selectOption({ index: 1 });
    await page.getByLabel('Takes').fill('3');
    await page.getByLabel('Read it aloud').uncheck();
    await button('Write the story').click();
    await expectTitle();
    await expectText('it began to shine');
    expect(recorded.asked).toEqual([
      {
        child: { name: 'Mia', age: 5, gender: 'female', interests: ['stars', 'foxes'] },
        custom_moral: 'Everybody falls',
        language: 'en',
        previous_story_id: '2',
        story_length: 3,
        generate_audio: false,
      },
    ]);
    await page.locator('.shelf [aria-current]', { hasText: 'for Mia · 3 minutes' }).waitFor();
    expect(await page.locator('.shelf li').count()).toBe(3);
    expect(await page.locator('article').getAttribute('lang')).toBe('en');
    expect(await page.locator('.text p').count()).toBe(6);
  });

  it('shows the text as it is written; Cancel ends the work and gives the form back', async () => {
    const release = holdStories();
    await open();
    await fill();
    await button('Write the story').click();
    await expectText('One is missing');
    await expectSaid('Writing …');
    expect(await focused()).toBe('cancel');
    expect(await page.locator('.text p').count()).toBe(2);
    await page.keyboard.press('Enter');
    await expectSaid('Stopped.');
    await expectGone();
    expect(await focused()).toBe('Write the story');
    expect(await page.locator('article').isVisible()).toBe(false);
    release();
  });

  it('a closed tab ends the work', async () => {
    const release = holdStories();
    await open();
    await fill();
    await button('Write the story').click();
    await expectText('One is missing');
    await page.close();
    await expectGone();
    release();
  });

  it('says beside each field what would be right, and goes to the first', async () => {
    await open();
    await page.getByLabel('A story about').selectOption('something of your own …');
    await button('Write the story').click();
    await page.locator('.error').first().waitFor();
    expect(await page.locator('[aria-invalid]').evaluateAll((inputs) => inputs.map(({ id }) => id))).toEqual([
      'name',
      'age',
      'interest',
      'custom-moral',
    ]);
    expect(await focused()).toBe('name');
    expect(await page.getByLabel('Age').getAttribute('aria-describedby')).toBe('child.age-error');
    expect(await page.locator('[id="child.age-error"]').textContent()).toBe('1 to 18 years, please.');
    expect(recorded.asked).toEqual([]);
  });

  it('tells at the field what the server alone knows, and at the button what is no matter of a field', async () => {
    await open();
    const refusedAt = async (label: string, value: string) => {
      await fill();
      await page.getByLabel(label, { exact: true }).fill(value);
      await button('Write the story').click();
      await page.locator('.error').waitFor();
      return focused();
    };
    expect(await refusedAt('Age', '19')).toBe('age');
    expect(await refusedAt('Name', 'x'.repeat(61))).toBe('name');
    await fill();
    recorded.refusal = new StatusError(status.NOT_FOUND, 'STORY_NOT_FOUND', 'no story 9');
    await button('Write the story').click();
    await page.locator('[data-field=previous_story_id] .error').waitFor();
    expect(await focused()).toBe('previous');
    recorded.refusal = new StatusError(status.RESOURCE_EXHAUSTED, 'BUSY', 'full', { retryAfterMs: 7000 });
    await button('Write the story').click();
    await page.getByRole('alert').filter({ hasText: 'in 7 seconds' }).waitFor();
    expect(await focused()).toBe('Write the story');
    // Asked again, it is the same wish.
    await button('Write the story').click();
    await expectTitle();
    expect(new Set(recorded.keys).size).toBe(1);
    expect(recorded.keys).toHaveLength(3);
    expect(await page.locator('.error, .alert:not(:empty)').count()).toBe(0);
    expect(await refusedAt('Likes', 'x'.repeat(101))).toBe('interest');
  });

  it('says that the server is gone', async () => {
    await open();
    await fill();
    await edge.app.close();
    await button('Write the story').click();
    await expectText('cannot be reached');
  });

  it('tells of a narration that did not come; the story stays, and asked again it is the same one', async () => {
    recorded.degraded = [{ step: 'narration', reason: 'UNAVAILABLE', message: 'audio is away' }];
    await open();
    await writeStory();
    await expectText('it could not be read aloud');
    await expectTitle();
    recorded.degraded = [];
    await page.getByLabel('Name').fill('Somebody else');
    await button('Read it aloud now').click();
    await page.locator('.note').waitFor({ state: 'hidden' });
    await button('Delete …').waitFor();
    expect(new Set(recorded.keys).size).toBe(1);
    expect(recorded.asked[1]).toEqual(recorded.asked[0]);
    // All of it is there: the next one is a new one.
    await button('Write the story').click();
    await page.locator('.for', { hasText: 'Somebody else' }).waitFor();
    expect(new Set(recorded.keys).size).toBe(2);
  });

  it('opens what is on the shelf, also by its address, rates and deletes it', async () => {
    await open({}, '/#story/2');
    await expectTitle('The Lantern Under the Hill');
    await page.getByRole('link', { name: 'A Boat of Walnut Shell' }).click();
    await expectTitle('A Boat of Walnut Shell');
    await page.goBack();
    await expectTitle('The Lantern Under the Hill');
    expect(await page.getByLabel('9', { exact: true }).isChecked()).toBe(true);
    await page.getByLabel('10', { exact: true }).check();
    await expectSaid('Rated 10 of 10.');
    await page.getByRole('link', { name: '10 of 10' }).waitFor();
    expect(recorded.stories[0]?.rating).toBe(10);

    await button('Delete …').click();
    await button('Keep it').click();
    expect(recorded.stories).toHaveLength(2);
    await button('Delete …').click();
    await button('Delete').click();
    await expectSaid('The story is deleted.');
    await eventually('it is off the shelf', async () => (await page.locator('.shelf li').count()) === 1);
    expect(recorded.stories.map(({ id }) => id)).toEqual(['1']);
  });

  it('goes on from a story with the same child', async () => {
    await open({}, '/#story/2');
    await button('What happens next?').click();
    expect(await focused()).toBe('previous');
    await button('Write the story').click();
    await expectTitle();
    expect(recorded.asked[0]).toMatchObject({ previous_story_id: '2', child: { name: 'Noor', age: 5 } });
  });

  it('asks for a key where the server asks for one, and fetches the sound with it', async () => {
    await edge.app.close();
    const apiKeys = new ApiKeys(`me home ${hash('sha256', 'open sesame')}`);
    const identity = await edgeIdentity({ EXEMPLA_DEV: '1' });
    await serve({ credentials: { identity: { ...identity, callerOf: () => undefined }, apiKeys } });
    Object.assign(recorded.stories[0]!, { audio_file_url: '/api/v1/stories/2/audio' });
    watched = await openPage(browser, `${url}/#story/2`);
    ({ page } = watched);
    const dialog = page.getByRole('dialog', { name: 'Who is there?' });
    await dialog.getByLabel('Key').fill('guessed');
    await page.keyboard.press('Enter');
    await dialog.getByText('not accepted').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByLabel('Key').fill('open sesame');
    await page.keyboard.press('Enter');
    await expectTitle('The Lantern Under the Hill');
    await eventually('the sound is there', () =>
      page.evaluate<boolean>("document.querySelector('audio').duration > 0"),
    );
  });

  it('says that a story is no longer there', async () => {
    await open({}, '/#story/77');
    await expectSaid('That story is no longer there.');
  });

  it('shows markup as the text it is', async () => {
    await open();
    await fill();
    const name = '<img src=x onerror="document.title=1">';
    await page.getByLabel('Name').fill(name);
    await button('Write the story').click();
    await page.locator('.shelf [aria-current]', { hasText: name }).waitFor();
    expect(await page.locator('.for', { hasText: name }).count()).toBe(1);
    expect(await page.locator('main img').count()).toBe(0);
  });

  it('is used with the keyboard alone', async () => {
    await open();
    const { keyboard } = page;
    const tab = async (times = 1) => {
      for (let pressed = 0; pressed < times; pressed += 1) await keyboard.press('Tab');
    };
    await tab();
    expect(await focused()).toBe('Skip to the story');
    await tab();
    await keyboard.type('Mia');
    await tab();
    await keyboard.type('5');
    await tab();
    await keyboard.press('ArrowLeft');
    await tab();
    await keyboard.type('stars');
    await keyboard.press('Enter');
    await keyboard.type('boats,foxes,');
    await keyboard.press('Backspace');
    await tab(3);
    await keyboard.press('ArrowRight');
    await tab();
    await keyboard.press('Space');
    await tab();
    await keyboard.press('Enter');
    await page.locator('.shelf [aria-current]').waitFor();
    expect(recorded.asked).toEqual([
      {
        child: { name: 'Mia', age: 5, gender: 'male', interests: ['stars', 'boats'] },
        moral: 'kindness',
        language: 'en',
        story_length: 6,
        generate_audio: false,
      },
    ]);
    expect(await focused()).toBe('Mia and the Smallest Star');
    await tab();
    await keyboard.press('Space');
    await expectSaid('Rated 1 of 10.');
    await keyboard.press('ArrowRight');
    await expectSaid('Rated 2 of 10.');
    await tab();
    expect(await focused()).toBe('go-on');
    await tab();
    await keyboard.press('Enter');
    expect(await focused()).toBe('Keep it');
    await keyboard.press('Escape');
    expect(await focused()).toBe('remove');
    await keyboard.press('Enter');
    await tab();
    await keyboard.press('Enter');
    await expectSaid('The story is deleted.');
  });

  it.each(['light', 'dark'] as const)('has no serious findings of axe, %s', async (colorScheme) => {
    await open({ colorScheme, viewport: PHONE });
    await button('Write the story').click();
    await page.locator('.error').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const release = holdStories();
    await fill();
    await button('Write the story').click();
    await expectSaid('Writing …');
    expect(await seriousFindings(page)).toEqual([]);
    release();
    await page.locator('.shelf [aria-current]').waitFor();
    await page.getByLabel('8', { exact: true }).check();
    expect(await seriousFindings(page)).toEqual([]);
    await button('Delete …').click();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('fits a phone, and stands still for who wants that', async () => {
    await open({ viewport: PHONE });
    await writeStory();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(PHONE.width);
    const animations = () => page.evaluate<number>('document.getAnimations().length');
    expect(await animations()).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await button('Write the story').click();
    await eventually('text appears softly', async () => (await animations()) > 0);
  });
});
