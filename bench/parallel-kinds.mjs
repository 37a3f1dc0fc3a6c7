// Six kinds of 200 ms each, side by side and one after the other, through the product's own use case; and one real
// term of the lexical provider both ways. node bench/parallel-kinds.mjs (S0-15, S0-26)
import { EXAMPLE_KINDS, generateExamples } from '../services/examples/dist/examples/index.js';
import { WordnetProvider } from '../services/examples/dist/adapters/wordnet-provider.js';
import { median, pause } from './lib.mjs';

const KIND_MS = 200;
const RUNS = 7;
const sense = { source: 'stub:1', lemma: 'river', partOfSpeech: 'noun', category: 'object', gloss: 'a stream' };
const slow = {
  name: 'slow',
  languages: ['en'],
  origin: 'stub',
  hasSense: () => true,
  chooseSense: async () => ({ sense, reason: '', others: [] }),
  failureOf: () => ({ reason: 'FAILED', timedOut: false, outage: false }),
  generate: async () => {
    await pause(KIND_MS);
    return { items: [], counted: 0 };
  },
};
const call = { signal: new AbortController().signal, remainingMs: () => 60_000, reserveMs: 20, tenant: 'acme' };
const request = (kinds) => ({
  term: 'river',
  definition: '',
  context: { organisational: [], juridical: [], legalBasis: [] },
  category: '',
  sense: '',
  provider: '',
  language: 'en',
  kinds,
  maxExamples: undefined,
});

async function timed(work) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  return median(times);
}

async function compare(name, provider, limit) {
  const generate = generateExamples({ order: [provider], named: [provider], onFallback: () => {} });
  const together = await timed(() => generate(request(EXAMPLE_KINDS), call));
  const inTurn = await timed(async () => {
    for (const kind of EXAMPLE_KINDS) await generate(request([kind]), call);
  });
  const ratio = together / inTurn;
  console.log(
    `${ratio <= limit ? '✓' : '✗'} ${name.padEnd(24)} together ${together.toFixed(1)} ms, in turn ${inTurn.toFixed(1)} ms, ratio ${ratio.toFixed(2)} (at most ${limit})`,
  );
  return ratio <= limit;
}

const wordnet = await WordnetProvider.start();
const results = [
  await compare(`six kinds of ${KIND_MS} ms`, slow, 0.25),
  await compare('river, from WordNet', wordnet, 1),
];
await wordnet.close();
process.exitCode = results.every(Boolean) ? 0 : 1;
