import type { Draft, StoryBrief } from '../brief.ts';
import { scoreAge } from './age.ts';
import { scoreCharacter } from './character.ts';
import { scoreCoherence } from './coherence.ts';
import { scoreEngagement } from './engagement.ts';
import { scoreLanguage } from './language.ts';
import { scoreMoral } from './moral.ts';
import { readingOf, type PartScore } from './part.ts';

/** Out of 10. From here on a draft may be told. */
export const PASSING_SCORE = 7;

export interface Score {
  /** 0 to 10. */
  readonly overall: number;
  readonly parts: readonly PartScore[];
}

/** A draft that cannot be told as it is does not pass on the strength of its other sides. */
const WORST_MAY_BE = 3;
const CAP = 6;

/** How good a draft is for its brief, whoever wrote it. Reads nothing but its arguments. */
export function scoreDraft(brief: StoryBrief, draft: Draft): Score {
  const reading = readingOf(brief, draft);
  const parts = [scoreAge, scoreMoral, scoreCoherence, scoreCharacter, scoreEngagement, scoreLanguage].map((score) =>
    score(reading),
  );
  const mean = parts.reduce((total, { weight, score }) => total + weight * score, 0);
  const worst = Math.min(...parts.map(({ score }) => score));
  const overall = worst <= WORST_MAY_BE ? Math.min(mean, CAP) : mean;
  return { overall: Math.round(overall * 10) / 10, parts };
}
