import { describe, expect, it } from '@jest/globals';
import { assessDefinition, rules, type Family, type Rule } from '../../src/rules/index.ts';
import { about, good, quickly, river, run } from './subjects.ts';

interface Plant {
  readonly name?: string;
  readonly family?: Family;
  readonly weight?: number;
  readonly critical?: boolean;
  readonly score: number;
}

const planted = ({ name = 'planted', family = 'language', weight = 1, critical = false, score }: Plant): Rule => ({
  name,
  family,
  weight,
  critical,
  check: () => ({ score, message: score < 1 ? `scores ${score}` : '' }),
});
const assess = (...plants: Plant[]) => assessDefinition('any text', river, plants.map(planted));

describe('the score', () => {
  it('is the mean of the rules by their weights', () => {
    expect(assess({ score: 1, weight: 3 }, { score: 0.2, weight: 1 }).score).toBeCloseTo(0.8, 10);
  });

  it('is 1 without violations', () => {
    expect(assess({ score: 1 })).toEqual({ score: 1, accepted: true, violations: [] });
  });

  it.each([
    { score: 0.75, accepted: true },
    { score: 0.7499, accepted: false },
  ])('of $score: accepted $accepted', ({ score, accepted }) => {
    expect(assess({ score }).accepted).toBe(accepted);
  });

  it('does not miss its threshold by rounding', () => {
    const tenths = Array.from({ length: 10 }, (_, i): Plant => ({ score: i < 7 ? 1 : 0, weight: 0.1 }));
    const others: Plant[] = [{ score: 1, family: 'structure', weight: 1 }];
    expect(assess(...tenths, ...others).accepted).toBe(true);
  });
});

describe('a family', () => {
  it.each(['language', 'structure', 'content', 'coherence'] as const)(
    'of %s below 0.70 refuses, whatever the rest',
    (family) => {
      const rest: Plant[] = (['language', 'structure', 'content', 'coherence'] as const).map((other) => ({
        family: other,
        score: 1,
        weight: 10,
      }));
      const without = rest.filter((plant) => plant.family !== family);
      expect(assess(...without, { family, score: 0.69 })).toMatchObject({
        accepted: false,
        score: expect.closeTo(0.99, 2),
      });
      expect(assess(...without, { family, score: 0.7 }).accepted).toBe(true);
    },
  );
});

describe('a critical rule', () => {
  const rest: Plant = { score: 1, weight: 99 };

  it.each([
    { score: 0.49, critical: true, accepted: false },
    { score: 0.5, critical: true, accepted: true },
    { score: 0.49, critical: false, accepted: true },
  ])('scoring $score, critical $critical: accepted $accepted', ({ score, critical, accepted }) => {
    const assessment = assess(rest, { score, critical });
    expect(assessment.accepted).toBe(accepted);
    expect(assessment.violations[0]?.critical).toBe(!accepted);
  });
});

describe('the violations', () => {
  it('come worst first: what refuses, then the lowest score, then the heaviest', () => {
    const { violations } = assess(
      { name: 'whole', score: 1 },
      { name: 'slight', score: 0.9 },
      { name: 'light', score: 0, weight: 1 },
      { name: 'critical', score: 0.4, critical: true },
      { name: 'heavy', score: 0, weight: 2 },
    );
    expect(violations.map(({ rule }) => rule)).toEqual(['critical', 'heavy', 'light', 'slight']);
    expect(violations[3]).toEqual({
      rule: 'slight',
      family: 'language',
      score: 0.9,
      message: 'scores 0.9',
      critical: false,
    });
  });

  it('of an empty text are one', () => {
    expect(assessDefinition(' ', river)).toEqual({
      score: 0,
      accepted: false,
      violations: [
        {
          rule: 'not-empty',
          family: 'structure',
          score: 0,
          message: 'has no text; say what the term means',
          critical: true,
        },
      ],
    });
  });
});

describe('the rules', () => {
  it('have different names, a weight, and stand in all families', () => {
    expect(rules.length).toBeGreaterThanOrEqual(20);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    expect(rules.every(({ name, weight }) => /^[a-z]+(-[a-z]+)*$/.test(name) && weight > 0)).toBe(true);
    expect(new Set(rules.map(({ family }) => family))).toEqual(
      new Set(['language', 'structure', 'content', 'coherence']),
    );
    expect(rules.filter(({ critical }) => critical).map(({ name }) => name)).toEqual(['not-empty', 'not-circular']);
  });
});

describe('definitions', () => {
  const contract = about('contract', 'noun');

  it.each([
    { subject: river, text: 'a large natural stream of water' },
    { subject: about('entropy', 'noun'), text: 'the quality of being thermodynamically unavailable for doing work' },
    { subject: about('entropy', 'noun'), text: 'a measure of the disorder of a system' },
    { subject: contract, text: 'a binding agreement between two or more persons that is enforceable by law' },
    {
      subject: about('power of attorney', 'noun'),
      text: 'a legal instrument authorizing someone to act as the agent of the grantor',
    },
    { subject: about('children', 'noun', { lemma: 'child' }), text: 'a young person of either sex' },
    { subject: run, text: "to move fast by using one's feet" },
    { subject: about('went', 'verb', { lemma: 'go' }), text: 'to change location; move, travel, or proceed' },
    { subject: good, text: 'having desirable or positive qualities' },
    { subject: quickly, text: 'with little or no delay' },
  ])('accepts for $subject.term: $text', ({ subject, text }) => {
    expect(assessDefinition(text, subject)).toMatchObject({ accepted: true });
  });

  it.each([
    { subject: river, text: 'a river that flows to the sea', worst: 'not-circular' },
    { subject: river, text: 'when water flows', worst: 'starts-with-genus' },
    { subject: river, text: 'a stream', worst: 'genus-and-difference' },
    { subject: river, text: 'water, stream, brook', worst: 'genus-and-difference' },
    { subject: river, text: 'a thing that flows', worst: 'no-vague-words' },
    { subject: river, text: 'not a large lake', worst: 'not-negative-only' },
    { subject: river, text: 'consists of a source, a bed, a mouth and banks', worst: 'starts-with-genus' },
    { subject: run, text: 'the act of moving fast', worst: 'starts-with-genus' },
    { subject: good, text: 'a quality', worst: 'not-synonym' },
    { subject: contract, text: 'It is a thing you should sign. It may bind you. Nice!', worst: 'starts-with-genus' },
  ])('refuses for $subject.term: $text', ({ subject, text, worst }) => {
    const assessment = assessDefinition(text, subject);
    expect(assessment.accepted).toBe(false);
    expect(assessment.violations[0]?.rule).toBe(worst);
  });

  it('judges another language only by the rules that read any', () => {
    const dutch = about('rivier', 'noun', { language: 'nl' });
    expect(assessDefinition('een grote natuurlijke stroom van water', dutch)).toMatchObject({
      score: 1,
      accepted: true,
    });
    expect(assessDefinition('een rivier', dutch).violations.map(({ rule }) => rule)).toEqual([
      'not-circular',
      'length',
    ]);
    const english = new Set(rules.filter(({ languages }) => languages).map(({ name }) => name));
    const found = assessDefinition('something, e.g. it can be nice', dutch).violations;
    expect(found.filter(({ rule }) => english.has(rule))).toEqual([]);
  });

  it.each(['', 'en', 'en-GB', 'EN'])('reads "%s" as English', (language) => {
    expect(assessDefinition('a thing that flows', about('river', 'noun', { language })).accepted).toBe(false);
  });
});
