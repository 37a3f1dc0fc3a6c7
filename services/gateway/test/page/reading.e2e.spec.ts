import { describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { edgeIdentity } from '@exempla/rpc';
import { eventually } from '@exempla/testing';
import { PHONE, seriousFindings } from '@exempla/testing/browser';
import { ApiKeys } from '../../src/http/api-keys.ts';
import { pageUnderTest } from './page-under-test.ts';

describe('stories read on the page', () => {
  const on = pageUnderTest();
  const { open, button, fill, writeStory, holdStories, focused, expectTitle, expectSaid } = on;

  it('opens what is on the shelf, also by its address, rates and deletes it', async () => {
    await open({}, '/#story/2');
    await expectTitle('The Lantern Under the Hill');
    await on.page.getByRole('link', { name: 'A Boat of Walnut Shell' }).click();
    await expectTitle('A Boat of Walnut Shell');
    await on.page.goBack();
    await expectTitle('The Lantern Under the Hill');
    expect(await on.page.getByLabel('9', { exact: true }).isChecked()).toBe(true);
    await on.page.getByLabel('10', { exact: true }).check();
    await expectSaid('Rated 10 of 10.');
    await on.page.getByRole('link', { name: '10 of 10' }).waitFor();
    expect(on.recorded.stories[0]?.rating).toBe(10);

    await button('Delete …').click();
    await button('Keep it').click();
    expect(on.recorded.stories).toHaveLength(2);
    await button('Delete …').click();
    await button('Delete').click();
    await expectSaid('The story is deleted.');
    await eventually('it is off the shelf', async () => (await on.page.locator('.shelf li').count()) === 1);
    expect(on.recorded.stories.map(({ id }) => id)).toEqual(['1']);
  });

  it('asks anew when a question is put again in the moment in which it was closed', async () => {
    await open({}, '/#story/2');
    await expectTitle('The Lantern Under the Hill');
    await on.page.evaluate(`
      const dialog = document.querySelector('#sure');
      document.querySelector('#remove').click();
      dialog.close();
      document.querySelector('#remove').click();
      new Promise((told) => dialog.addEventListener('close', told, { once: true }))
    `);
    await button('Delete').click();
    await expectSaid('The story is deleted.');
    expect(on.recorded.stories.map(({ id }) => id)).toEqual(['1']);
  });

  it('goes on from a story with the same child', async () => {
    await open({}, '/#story/2');
    await button('What happens next?').click();
    expect(await focused()).toBe('previous');
    await button('Write the story').click();
    await expectTitle();
    expect(on.recorded.asked[0]).toMatchObject({ previous_story_id: '2', child: { name: 'Noor', age: 5 } });
  });

  it('asks for a key where the server asks for one, and fetches the sound with it', async () => {
    await on.stopServing();
    const apiKeys = new ApiKeys(`me home ${hash('sha256', 'open sesame')}`);
    const identity = await edgeIdentity({ EXEMPLA_DEV: '1' });
    await on.serve({ credentials: { identity: { ...identity, callerOf: () => undefined }, apiKeys } });
    Object.assign(on.recorded.stories[0]!, { audio_file_url: '/api/v1/stories/2/audio' });
    await on.load({}, '/#story/2');
    const dialog = on.page.getByRole('dialog', { name: 'Who is there?' });
    await dialog.getByLabel('Key').fill('guessed');
    await on.page.keyboard.press('Enter');
    await dialog.getByText('not accepted').waitFor();
    expect(await seriousFindings(on.page)).toEqual([]);
    await dialog.getByLabel('Key').fill('open sesame');
    await on.page.keyboard.press('Enter');
    await expectTitle('The Lantern Under the Hill');
    await eventually('the sound is there', () =>
      on.page.evaluate<boolean>("document.querySelector('audio').duration > 0"),
    );
  });

  it('says that a story is no longer there', async () => {
    await open({}, '/#story/77');
    await expectSaid('That story is no longer there.');
  });

  it('is used with the keyboard alone', async () => {
    await open();
    const { keyboard } = on.page;
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
    await on.page.locator('.shelf [aria-current]').waitFor();
    expect(on.recorded.asked).toEqual([
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

  it('has no serious findings of axe, by day and by night', async () => {
    const findings = async () => {
      const found = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        await on.page.emulateMedia({ colorScheme });
        found.push(...(await seriousFindings(on.page)).map((finding) => `${colorScheme}: ${finding}`));
      }
      return found;
    };
    await open({ viewport: PHONE });
    await button('Write the story').click();
    await on.page.locator('.error').first().waitFor();
    expect(await findings()).toEqual([]);
    const release = holdStories();
    await fill();
    await button('Write the story').click();
    await expectSaid('Writing …');
    expect(await findings()).toEqual([]);
    release();
    await on.page.locator('.shelf [aria-current]').waitFor();
    await on.page.getByLabel('8', { exact: true }).check();
    expect(await findings()).toEqual([]);
    await button('Delete …').click();
    expect(await findings()).toEqual([]);
    // Eight times a few seconds, where there is little time for a browser.
  }, 60_000);

  it('fits the smallest phone, whatever words are in a story and however large they are', async () => {
    const word = 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis';
    Object.assign(on.recorded.stories[0]!, {
      title: `${word} Sits Down`,
      child_name: word,
      content: `${word} sat down.`,
    });
    await open({ viewport: { width: 320, height: 640 } }, '/#story/2');
    await expectTitle(`${word} Sits Down`);
    for (const size of ['100%', '200%']) {
      await on.page.evaluate(`document.documentElement.style.fontSize = '${size}'`);
      expect([size, await on.page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([size, 320]);
    }
  });

  it('shows what is chosen also where the system chooses the colors', async () => {
    await open({ forcedColors: 'active' }, '/#story/2');
    await expectTitle('The Lantern Under the Hill');
    const colors = (choices: string) =>
      on.page.evaluate<number>(
        `new Set([...document.querySelectorAll('${choices} span')].map((label) => getComputedStyle(label).color)).size`,
      );
    expect([await colors('.choices'), await colors('.stars')]).toEqual([2, 2]);
    const aloud = on.page.getByRole('switch');
    const before = await aloud.screenshot();
    await aloud.evaluate((input) => ((input as unknown as { checked: boolean }).checked = false));
    expect((await aloud.screenshot()).equals(before)).toBe(false);
  });

  it('fits a phone, and stands still for who wants that', async () => {
    await open({ viewport: PHONE });
    await writeStory();
    expect(await on.page.evaluate<number>('document.documentElement.scrollWidth')).toBe(PHONE.width);
    const animations = () => on.page.evaluate<number>('document.getAnimations().length');
    expect(await animations()).toBe(0);
    await on.page.emulateMedia({ reducedMotion: 'no-preference' });
    await button('Write the story').click();
    await eventually('text appears softly', async () => (await animations()) > 0);
  });
});
