import { languageUnsupported, providerUnknown, senseUnknown } from './example-error.ts';
import type { ExampleProvider, Providers } from './example-provider.ts';
import type { Asked, TermRequest } from './types.ts';

/** Whom a request is for, and who may stand in for it, in their order. Nobody stands in for a provider that was named. */
export type Candidates = readonly [ExampleProvider, ...ExampleProvider[]];

/** Never another language instead, nor another provider than the one named, nor one that does not know the sense named. */
export function chooseProviders({ order, named }: Providers, request: TermRequest & Asked): Candidates {
  const { provider: name, language, term, sense } = request;
  const known = name === '' ? order : named.filter((provider) => provider.name === name);
  if (known.length === 0) throw providerUnknown(name, names(named));
  const speaking = known.filter(({ languages }) => serves(languages, language));
  if (speaking.length === 0) throw languageUnsupported(language);
  const [first, ...others] = sense === '' ? speaking : speaking.filter((provider) => provider.hasSense(sense));
  if (!first) throw senseUnknown(term, sense);
  return [first, ...others];
}

const names = (providers: readonly ExampleProvider[]): string[] => providers.map(({ name }) => name);

const serves = (languages: readonly string[], language: string): boolean =>
  languages.includes('*') || languages.includes(language.toLowerCase().split('-')[0] ?? '');
