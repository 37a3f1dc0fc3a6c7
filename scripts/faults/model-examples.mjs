// What examples by model promise, each taken away once; the fields are those of properties.mjs.

const examples = (promise, spec, file, from, to, test) => ({
  promise: `examples: ${promise}`,
  spec: `services/examples/test/${spec}`,
  file: `services/examples/src/${file}`,
  from,
  to,
  test,
});
const flight = (promise, from, to, test) => ({
  promise: `equal work: ${promise}`,
  spec: 'packages/rpc/test/single-flight.spec.ts',
  file: 'packages/rpc/src/single-flight.ts',
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
  flight('is done once', 'found ?? this', 'this', 'done once'),
  flight('outlives the caller that began it', 'begin({ signal,', 'begin({ ...call,', 'goes on when'),
  flight('is broken off with the last that waits', 'flight.nobodyWaits.abort(call.signal.reason);', '', 'goes on when'),
  flight(
    'has as much time as whoever waits longest',
    'Array.from(waiting, (one) => one.remainingMs())',
    'call.remainingMs()',
    'waits longest',
  ),
  flight('begins again for who has more time', 'flight.knownEnd() + MORE_TIME_MS > mine', 'true', 'begun again by'),
  flight('a refusal is everybody’s', '!this.#mayTimeHelp(error) || ', '', 'refusal'),
  flight(
    'ends in the calls it makes with the last that waits',
    'runInTime({ signal,',
    'runInTime({ ...call,',
    'runs in the call',
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
    'isOutage(error)',
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
    'an answer is read in linear time',
    'model-answers.spec.ts',
    'adapters/model-answers.ts',
    '/(?<![.;])[.;]+$/gm',
    '/[.;]+[ ]*$/gm',
    'length only',
  ),
  examples(
    'a counter-example has a reason',
    'model-answers.spec.ts',
    'adapters/model-answers.ts',
    ' && reason.length >= MIN_CASE',
    '',
  ),
];
