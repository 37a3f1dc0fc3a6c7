import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { hasWords, splitSentences } from '../src/speech/split-sentences.ts';

const split = (text: string, max = 5_000): string[] => splitSentences(text, max).map((piece) => piece.text);

describe('sentences', () => {
  it.each<[string, string, string[]]>([
    ['two', 'One is here. Two is there.', ['One is here.', 'Two is there.']],
    ['marks of three kinds', 'Really? Yes! Good.', ['Really?', 'Yes!', 'Good.']],
    ['marks in a row', 'What?! No... Well, yes.', ['What?!', 'No...', 'Well, yes.']],
    ['no mark at the end', 'One is here. Two', ['One is here.', 'Two']],
    ['title', 'Dr. Smith met Mrs. Jones. They spoke.', ['Dr. Smith met Mrs. Jones.', 'They spoke.']],
    [
      'e.g. and i.e.',
      'Fruit, e.g. Apples, i.e. Malus, is good. Eat it.',
      ['Fruit, e.g. Apples, i.e. Malus, is good.', 'Eat it.'],
    ],
    ['decimals', 'It grew by 3.5 percent. Then 0.2 more.', ['It grew by 3.5 percent.', 'Then 0.2 more.']],
    ['version numbers', 'Use 1.2.3 now. Or 2.0. It works.', ['Use 1.2.3 now.', 'Or 2.0.', 'It works.']],
    ['initials', 'J. R. R. Tolkien wrote it. I read it.', ['J. R. R. Tolkien wrote it.', 'I read it.']],
    ['I at the end', 'So did I. You too.', ['So did I.', 'You too.']],
    [
      'No. before a number',
      'See No. 5 of it. The answer is no. We stop.',
      ['See No. 5 of it.', 'The answer is no.', 'We stop.'],
    ],
    [
      'art. before a number',
      'Under art. 6 it holds. This is art. Look.',
      ['Under art. 6 it holds.', 'This is art.', 'Look.'],
    ],
    ['etc. last', 'Cups, plates, etc. Then spoons.', ['Cups, plates, etc.', 'Then spoons.']],
    ['etc. inside', 'Cups, plates, etc. are here.', ['Cups, plates, etc. are here.']],
    ['a.m. inside', 'At 5 a.m. it rains. Sleep.', ['At 5 a.m. it rains.', 'Sleep.']],
    ['U.S. before a name', 'The U.S. Congress met. It voted.', ['The U.S. Congress met.', 'It voted.']],
    ['question in speech', '"Why?" he asked. "Because."', ['"Why?" he asked.', '"Because."']],
    ['mark inside quotes', 'He said "Stop." Then he ran.', ['He said "Stop."', 'Then he ran.']],
    ['mark inside brackets', 'It rained (a lot.) We left.', ['It rained (a lot.)', 'We left.']],
    ['dots in a name', 'Visit example.com or file.txt today. Bye.', ['Visit example.com or file.txt today.', 'Bye.']],
    ['numbered list', '1. Take an egg. 2. Break it.', ['1. Take an egg.', '2. Break it.']],
    ['year at the end', 'It was 1999. All danced.', ['It was 1999.', 'All danced.']],
    ['a wrapped line', 'One\nline goes on. Next.', ['One line goes on.', 'Next.']],
    ['paragraphs without marks', 'A title\n\nThe text', ['A title', 'The text']],
    ['Windows paragraphs', 'A title\r\n\r\nThe text', ['A title', 'The text']],
    ['full-width marks', '一つ。二つ！三つ', ['一つ。', '二つ！', '三つ']],
    ['accented capital', 'It is so. Écoute bien.', ['It is so.', 'Écoute bien.']],
    ['nothing but marks', '... !? — "', []],
    ['marks between', 'One. ... Two.', ['One.', 'Two.']],
    ['empty', '', []],
    ['only spaces', ' \n\t\n ', []],
  ])('%s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('says what follows each piece', () => {
    const ends = splitSentences('One. Two.\n\nThree.', 5_000).map((piece) => piece.end);
    expect(ends).toEqual(['sentence', 'paragraph', 'text']);
  });
});

describe('long sentences', () => {
  it('are cut at a clause', () => {
    expect(splitSentences('alpha beta, gamma delta; epsilon zeta', 30)).toEqual([
      { text: 'alpha beta, gamma delta;', end: 'clause' },
      { text: 'epsilon zeta', end: 'text' },
    ]);
  });

  it('are cut at a space when no clause is near the limit', () => {
    expect(split('a, beta gamma delta epsilon', 20)).toEqual(['a, beta gamma delta', 'epsilon']);
  });

  it('are cut anywhere when there is no space, but never inside a character', () => {
    const pieces = split('𝒜'.repeat(11), 5);
    expect(pieces.join('')).toBe('𝒜'.repeat(11));
    expect(pieces.every((piece) => piece.isWellFormed() && piece.length <= 5)).toBe(true);
  });

  it('lose no word and stay within the limit', () => {
    const text = Array.from({ length: 3_000 }, (_, i) => `word${i}${i % 7 === 0 ? ',' : ''}`).join(' ');
    const pieces = split(text);
    expect(pieces.length).toBeGreaterThan(4);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(5_000);
    expect(pieces.join(' ')).toBe(text);
  });

  // A quadratic splitter needs minutes for these; the test's own time limit, which is looked at when it waits, ends it.
  it.each(['.', '."', '\n', ' \n', '. ', 'a.', '1. ', '(', ' ', 'A. '])(
    'of 200,000 characters of %j take no time',
    async (unit) => {
      expect(split(unit.repeat(200_000 / unit.length)).join('').length).toBeLessThanOrEqual(200_000);
      await setImmediate();
    },
    5_000,
  );
});

it.each([
  ['a', true],
  ['7', true],
  ['語', true],
  ['.', false],
  ['🙂', false],
  ['\u0000', false],
  ['', false],
])('%j has words: %s', (text, expected) => {
  expect(hasWords(text)).toBe(expected);
});
