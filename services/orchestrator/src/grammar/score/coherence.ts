import { LENGTH_TOLERANCE, WORDS_PER_MINUTE } from '../brief.ts';
import { countWords } from '../engine/words.ts';
import { percent, scored, when, type PartScore, type Reading } from './part.ts';

/** 165 of 150 words are a tenth more, whatever the division says. */
const ROUNDING = 1e-9;
const FEWEST_PARAGRAPHS = 4;
const ENDS = /[.!?…][”"’')]*$/;
const TURNS = /\b(?:but|then|when|until|so|because|after|before|at last|now|suddenly|that (?:evening|night))\b/gi;
/** In a hundred words; below it events only stand beside each other. */
const FEWEST_TURNS = 0.6;

export function scoreCoherence({ brief, draft, text }: Reading): PartScore {
  const { paragraphs } = draft;
  const wanted = brief.minutes * WORDS_PER_MINUTE;
  const words = countWords(text);
  const off = Math.abs(words / wanted - 1);
  const repeated = paragraphs.length - new Set(paragraphs).size;
  const turns = ((text.match(TURNS)?.length ?? 0) / Math.max(1, words)) * 100;
  const unfinished = paragraphs.filter((paragraph) => !ENDS.test(paragraph.trim())).length;
  return scored({ name: 'coherence', weight: 0.2 }, [
    when(
      off > LENGTH_TOLERANCE + ROUNDING,
      Math.min(8, 3 + off * 8),
      `${words} words, ${percent(off)} away from the ${wanted} of ${brief.minutes} minutes`,
    ),
    when(!ENDS.test(text.trim()), 6, 'the last sentence is not finished'),
    when(unfinished > 1 && ENDS.test(text.trim()), 2, `${unfinished} paragraphs break off`),
    when(paragraphs.length < FEWEST_PARAGRAPHS, 4, `${paragraphs.length} paragraphs are no story`),
    when(repeated > 0, Math.min(6, 2 + repeated), `${repeated} paragraphs are told twice`),
    when(turns < FEWEST_TURNS, 2, 'nothing leads to anything: no but, no then, no so'),
  ]);
}
