import { isEnglish } from './reading/words.ts';
import type { DefinitionSubject, Family, Rule, Verdict } from './rule.ts';
import { notEmpty } from './not-empty.ts';
import { rules } from './rules.ts';

/** A rule the text does not fully satisfy. */
export interface Violation {
  readonly rule: string;
  readonly family: Family;
  readonly score: number;
  readonly message: string;
  /** It alone refuses the definition. */
  readonly critical: boolean;
}

export interface Assessment {
  /** Weighted mean of all rules, 0 to 1. */
  readonly score: number;
  readonly accepted: boolean;
  /** Worst first. */
  readonly violations: Violation[];
}

const ACCEPTED_SCORE = 0.75;
const ACCEPTED_FAMILY_SCORE = 0.7;
const CRITICAL_BELOW = 0.5;
/** Sums of decimal scores miss their exact value by about this much. */
const ROUNDING = 1e-9;

const FAMILIES: readonly Family[] = ['language', 'structure', 'content', 'coherence'];

interface Checked extends Verdict {
  readonly rule: Rule;
}

const refuses = ({ rule, score }: Checked): boolean => rule.critical && score < CRITICAL_BELOW;

/** Of no rules: 1, since nothing is broken. */
function weightedMean(checked: readonly Checked[]): number {
  const weight = checked.reduce((sum, { rule }) => sum + rule.weight, 0);
  return weight === 0 ? 1 : checked.reduce((sum, { rule, score }) => sum + rule.weight * score, 0) / weight;
}

const reaches = (checked: readonly Checked[], score: number): boolean => weightedMean(checked) >= score - ROUNDING;

/** What refuses comes first, then the lowest score, then the rule that weighs most. */
const worstFirst = (a: Checked, b: Checked): number =>
  Number(refuses(b)) - Number(refuses(a)) || a.score - b.score || b.rule.weight - a.rule.weight;

/** Checks a text by every rule that knows its language. */
export function assessDefinition(text: string, subject: DefinitionSubject, by: readonly Rule[] = rules): Assessment {
  const english = isEnglish(subject.language);
  const all = by
    .filter(({ languages }) => languages === undefined || english)
    .map((rule): Checked => ({ rule, ...rule.check(text, subject) }));
  // Of no text the other rules have nothing to say.
  const empty = all.filter((found) => found.rule === notEmpty && refuses(found));
  const checked = empty.length > 0 ? empty : all;
  const accepted =
    !checked.some(refuses) &&
    reaches(checked, ACCEPTED_SCORE) &&
    FAMILIES.every((family) =>
      reaches(
        checked.filter(({ rule }) => rule.family === family),
        ACCEPTED_FAMILY_SCORE,
      ),
    );
  const violations = checked
    .filter(({ score }) => score < 1)
    .sort(worstFirst)
    .map((found) => ({
      rule: found.rule.name,
      family: found.rule.family,
      score: found.score,
      message: found.message,
      critical: refuses(found),
    }));
  return { score: weightedMean(checked), accepted, violations };
}
