import { describe, expect, it } from '@jest/globals';
import { startsWithGenus } from '../../src/rules/starts-with-genus.ts';
import { about, good, quickly, river, run } from './subjects.ts';

describe('starts-with-genus', () => {
  it.each([
    { text: 'a large natural stream of water', score: 1, subject: river },
    { text: 'water that flows', score: 1, subject: river },
    { text: 'any of various large streams', score: 1, subject: river },
    { text: 'United States general', score: 1, subject: river },
    { text: 'traveling by foot', score: 1, subject: river },
    { text: 'someone who swims', score: 1, subject: river },
    { text: '2 pairs of shoes', score: 1, subject: river },
    { text: '', score: 0, subject: river },
    { text: 'to flow downhill', score: 0, subject: river },
    { text: 'it is a stream', score: 0, subject: river },
    { text: 'when water flows', score: 0, subject: river },
    { text: 'is a stream', score: 0, subject: river },
    { text: 'consists of water', score: 0, subject: river },
    { text: 'refers to water', score: 0, subject: river },
    { text: 'that which flows', score: 0.2, subject: river },
    { text: 'which flows to the sea', score: 0.2, subject: river },
    { text: 'of southern America', score: 0.2, subject: river },
    { text: 'having a source', score: 0.4, subject: river },
    { text: 'usually a stream', score: 0.7, subject: river },
    { text: 'not a lake', score: 0.5, subject: river },
    { text: "to move fast by using one's feet", score: 1, subject: run },
    { text: 'to suddenly move', score: 1, subject: run },
    { text: 'to the end', score: 0.3, subject: run },
    { text: 'to', score: 0.3, subject: run },
    { text: 'move fast', score: 0.6, subject: run },
    { text: 'moving fast on foot', score: 0.4, subject: run },
    { text: 'the act of moving', score: 0.2, subject: run },
    { text: 'in a hurry', score: 0.2, subject: run },
    { text: 'not to stay', score: 1, subject: run },
    { text: 'having desirable or positive qualities', score: 1, subject: good },
    { text: 'of or relating to virtue', score: 1, subject: good },
    { text: 'being one more than two', score: 1, subject: good },
    { text: 'the most desirable', score: 1, subject: good },
    { text: 'a quality', score: 0.2, subject: good },
    { text: 'the quality of virtue', score: 0.2, subject: good },
    { text: 'to please', score: 0.2, subject: good },
    { text: 'that pleases', score: 0.6, subject: good },
    { text: 'which pleases', score: 0.6, subject: good },
    { text: 'in a rapid manner', score: 1, subject: quickly },
    { text: 'with little delay', score: 1, subject: quickly },
    { text: 'to a great degree', score: 1, subject: quickly },
    { text: 'a manner of moving', score: 0.3, subject: quickly },
    { text: 'when in a hurry', score: 1, subject: quickly },
    { text: 'to flow or a stream', score: 1, subject: about('river') },
    { text: 'it flows', score: 0, subject: about('river') },
    { text: 'having legs', score: 1, subject: about('leggy', 'adjective satellite') },
  ])('$score for $subject.partOfSpeech: $text', ({ text, score, subject }) => {
    const verdict = startsWithGenus.check(text, subject);
    expect(verdict.score).toBeCloseTo(score, 5);
    expect(verdict.message === '').toBe(score === 1);
  });

  it.each([
    {
      text: 'when water flows',
      message: 'opens with "when" like a sentence about the term; begin with its genus',
      subject: river,
    },
    { text: 'move fast', message: 'leaves out "to"; name the action first, as in "to move …"', subject: run },
    {
      text: 'a quality',
      message:
        'opens like a noun with "a"; open with what it says of a noun, as in "having …", "being …", "of …" or "showing …"',
      subject: good,
    },
  ])('says of $text: $message', ({ text, message, subject }) => {
    expect(startsWithGenus.check(text, subject).message).toBe(message);
  });
});
