import type { DefineRequest, KindRequest, TermRequest } from '../examples/index.ts';

/** What every prompt is told of a term. It travels as one JSON object, apart from the instructions. */
interface TermData {
  readonly term: string;
  readonly language: { readonly tag: string; readonly name: string };
  readonly category?: string;
  readonly context?: Readonly<Record<'organisation' | 'law' | 'legal_basis', readonly string[]>>;
}

export interface DefinitionData extends TermData {
  readonly refused?: { readonly text: string; readonly broken_rules: readonly string[] };
}

export interface KindData extends TermData {
  readonly count: number;
  readonly definition?: string;
  /** Asked for once more: what is there already. */
  readonly already_given?: readonly string[];
}

export function definitionData({ improveText, brokenRules, ...request }: DefineRequest): DefinitionData {
  if (improveText === '') return termData(request);
  return { ...termData(request), refused: { text: improveText, broken_rules: brokenRules } };
}

export function kindData({ definition, wanted, ...request }: KindRequest, alreadyGiven: readonly string[]): KindData {
  return {
    ...termData(request),
    count: wanted - alreadyGiven.length,
    ...(definition !== '' && { definition }),
    ...(alreadyGiven.length > 0 && { already_given: alreadyGiven }),
  };
}

/** Small models are lost in empty fields: what is not there is not named. */
function termData({ term, language, category, context }: TermRequest): TermData {
  const { organisational, juridical, legalBasis } = context;
  const used = organisational.length + juridical.length + legalBasis.length > 0;
  return {
    term,
    language: { tag: language, name: languageName(language) },
    ...(category !== '' && { category }),
    ...(used && { context: { organisation: organisational, law: juridical, legal_basis: legalBasis } }),
  };
}

const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** Models know languages by their names better than by their tags. */
function languageName(tag: string): string {
  try {
    return NAMES.of(tag) ?? tag;
  } catch {
    // No tag that Intl can read: the model has to make of it what it can.
    return tag;
  }
}
