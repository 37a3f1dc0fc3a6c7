// What examples by model promise, each taken away once; the fields are those of properties.mjs.

const examples = (promise, spec, file, from, to, test) => ({
  promise: `examples: ${promise}`,
  spec: `services/examples/test/${spec}`,
  file: `services/examples/src/${file}`,
  from,
  to,
  test,
});
const SHARED = 'shared-answers.int.spec.ts';
const BY_MODEL = 'model-provider.int.spec.ts';
const PROVIDERS = 'providers.spec.ts';
const PROVIDER = 'adapters/model-provider.ts';

export const MODEL_EXAMPLE_FAULTS = [
  {
    ...examples(
      'two tenants never share an answer',
      SHARED,
      PROVIDER,
      '[VERSION, tenant, what,',
      '[VERSION, what,',
      'tenants',
    ),
    always: true,
  },
  examples('equal questions are one request', SHARED, 'adapters/single-flight.ts', 'found ?? this', 'this', 'hundred'),
  examples(
    'a request outlives the caller that began it',
    'single-flight.spec.ts',
    'adapters/single-flight.ts',
    'signal: nobodyWaits.signal,',
    'signal: waiting.signal,',
  ),
  examples(
    'a request is broken off with the last that waits',
    'single-flight.spec.ts',
    'adapters/single-flight.ts',
    "flight.nobodyWaits.abort(new Error('nobody waits for the answer any more'));",
    '',
  ),
  examples(
    'who has more time begins again',
    'single-flight.spec.ts',
    'adapters/single-flight.ts',
    'flight.endsAt + MORE_TIME_MS > mine',
    'true',
  ),
  examples('only good answers are kept', SHARED, 'adapters/shared-answers.ts', 'keep?.isGood(answer)', 'keep', 'good'),
  examples(
    'what is kept is bounded in number',
    SHARED,
    'adapters/shared-answers.ts',
    'max: maxEntries, ',
    '',
    'number',
  ),
  examples(
    'what is kept is bounded in bytes',
    SHARED,
    'adapters/shared-answers.ts',
    'maxSize: maxBytes, sizeCalculation: bytesOf',
    '',
    'bytes',
  ),
  examples('what is kept is forgotten', SHARED, 'adapters/shared-answers.ts', ', { ttl: keep.forMs }', '', 'forgotten'),
  examples(
    'waiting for a turn is not spent from the budget of a kind',
    PROVIDERS,
    'examples/ask-in-turn.ts',
    'within(remainingMs(), call.signal',
    'within(Math.min(budgetMs, remainingMs()), call.signal',
    'C1',
  ),
  examples(
    'the lexicon keeps to the budget of a kind',
    'wordnet-provider.int.spec.ts',
    'adapters/wordnet-provider.ts',
    'within(budgetMs, signal',
    'within(60_000, signal',
    'longer than the budget',
  ),
  examples('the budget goes to the model', BY_MODEL, PROVIDER, 'budgetMs: call.budgetMs,', '', 'own budget'),
  examples('nobody stands in but for an outage', PROVIDERS, 'examples/ask-in-turn.ts', '!outage || ', ''),
  examples(
    'nobody stands in for a provider that was named',
    PROVIDERS,
    'examples/choose-providers.ts',
    "name === '' ? order :",
    'name.length < 99 ? order :',
  ),
  examples(
    'nobody stands in for a budget without room',
    'model-failure.spec.ts',
    'adapters/model-failure.ts',
    'timedOut || OUTAGES.has(error.reason)',
    'true',
  ),
  examples('a stand-in is counted', PROVIDERS, 'examples/ask-in-turn.ts', 'step.onFallback({', 'void ({'),
  examples(
    'a silent provider leaves time to the next',
    PROVIDERS,
    'examples/ask-in-turn.ts',
    'Math.min(leftMs * SHARE_OF_STAND_IN, MAX_STAND_IN_MS)',
    '0',
    'leaves the lexicon',
  ),
  examples(
    'what is missing is asked for once more',
    BY_MODEL,
    PROVIDER,
    "new Set(['SYNONYM', 'ANTONYM'])",
    'new Set()',
    'once more',
  ),
  examples('the second request does not lose the first answer', BY_MODEL, PROVIDER, '.catch(noMore)', '', 'is silent'),
  examples(
    'a counter-example has a reason',
    'model-answers.spec.ts',
    'adapters/model-answers.ts',
    ' && reason.length >= MIN_CASE',
    '',
  ),
];
