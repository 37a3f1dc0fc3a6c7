import { languageUnsupported } from './example-error.ts';
import type { ExampleProvider } from './example-provider.ts';

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

/** The first provider that serves the language. Never another language instead. */
export function chooseProvider(providers: readonly ExampleProvider[], language: string): ExampleProvider {
  const wanted = primary(language);
  const found = providers.find(({ languages }) => languages.includes(wanted) || languages.includes('*'));
  if (!found) throw languageUnsupported(language);
  return found;
}
