import type { PromptBrief } from './brief.ts';
import type { StoryAnswer } from './story-answer.ts';
import { WORDS_PER_MINUTE } from './story-prompt.ts';

export type AnswerFault = 'EMPTY' | 'TOO_SHORT' | 'CUT_OFF';

/** Of the words that were asked for; below it an answer is no story of this length. */
const FEWEST_WORDS = 0.5;
/** Marks behind the last letter, of which nobody writes so many. */
const LAST_CHARACTERS = 100;
const SENTENCE_END = /[.!?…。！？؟।][\p{P}\s]*$/u;
/** Letters of scripts without spaces; about two of them are a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const LETTERS_PER_WORD = 2;

/** Why an answer is no story, in any language; undefined when it is one. `isCut`: the model was stopped by its limit. */
export function faultOf(
  { paragraphs, ended }: Pick<StoryAnswer, 'paragraphs' | 'ended'>,
  { minutes, isCut }: Pick<PromptBrief, 'minutes'> & { isCut: boolean },
): AnswerFault | undefined {
  const last = paragraphs.at(-1);
  if (last === undefined) return 'EMPTY';
  if (!ended && (isCut || !SENTENCE_END.test(last.slice(-LAST_CHARACTERS)))) return 'CUT_OFF';
  return wordsIn(paragraphs.join(' ')) < minutes * WORDS_PER_MINUTE * FEWEST_WORDS ? 'TOO_SHORT' : undefined;
}

function wordsIn(text: string): number {
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  return text.split(/\s+/).length + unspaced / LETTERS_PER_WORD;
}
