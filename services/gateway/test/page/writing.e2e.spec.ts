import { describe, expect, it } from '@jest/globals';
import { status, StatusError } from '@exempla/rpc';
import { pageUnderTest } from './page-under-test.ts';

describe('a story written on the page', () => {
  const on = pageUnderTest();
  const { open, button, fill, writeStory, holdStories, focused, expectTitle, expectSaid, expectText, expectGone } = on;

  it('writes the story that was wished for, and puts it on the shelf', async () => {
    await open();
    await fill();
    await on.page.getByLabel('A story about').selectOption('something of your own …');
    await on.page.getByLabel('In your words').fill('Everybody falls');
    await on.page.getByLabel('Goes on from').selectOption({ index: 1 });
    await on.page.getByLabel('Takes').fill('3');
    await on.page.getByLabel('Read it aloud').uncheck();
    await button('Write the story').click();
    await expectTitle();
    await expectText('it began to shine');
    expect(on.recorded.asked).toEqual([
      {
        child: { name: 'Mia', age: 5, gender: 'female', interests: ['stars', 'foxes'] },
        custom_moral: 'Everybody falls',
        language: 'en',
        previous_story_id: '2',
        story_length: 3,
        generate_audio: false,
      },
    ]);
    await on.page.locator('.shelf [aria-current]', { hasText: 'for Mia · 3 minutes' }).waitFor();
    expect(await on.page.locator('.shelf li').count()).toBe(3);
    expect(await on.page.locator('article').getAttribute('lang')).toBe('en');
    expect(await on.page.locator('.text p').count()).toBe(6);
  });

  it('shows the text as it is written; Cancel ends the work and gives the form back', async () => {
    const release = holdStories();
    await open();
    await fill();
    await button('Write the story').click();
    await expectText('One is missing');
    await expectSaid('Writing …');
    // Of what is busy nothing is told.
    expect(await on.page.locator('[aria-busy=true]').count()).toBe(1);
    expect(await on.page.locator('[aria-busy=true] .status').count()).toBe(0);
    expect(await focused()).toBe('cancel');
    expect(await on.page.locator('.text p').count()).toBe(2);
    await on.page.keyboard.press('Enter');
    await expectSaid('Stopped.');
    await expectGone();
    expect(await focused()).toBe('Write the story');
    expect(await on.page.locator('article').isVisible()).toBe(false);
    release();
  });

  it('shows drafts as they are written, each in the place of the one before, and then what is kept', async () => {
    on.recorded.drafts = [
      { attempt: 1, title: 'A Poor Draft', text: 'Once upon a' },
      { attempt: 2, title: 'Mia and the Fallen Star', text: '' },
      { attempt: 2, title: '', text: 'Mia looked' },
      { attempt: 2, title: '', text: ' up.\n\nOne star' },
      { attempt: 2, title: '', text: ' was gone.' },
    ];
    const release = holdStories();
    await open();
    await fill();
    await button('Write the story').click();
    await expectText('One star was gone.');
    expect(await on.page.locator('.text p').allTextContents()).toEqual(['Mia looked up.', 'One star was gone.']);
    expect(await on.page.getByRole('heading', { name: 'Mia and the Fallen Star' }).isVisible()).toBe(true);
    release();
    await expectTitle();
    await expectText('it began to shine');
    expect(await on.page.locator('.text p').count()).toBe(6);
  });

  it('a closed tab ends the work', async () => {
    const release = holdStories();
    await open();
    await fill();
    await button('Write the story').click();
    await expectText('One is missing');
    await on.page.close();
    await expectGone();
    release();
  });

  it('says beside each field what would be right, and goes to the first', async () => {
    await open();
    await on.page.getByLabel('A story about').selectOption('something of your own …');
    await button('Write the story').click();
    await on.page.locator('.error').first().waitFor();
    expect(await on.page.locator('[aria-invalid]').evaluateAll((inputs) => inputs.map(({ id }) => id))).toEqual([
      'name',
      'age',
      'interest',
      'custom-moral',
    ]);
    expect(await focused()).toBe('name');
    expect(await on.page.getByLabel('Age').getAttribute('aria-describedby')).toBe('child.age-error');
    expect(await on.page.locator('[id="child.age-error"]').textContent()).toBe('1 to 18 years, please.');
    expect(on.recorded.asked).toEqual([]);
  });

  it('tells at the field what the server alone knows, and at the button what is no matter of a field', async () => {
    await open();
    const refusedAt = async (label: string, value: string) => {
      await fill();
      await on.page.getByLabel(label, { exact: true }).fill(value);
      await button('Write the story').click();
      await on.page.locator('.error').waitFor();
      return focused();
    };
    expect(await refusedAt('Age', '19')).toBe('age');
    expect(await refusedAt('Name', 'x'.repeat(61))).toBe('name');
    await fill();
    on.recorded.refusal = new StatusError(status.NOT_FOUND, 'STORY_NOT_FOUND', 'no story 9');
    await button('Write the story').click();
    await on.page.locator('[data-field=previous_story_id] .error').waitFor();
    expect(await focused()).toBe('previous');
    on.recorded.refusal = new StatusError(status.RESOURCE_EXHAUSTED, 'BUSY', 'full', { retryAfterMs: 7000 });
    await button('Write the story').click();
    await on.page.getByRole('alert').filter({ hasText: 'in 7 seconds' }).waitFor();
    expect(await focused()).toBe('Write the story');
    // Asked again, it is the same wish.
    await button('Write the story').click();
    await expectTitle();
    expect(new Set(on.recorded.keys).size).toBe(1);
    expect(on.recorded.keys).toHaveLength(3);
    expect(await on.page.locator('.error, .alert:not(:empty)').count()).toBe(0);
    expect(await refusedAt('Likes', 'x'.repeat(101))).toBe('interest');
  });

  it('says that the server is gone', async () => {
    await open();
    await fill();
    await on.stopServing();
    await button('Write the story').click();
    await expectText('cannot be reached');
  });

  it('tells of a narration that did not come; the story stays, and asked again it is the same one', async () => {
    on.recorded.degraded = [{ step: 'narration', reason: 'UNAVAILABLE', message: 'audio is away' }];
    await open();
    await writeStory();
    await expectText('it could not be read aloud');
    await expectTitle();
    on.recorded.degraded = [];
    await on.page.getByLabel('Name').fill('Somebody else');
    await button('Read it aloud now').click();
    await on.page.locator('.note').waitFor({ state: 'hidden' });
    await button('Delete …').waitFor();
    expect(new Set(on.recorded.keys).size).toBe(1);
    expect(on.recorded.asked[1]).toEqual(on.recorded.asked[0]);
    // All of it is there: the next one is a new one.
    await button('Write the story').click();
    await on.page.locator('.for', { hasText: 'Somebody else' }).waitFor();
    expect(new Set(on.recorded.keys).size).toBe(2);
  });

  it('shows markup as the text it is', async () => {
    await open();
    await fill();
    const name = '<img src=x onerror="document.title=1">';
    await on.page.getByLabel('Name').fill(name);
    await button('Write the story').click();
    await on.page.locator('.shelf [aria-current]', { hasText: name }).waitFor();
    expect(await on.page.locator('.for', { hasText: name }).count()).toBe(1);
    expect(await on.page.locator('main img').count()).toBe(0);
  });
});
