import { listed } from '../wording/index.ts';
import { nearestOpposite } from './antonym.ts';
import { defineSense } from './define.ts';
import { isBrief, known } from './kind.ts';
import type { KindInput } from './kind.ts';
import { meaning, mentions } from './meaning.ts';
import { neighbours } from './neighbours.ts';
import { broader, linked, narrower } from './taxonomy.ts';

/** What is done, how it differs from what is done beside it, and what it entails or causes. */
export function explainVerb({ dictionary, found }: KindInput): string[] {
  const definition = defineSense(dictionary, found, []).replace(/\.$/, '');
  const above = broader(dictionary, found.synset)[0];
  const genus = above?.words.find((word) => !mentions(word, found.lemma));
  const kinds = known(dictionary, narrower(dictionary, found.synset)).map(({ words }) => words[0] ?? '');
  const below = [...new Set(kinds)]
    .filter((word) => word !== found.lemma)
    .slice(0, 3)
    .map((word) => `to ${word}`);
  const beside = neighbours(dictionary, found)
    .filter((synset) => !below.includes(`to ${synset.words[0] ?? ''}`) && isBrief(dictionary, synset))
    .slice(0, 1);
  const [entails, causes] = [linked(dictionary, found.synset, ['*'])[0], linked(dictionary, found.synset, ['>'])[0]];
  const opposite = nearestOpposite(dictionary, found);
  return [
    `To ${found.lemma} is ${definition}.`,
    ...(genus !== undefined && !mentions(definition, genus) ? [`It is one way to ${genus}.`] : []),
    ...beside.map((synset) => `To ${synset.words[0] ?? ''}, by contrast, is to ${meaning(dictionary, synset)}.`),
    ...(below.length > 0
      ? [`${below.length === 1 ? 'A more exact word for it is' : 'More exact words for it are'} ${listed(below)}.`]
      : []),
    ...(entails ? [`Whoever does it must also ${entails.words[0] ?? ''}.`] : []),
    ...(causes ? [`It makes something ${causes.words[0] ?? ''}.`] : []),
    ...(opposite !== undefined ? [`Its opposite is to ${opposite}.`] : []),
  ];
}
