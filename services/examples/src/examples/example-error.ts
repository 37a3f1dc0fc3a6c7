export type ExampleErrorReason =
  'TERM_UNKNOWN' | 'LANGUAGE_UNSUPPORTED' | 'TERM_INVALID' | 'LEXICON_UNAVAILABLE' | 'PROVIDER_UNKNOWN' | 'OUT_OF_TIME';

/** A situation the caller is told of. The message is written for the caller; what varies in it is also in the metadata. */
export class ExampleError extends Error {
  readonly reason: ExampleErrorReason;
  readonly metadata: Readonly<Record<string, string>>;

  constructor(reason: ExampleErrorReason, message: string, metadata: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'ExampleError';
    this.reason = reason;
    this.metadata = metadata;
  }
}

export const termUnknown = (term: string, suggestions: readonly string[]): ExampleError =>
  new ExampleError(
    'TERM_UNKNOWN',
    `"${term}" is not in the lexicon${suggestions.length > 0 ? `; did you mean ${suggestions.join(', ')}?` : ''}`,
    { term, ...(suggestions.length > 0 && { suggestions: suggestions.join(', ') }) },
  );

export const senseUnknown = (term: string, sense: string): ExampleError =>
  new ExampleError('TERM_UNKNOWN', `"${sense}" is not a sense of "${term}"`, { term, sense });

export const providerUnknown = (provider: string, providers: readonly string[]): ExampleError =>
  new ExampleError('PROVIDER_UNKNOWN', `there is no provider "${provider}"; choose from ${providers.join(', ')}`, {
    provider,
    providers: providers.join(', '),
  });

export const termInvalid = (term: string): ExampleError =>
  new ExampleError('TERM_INVALID', 'the term has no letter or digit to look up', { field: 'term', term });

export const languageUnsupported = (language: string): ExampleError =>
  new ExampleError(
    'LANGUAGE_UNSUPPORTED',
    `no provider serves the language "${language}"; enable a model provider, the lexical one is English`,
    { language, enable: 'model provider' },
  );

export const lexiconUnavailable = (why: string): ExampleError =>
  new ExampleError('LEXICON_UNAVAILABLE', `the lexicon is not available: ${why}`, { why });

export const outOfTime = (ms: number): ExampleError =>
  new ExampleError('OUT_OF_TIME', `not finished within the ${Math.max(0, Math.round(ms))} ms it had`, {
    budget_ms: String(Math.max(0, Math.round(ms))),
  });
