import { baseForms } from '../dictionary/index.ts';
import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { TermRequest } from '../examples/index.ts';
import { readGloss, wordsOf } from '../wording/index.ts';
import { ancestors, broader, linked, topics } from './taxonomy.ts';

/** Too common to tell one meaning from another. */
const COMMON = new Set(
  'a,an,the,of,or,and,to,in,on,at,by,for,from,with,without,into,as,is,are,was,were,be,been,being,it,its,that,which,who,whom,whose,this,these,those,he,she,they,them,his,her,their,you,your,we,our,not,no,any,some,all,more,most,such,other,than,then,when,where,what,how,one,two,has,have,had,having,used,use,make,made,especially,usually,often,very,can,may,will,do,does,did,act,acts,article,articles,section,paragraph,code,general,so,because,etc,person,people,something,someone,part,kind,form,state,quality,thing,group,work,service,services,organisation,organization,department,office,company,field,area,system,new,up,out,over,under,between,about,against'.split(
    ',',
  ),
);

/** What a juridical context implies though no entry may say it. */
const LEGAL = ['legal', 'law', 'court', 'jurisprudence', 'agreement', 'rights', 'statute', 'enforceable'];

/** Base forms of a word in every part of speech, so that `banking` meets `bank` and `deposits` meets `deposit`. */
function stems(dictionary: Dictionary, word: string): string[] {
  const bases = baseForms(word, dictionary).map(({ lemma }) => lemma);
  return bases.length > 0 ? [...new Set(bases)] : [word];
}

const telling = (words: readonly string[]): string[] => words.filter((word) => word.length > 1 && !COMMON.has(word));

/** A word of the context as the caller said it, and how much meeting it counts. */
export interface ContextWord {
  readonly said: string;
  readonly weight: number;
}

/** By base form. */
export type ContextWords = ReadonlyMap<string, ContextWord>;

const SAID = 1;
const DERIVED = 0.7;
const LEGAL_IMPLIED = 0.5;
const EXPLAINED = 0.4;

/** The words the dictionary relates to a word: those formed from it (`computing`, `computer`) and those that explain it. */
function* related(dictionary: Dictionary, word: string): Generator<readonly [text: string, weight: number]> {
  for (const { lemma, pos } of baseForms(word, dictionary)) {
    const first = dictionary.synset(dictionary.lookup(lemma, pos)[0] ?? '');
    if (!first) continue;
    for (const one of linked(dictionary, first, ['+'])) yield [one.words.join(' '), DERIVED];
    yield [readGloss(first.gloss).segments.join(' '), EXPLAINED];
    for (const one of broader(dictionary, first)) yield [one.words.join(' '), EXPLAINED];
  }
}

/** Words of the context and category, and words the dictionary relates to them; none of them the term itself. */
export function contextWords(dictionary: Dictionary, { term, context, category }: TermRequest): ContextWords {
  const own = new Set(wordsOf(term).flatMap((word) => stems(dictionary, word)));
  const found = new Map<string, ContextWord>();
  const add = (text: string, said: string, weight: number): void => {
    for (const stem of telling(wordsOf(text)).flatMap((word) => stems(dictionary, word))) {
      if (!own.has(stem) && (found.get(stem)?.weight ?? 0) < weight) found.set(stem, { said, weight });
    }
  };
  const entries = [...context.organisational, ...context.juridical, ...context.legalBasis, category];
  const words = [...new Set(telling(entries.flatMap((entry) => wordsOf(entry))))];
  for (const word of words) add(word, word, SAID);
  const law = context.juridical[0] ?? context.legalBasis[0];
  if (law !== undefined) for (const word of LEGAL) add(word, law, LEGAL_IMPLIED);
  for (const word of words) for (const [text, weight] of related(dictionary, word)) add(text, word, weight);
  return found;
}

/** What a meaning is made of, by stem; each with the weight of the place it stands in. */
export function signature(dictionary: Dictionary, synset: Synset): Map<string, number> {
  const weights = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of new Set(wordsOf(text))) {
      if (COMMON.has(word)) continue;
      for (const stem of stems(dictionary, word)) weights.set(stem, Math.max(weights.get(stem) ?? 0, weight));
    }
  };
  const gloss = readGloss(synset.gloss);
  add(gloss.segments.join(' '), 1);
  add(gloss.quotations.map(({ text }) => text).join(' '), 0.7);
  add(gloss.labels.join(' '), 1.6);
  add(synset.words.join(' '), 0.8);
  for (const topic of topics(dictionary, synset)) add(topic.words[0] ?? '', 1.6);
  for (const [depth, one] of ancestors(dictionary, synset).entries()) add(one.words.join(' '), depth < 3 ? 0.9 : 0.5);
  add(synset.category, 1.2);
  return weights;
}
