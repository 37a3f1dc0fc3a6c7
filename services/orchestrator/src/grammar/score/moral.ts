import type { MoralKind } from '../brief.ts';
import { materialOf } from '../morals/index.ts';
import { scored, when, type PartScore, type Reading } from './part.ts';

/** Words in which a moral shows when it happens. Stems: each counts once. */
const SHOWN: Readonly<Record<MoralKind, RegExp>> = {
  kindness:
    /nut\b|other one|for someone|help|gave|shar(?:ed|ing)|warm|knelt|carried|gentl|kind|turned it over|blanket|saucer|fed|hugged|wrap/gi,
  honesty:
    /truth|honest|was me|my foot|admit|confess|fib|lie[ds]?\b|didn’t pretend|don’t know|"no,"|“no,?”|sorry|broke|note|acted as if/gi,
  bravery:
    /afraid|scared|fear|brave|courage|shak(?:ing|y)|shook|heart (?:was )?beat|dared?|knees|growl|trembl|one step|creak/gi,
  friendship: /friend|together|both|two of us|side by side|without you|hand|shared?|back to back|alone/gi,
  perseverance: /again|once more|tried|try|not yet|practis|kept at|still|goes\b|begun|twelve|eighth|bit by bit/gi,
  empathy: /how is it for|feel|felt|hurt|understood|listen|instead|from there|asked|sat down|bad day|inside|tired/gi,
  respect: /may (?:we|i)|please|thank|bowed|polite|hat\b|asked|listened|heard it out|old|quiet|tiptoe|shoes|respect/gi,
  responsibility:
    /promis|went back|ran all the way back|gate|put it out|tidied|washed|look after|kept (?:her|his|their) word|duty|every day|shut|full|back/gi,
};
const FEWEST_SIGNS = 2;
/** Sentences that tell the listener what to think. */
const PREACHED =
  /\b(?:the moral (?:of|is)|always remember|we (?:should|must) all|children should|you (?:should|must) always|(?:she|he|they) (?:had )?learned that|and so we learn|it is important to|the lesson)\b/gi;
/** From here on the story has been tested: signs in the beginning are no test. */
const TEST_FROM = 0.3;

export function scoreMoral({ brief, draft, text }: Reading): PartScore {
  const { kind } = materialOf(brief.moral);
  const last = draft.paragraphs.at(-1) ?? '';
  const signs = new Set(
    text
      .slice(Math.floor(text.length * TEST_FROM))
      .toLowerCase()
      .match(SHOWN[kind]) ?? [],
  );
  const preached = text.match(PREACHED)?.length ?? 0;
  const own = 'own' in brief.moral ? brief.moral.own.trim().toLowerCase() : undefined;
  const carriesOwn = own === undefined || text.toLowerCase().includes(own.replace(/[.!?]+$/, ''));
  return scored({ name: 'moral', weight: 0.2 }, [
    when(signs.size === 0, 8, `nothing in the story shows ${kind}`),
    when(signs.size > 0 && signs.size < FEWEST_SIGNS, 4, `${kind} hardly shows`),
    when(last === '' || (preached > 0 && new RegExp(PREACHED).test(last)), 2, 'the last paragraph tells the moral'),
    when(preached > 0, Math.min(4, preached * 2), 'the moral is preached'),
    when(!carriesOwn, 2, 'the words of the moral asked for do not occur'),
  ]);
}
