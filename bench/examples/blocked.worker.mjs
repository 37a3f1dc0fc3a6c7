// A thread that makes one set of examples at a time and stands still whenever it waits: see ways.mjs.
import { generateExamples } from '../../services/examples/dist/examples/index.js';
import { blocking, serveBlocked } from '../blocking.mjs';

const provider = blocking('provider');
const sense = (term) => ({ source: 'model', lemma: term, partOfSpeech: '', category: '', gloss: '' });
const order = [
  {
    name: 'model',
    languages: ['*'],
    hasSense: () => true,
    chooseSense: async ({ term }) => ({ sense: sense(term), reason: '', others: [] }),
    // Only what can be sent to another thread.
    generate: (kind, request, { budgetMs }) => provider.generate(kind, request, budgetMs),
    failureOf: () => ({ reason: 'FAILED', timedOut: false, outage: false }),
  },
];
const generate = generateExamples({ order, named: order, onFallback: () => {} });

serveBlocked(({ request, tenant }, call) => generate(request, { ...call, tenant, reserveMs: 0 }));
