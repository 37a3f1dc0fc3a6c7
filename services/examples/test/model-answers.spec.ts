import { describe, expect, it } from '@jest/globals';
import { textsReadTooSlowly } from '@exempla/testing';
import { readDefinition, readItems } from '../src/adapters/model-answers.ts';
import { EXAMPLE_KINDS, type ExampleKind } from '../src/examples/index.ts';

const read = (kind: ExampleKind, answer: string, rest = {}) =>
  readItems(kind, answer, { term: 'river', cut: false, ...rest });
const texts = (kind: ExampleKind, answer: string, rest = {}) => read(kind, answer, rest).map(({ text }) => text);

describe('words', () => {
  it.each([
    ['one a line', 'stream\nbrook', ['stream', 'brook']],
    ['numbered, quoted, with a heading', '## Synonyms\n1. "stream"\n2. “brook”.', ['stream', 'brook']],
    ['between commas behind a label', 'Synonyms: stream, brook; rill', ['stream', 'brook', 'rill']],
    ['explained', '- stream (general)\n- brook - a small one', ['stream', 'brook']],
    ['the term itself and doubles', 'River\nstream\nStream', ['stream']],
    ['sentences in place of words', 'stream\nThere are no other good synonyms of this word', ['stream']],
    ['after thinking aloud', '<think>\nlake\nsea\n</think>\nstream', ['stream']],
    ['nothing but thoughts', '<think>\nlake', []],
    ['no letters', '…\n42', []],
    ['nothing', '', []],
  ])('%s', (_, answer, expected) => expect(texts('SYNONYM', answer)).toEqual(expected));
});

describe('sentences and cases', () => {
  it.each([
    ['announced', 'Sure! Here are some:\n* The river is wide here.\n', ['The river is wide here.']],
    ['too short', 'The river.\nThe river is wide here.', ['The river is wide here.']],
    ['fenced', '```\nThe river is wide here.\n```', ['The river is wide here.']],
    ['commas do not part them', 'The river, wide and slow, bends.', ['The river, wide and slow, bends.']],
    ['far too long', `${'word '.repeat(400)}\nThe river is wide here.`, ['The river is wide here.']],
  ])('%s', (_, answer, expected) => expect(texts('SENTENCE', answer)).toEqual(expected));

  it('of an answer that was cut off the last line is left out', () => {
    expect(texts('SENTENCE', 'The river is wide here.\nThe river is wi', { cut: true })).toEqual([
      'The river is wide here.',
    ]);
    expect(texts('SENTENCE', 'The river is wi', { cut: true })).toEqual([]);
  });

  it('half a surrogate pair is made whole, as the wire needs it', () => {
    expect(texts('SENTENCE', 'The river is wide \ud83c here.')).toEqual(['The river is wide \ufffd here.']);
  });
});

describe('counter-examples', () => {
  const item = { text: 'A canal joins two ports.', reason: 'People dug it, it is not natural.' };
  it.each([
    ['two bars', `1. ${item.text} || ${item.reason}`],
    ['one bar', `${item.text} | ${item.reason}`],
    ['a dash', `${item.text} — ${item.reason}`],
    ['an arrow', `- ${item.text} -> ${item.reason}`],
    ['a line of its own', `1. ${item.text}\n   - **Reason:** ${item.reason}`],
    ['a line in Dutch', `1. ${item.text}\n   Reden: ${item.reason}`],
  ])('the reason behind %s', (_, answer) => expect(read('COUNTER', answer)).toEqual([item]));

  it('without a reason it is none', () => {
    expect(read('COUNTER', `${item.text}\n${item.text} || no`)).toEqual([]);
  });
});

describe('explanations', () => {
  it('a paragraph of several lines is one, under whatever heading', () => {
    const answer =
      '# Why it matters\n\nIt decides who looks after the banks,\nand who pays for a flood.\n\nA second paragraph, which is long enough.';
    expect(texts('EXPLANATION', answer)).toEqual([
      'It decides who looks after the banks, and who pays for a flood.',
      'A second paragraph, which is long enough.',
    ]);
  });
});

describe('definitions', () => {
  const text = 'a large natural stream of water';
  it.each([
    ['three lines', `part of speech: noun\nlemma: river\ndefinition: ${text}`, 'noun'],
    ['bold labels', `**Part of speech**: Noun\n**Lemma:** river\n**Definition:** ${text}.`, 'noun'],
    ['bulleted labels', `- part of speech: proper noun\n- lemma: river\n- definition: "${text}"`, 'noun'],
    ['alone', `${text}.`, ''],
    ['the term in front', `River: ${text}.`, ''],
    ['a sentence', `A river is ${text}.`, ''],
    ['announced', `Here is the definition:\n\n${text}`, ''],
    ['an adverb is no verb', `part of speech: adverb\nlemma: river\ndefinition: ${text}`, 'adverb'],
  ])('%s', (_, answer, partOfSpeech) => {
    expect(readDefinition(answer, 'river')).toEqual({ text, lemma: 'river', partOfSpeech });
  });

  it.each([
    ['nothing', ''],
    ['only labels', 'part of speech: noun\nlemma: river'],
    ['an essay', 'word '.repeat(500)],
  ])('%s is none', (_, answer) => expect(readDefinition(answer, 'river')).toBeUndefined());

  it('a term full of signs is taken as it stands', () => {
    expect(readDefinition('C++ (a*b) is a language for machines', 'C++ (a*b)')?.text).toBe('a language for machines');
  });
});

it('is read in a time that grows with its length only, whatever it is', () => {
  const slow = textsReadTooSlowly((text) => {
    for (const kind of EXAMPLE_KINDS) read(kind, text);
    readDefinition(text, 'river');
  });
  expect(slow).toEqual([]);
});
