import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { textsReadTooSlowly } from '@exempla/testing';
import { AnswerReader, faultOf, type StoryAnswer } from '../src/prompts/index.ts';

const fixture = (name: string): Promise<string> => readFile(new URL(`./answers/${name}.txt`, import.meta.url), 'utf8');

/** What an answer comes to, and what was told of it on the way, when it comes in pieces of so many characters. */
function read(text: string, characters = Infinity): { answer: StoryAnswer; title: string; told: string } {
  const reader = new AnswerReader();
  const size = Math.min(characters, text.length);
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
  const told = [...pieces.map((piece) => reader.read(piece)), reader.end()];
  return {
    answer: reader.answer,
    title: told.map(({ title }) => title).join(''),
    told: told.map((piece) => piece.text).join(''),
  };
}

describe('the answer of a model', () => {
  it('loses preface, markdown, headings, quotes around its title, and remarks', async () => {
    const { answer } = read(await fixture('english-untidy'));
    expect(answer.title).toBe("Mia and the Lantern That Wouldn't");
    expect(answer.paragraphs).toHaveLength(8);
    expect(answer.paragraphs[0]).toBe(
      'Mia had one wish before bed: she wanted to see the fox who lived behind the bakery.',
    );
    expect(answer.paragraphs[1]).toContain('about a very slow snail. Nothing.');
    expect(answer.paragraphs.join('\n')).not.toMatch(/[*#`=]|Sure|sequel|summary/);
    expect(answer).toMatchObject({ companion: 'Pip the hedgehog', place: 'the lane behind the bakery', ended: true });
    expect(answer.summary).toMatch(/^Mia wants to see the fox, .* by the stars\.$/);
  });

  it.each([1, 7, Infinity])('has no half characters, which no record keeps as they are (in pieces of %i)', (size) => {
    const half = '\ud83e';
    const ending = `{"summary": "A fox${half}.", "companion": "Pip${half}", "place": ""}`;
    const { answer, told } = read(
      `The Fox${half} 🦊\n\nA fox 🦊${half} sat there.\nIt${half} slept.\n\n===\n${ending}`,
      size,
    );
    const { title, paragraphs, summary, companion } = answer;
    expect([title, told, ...paragraphs, summary, companion].filter((text) => !text.isWellFormed())).toEqual([]);
    expect([title, paragraphs[0]]).toEqual(['The Fox\ufffd 🦊', 'A fox 🦊\ufffd sat there.']);
    expect(told).toBe(paragraphs.join('\n\n'));
  });

  it('is read in Russian, with its dashes', async () => {
    const { answer } = read(await fixture('russian'));
    expect(answer).toMatchObject({ title: 'Мия и упрямый фонарик', companion: 'ёж Пип', ended: true });
    expect(answer.paragraphs[2]).toMatch(/^— В нём масла нет, — сказал/);
    expect(answer.paragraphs).toHaveLength(10);
  });

  it('is a story also without the end that was asked for; thoughts are no part of it', async () => {
    const { answer } = read(await fixture('dutch-without-ending'));
    expect(answer).toMatchObject({ title: 'Mia en de eigenwijze lantaarn', summary: '', companion: '', ended: false });
    expect(answer.paragraphs).toHaveLength(5);
    expect(faultOf(answer, { minutes: 1, isCut: false })).toBeUndefined();
  });

  it.each(['english-untidy', 'russian', 'dutch-without-ending'])(
    'tells %s on the way word for word as it comes to it, however it is cut',
    async (name) => {
      const text = await fixture(name);
      const { answer } = read(text);
      for (const characters of [1, 2, 3, 7, 20, 64, 500]) {
        const piecemeal = read(text, characters);
        expect(piecemeal.answer).toEqual(answer);
        expect(piecemeal.title).toBe(answer.title);
        expect(piecemeal.told).toBe(answer.paragraphs.join('\n\n'));
      }
    },
  );

  it('is told while its line is still being written', () => {
    const reader = new AnswerReader();
    expect(reader.read('The Fox\n\nOnce upon a ti')).toEqual({ title: 'The Fox', text: 'Once upon a' });
    expect(reader.read('me there was')).toEqual({ title: '', text: ' time there' });
  });

  it.each([
    ['Of course! Here is your story.\nThe Fox\nIt slept.', 'The Fox'],
    ['Конечно! Вот сказка.\nЛиса\nОна спала.', 'Лиса'],
    ['Natuurlijk, hier is een verhaal.\nDe vos\nHij sliep.', 'De vos'],
    ['Хорошо, когда есть друг\nЛиса спала.', 'Хорошо, когда есть друг'],
    ['Of Course You Can\nIt slept.', 'Of Course You Can'],
    ['Title: “The Fox”\nIt slept.', 'The Fox'],
    ['```\nThe Fox\nIt slept.\n```', 'The Fox'],
    [`${'Once there was a fox who could not sleep. '.repeat(8)}\nIt slept.`, ''],
  ])('%j has the title %j', (text, title) => {
    expect(read(text, 5).answer.title).toBe(title);
  });

  it.each([
    ['{"summary": "cut off', ''],
    ['{"summary": 7}', ''],
    ['["no object"]', ''],
    ['**Summary:** A fox sleeps.\n\nI hope you like it!', ''],
    ['{"summary": " A  fox\\n sleeps. "}', 'A fox sleeps.'],
  ])('behind the story %s gives the summary %j', (ending, summary) => {
    expect(read(`The Fox\n\nIt slept.\n===\n${ending}`).answer).toMatchObject({ summary, paragraphs: ['It slept.'] });
  });

  it('goes on behind a line that did not end it, and has ended at one behind which nothing comes', () => {
    const goesOn = read('The Fox\n\nIt slept.\n===\nIn the morning it woke.\n===\n\n', 3).answer;
    expect(goesOn).toMatchObject({ paragraphs: ['It slept.', 'In the morning it woke.'], ended: true });
    expect(read('The Fox\n\nIt slept.\n===\nIn the morning').answer.ended).toBe(false);
  });

  it('has no characters that cannot be kept', () => {
    const { answer } = read('The\u0000 Fox\r\n\r\nIt\u0007 slept\twell.\r\n===\r\n{"summary": "It\\u0000 slept."}', 4);
    expect(answer).toMatchObject({ title: 'The Fox', paragraphs: ['It slept well.'], summary: 'It slept.' });
  });

  it('keeps what only looks like a mark', () => {
    const text = 'The Fox\n\nRoom 3 * 4 and snake_case.\n\n- Hello, - said the fox.\n\n* * *\n\n*He* slept.';
    expect(read(text, 1).told).toBe('Room 3 * 4 and snake_case.\n\n- Hello, - said the fox.\n\nHe slept.');
  });
});

describe('an answer is no story', () => {
  const long = 'A fox slept. '.repeat(60).trim();
  it.each([
    ['when nothing is in it', [], true, false, 'EMPTY'],
    ['when it stops in the middle of a sentence', [`${long} And then`], false, false, 'CUT_OFF'],
    ['when the model was stopped', [long], false, true, 'CUT_OFF'],
    ['unless it had come to its end', [long], true, true, undefined],
    ['when it has less than half of its words', ['A fox slept.'], true, false, 'TOO_SHORT'],
    ['and a whole one is', [long], false, false, undefined],
    ['also one that ends with a quote', [`${long} “Sleep!”`], false, false, undefined],
    ['nor in Chinese', ['狐狸在星星下面慢慢地走回家。'.repeat(15)], false, false, undefined],
    ['too short in Chinese', ['狐狸在星星下面慢慢地走回家。'.repeat(5)], false, false, 'TOO_SHORT'],
  ])('%s', (_, paragraphs, ended, isCut, fault) => {
    expect(faultOf({ paragraphs, ended }, { minutes: 1, isCut })).toBe(fault);
  });
});

it.each([
  ['as a whole', ''],
  ['behind a title', 'Mia and the Fox\n'],
  ['behind a story', 'Mia and the Fox\n\nOnce.\n===\n'],
])('is read %s in a time that grows with its length only, whatever it is', (_, before) => {
  const slow = textsReadTooSlowly((text) => {
    for (const characters of [Infinity, 400])
      faultOf(read(before + text, characters).answer, { minutes: 1, isCut: false });
  });
  expect(slow).toEqual([]);
});
