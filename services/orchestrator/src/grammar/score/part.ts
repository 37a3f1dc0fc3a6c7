import type { Draft, StoryBrief } from '../brief.ts';
import { sentencesOf } from '../engine/words.ts';

export type PartName = 'age' | 'moral' | 'coherence' | 'character' | 'engagement' | 'language';

/** One side of a draft, 0 to 10, and what speaks against it. */
export interface PartScore {
  readonly name: PartName;
  readonly weight: number;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** What the rules read: the draft and its sentences, taken apart once. */
export interface Reading {
  readonly brief: StoryBrief;
  readonly draft: Draft;
  readonly text: string;
  readonly sentences: readonly string[];
  /** The name of the one the story follows. */
  readonly name: string;
}

export function readingOf(brief: StoryBrief, draft: Draft): Reading {
  const paragraphs = draft.paragraphs.filter((paragraph) => paragraph.trim() !== '');
  const name = (brief.kind === 'hero' ? brief.hero?.name : brief.child?.name) ?? '';
  return {
    brief,
    draft: { ...draft, paragraphs },
    text: paragraphs.join('\n'),
    sentences: paragraphs.flatMap(sentencesOf),
    name: name.replace(/\s+/g, ' ').trim(),
  };
}

/** A reason with what it costs. */
export type Fault = readonly [cost: number, reason: string];

const FULL = 10;

export function scored(part: { name: PartName; weight: number }, faults: readonly (Fault | undefined)[]): PartScore {
  const found = faults.filter((fault) => fault !== undefined);
  const cost = found.reduce((total, [each]) => total + each, 0);
  return {
    ...part,
    score: Math.max(0, Math.round((FULL - cost) * 10) / 10),
    reasons: found.map(([, reason]) => reason),
  };
}

export const when = (isFault: boolean, cost: number, reason: string): Fault | undefined =>
  isFault ? [cost, reason] : undefined;

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
