import type { PreviousStory } from './brief.ts';
import { DEEDS } from './morals/index.ts';

const WANTS = ' wants to ';
const BEHIND = ', and is helped by ';

/** What was wanted in the story before, as in "carry a parcel to the lighthouse in time"; empty when its summary is not ours. */
export function wishBefore({ summary }: PreviousStory): string {
  const from = summary.indexOf(WANTS);
  const deed = DEEDS.find((one) => summary.includes(`, ${one}${BEHIND}`));
  if (from < 0 || deed === undefined) return '';
  return summary.slice(from + WANTS.length, summary.lastIndexOf(`, ${deed}${BEHIND}`));
}
