// Three ways to serve GenerateExamples; what they do is the product's own use case, `generateExamples`.
import { EXAMPLE_KINDS, generateExamples } from '../../services/examples/dist/examples/index.js';
import { BlockedWorker, workerPerRequest } from '../blocked-worker.mjs';

/** As the product does. */
const asynchronous = (providers) => generateExamples(providers);

/** One kind after the other, and a request begins when the one before is answered: as code does that awaits each step. */
function inTurn(providers) {
  const generate = generateExamples(providers);
  let last = Promise.resolve();
  const one = async (request, call) => {
    const answers = [];
    for (const kind of EXAMPLE_KINDS) answers.push(await generate({ ...request, kinds: [kind] }, call));
    return { ...answers[0], sets: answers.flatMap(({ sets }) => sets) };
  };
  return (request, call) => {
    const next = last.then(() => one(request, call));
    last = next.catch(() => {});
    return next;
  };
}

/** A thread for each request, which blocks while it waits, as synchronous code does: one kind after the other. */
function blocked({ order: [provider] }) {
  const withWorker = workerPerRequest(() => new BlockedWorker(new URL('./blocked.worker.mjs', import.meta.url), {}));
  return (request, call) =>
    withWorker((worker) =>
      worker.run(
        { request, tenant: call.tenant, remainingMs: call.remainingMs() },
        ({ given: [kind, asked, budgetMs] }) => provider.generate(kind, asked, { ...call, budgetMs }),
      ),
    );
}

export const WAYS = { async: asynchronous, inTurn, blocked };
