import { baseForms } from '../dictionary/index.ts';
import type { Dictionary, Synset } from '../dictionary/index.ts';
import type { TermRequest } from '../examples/index.ts';
import { readGloss, wordsOf } from '../wording/index.ts';
import { ancestors, broader, topics } from './taxonomy.ts';

/** Too common to tell one meaning from another. */
const COMMON = new Set(
  'a,an,the,of,or,and,to,in,on,at,by,for,from,with,without,into,as,is,are,was,were,be,been,being,it,its,that,which,who,whom,whose,this,these,those,he,she,they,them,his,her,their,you,your,we,our,not,no,any,some,all,more,most,such,other,than,then,when,where,what,how,one,two,has,have,had,having,used,use,make,made,especially,usually,often,very,can,may,will,do,does,did,act,acts,article,articles,section,paragraph,code,general,person,people,something,someone,part,kind,form,state,quality,thing,group,work,service,services,organisation,organization,department,office,company,field,area,system,new,up,out,over,under,between,about,against,law'.split(
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

export interface ContextWords {
  /** What the caller said, by stem; the value is the word as said. */
  readonly said: ReadonlyMap<string, string>;
  /** What the dictionary says of the words said. */
  readonly implied: ReadonlyMap<string, string>;
}

/** Words of the context and category, and words the dictionary explains them with. */
export function contextWords(dictionary: Dictionary, { term, context, category }: TermRequest): ContextWords {
  const own = new Set(wordsOf(term).flatMap((word) => stems(dictionary, word)));
  const said = new Map<string, string>();
  const implied = new Map<string, string>();
  const entries = [...context.organisational, ...context.juridical, ...context.legalBasis, category];
  const words = [...new Set(telling(entries.flatMap((entry) => [entry.toLowerCase(), ...wordsOf(entry)])))];
  for (const word of words) {
    for (const stem of stems(dictionary, word)) if (!own.has(stem)) said.set(stem, word);
  }
  for (const word of words) {
    for (const { lemma, pos } of baseForms(word, dictionary)) {
      if (own.has(lemma)) continue;
      const first = dictionary.synset(dictionary.lookup(lemma, pos)[0] ?? '');
      if (!first) continue;
      const explained = [
        readGloss(first.gloss).segments.join(' '),
        ...broader(dictionary, first).flatMap((one) => one.words),
      ].join(' ');
      for (const other of telling(wordsOf(explained))) {
        for (const stem of stems(dictionary, other)) if (!own.has(stem) && !said.has(stem)) implied.set(stem, word);
      }
    }
  }
  if (context.juridical.length + context.legalBasis.length > 0) {
    const entry = context.juridical[0] ?? context.legalBasis[0] ?? '';
    for (const word of LEGAL) if (!said.has(word)) said.set(word, entry);
  }
  return { said, implied };
}

/** What a meaning is made of, by stem; each with the weight of the place it stands in. */
export function signature(dictionary: Dictionary, synset: Synset): Map<string, number> {
  const weights = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of new Set(wordsOf(text))) {
      if (COMMON.has(word) && word !== 'law') continue;
      for (const stem of stems(dictionary, word)) weights.set(stem, Math.max(weights.get(stem) ?? 0, weight));
    }
  };
  const gloss = readGloss(synset.gloss);
  add(gloss.segments.join(' '), 1);
  add(gloss.quotations.map(({ text }) => text).join(' '), 0.7);
  add(gloss.labels.join(' '), 1.6);
  add(synset.words.join(' '), 0.8);
  for (const topic of topics(dictionary, synset)) add(topic.words.join(' '), 1.6);
  for (const [depth, one] of ancestors(dictionary, synset).entries()) add(one.words.join(' '), depth < 3 ? 0.9 : 0.5);
  add(synset.category, 1.2);
  return weights;
}
