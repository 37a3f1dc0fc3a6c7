import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { BudgetServiceDefinition, type Budget } from '@exempla/contracts/storage/v1/budget_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { createClient, openChannel, RemoteError, status, type RpcClient } from '@exempla/rpc';
import { eventually, gate, startScriptedOpenAi, type Gate, type ScriptedOpenAi } from '@exempla/testing';
import { startSecondOrchestrator } from './second-orchestrator.ts';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const WITHIN = { timeoutMs: 60_000 };
const CALLS = 200;
const PASS = 50;
const SENTENCES = ['Mia took the lantern and walked to the river.', 'The fox was cold, so she gave him her scarf.'];
const STORY = `The Fox and the Lantern\n\n${Array.from({ length: 16 }, (_, i) => SENTENCES[i % 2]).join(' ')}`;

/** A mesh and a second orchestrator, whose model answers when it may. */
let mesh: TestMesh;
let upstream: ScriptedOpenAi;
let mayAnswer: Gate;
let stories: RpcClient<typeof StoryServiceDefinition>[];
let budgets: RpcClient<typeof BudgetServiceDefinition>;
const stack = new AsyncDisposableStack();
beforeAll(async () => {
  mayAnswer = gate();
  const whenItMay = () => mayAnswer.promise.then(() => ({ type: 'say', text: STORY }) as const);
  upstream = stack.use(await startScriptedOpenAi({ type: 'choose', of: whenItMay }));
  const model = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODELS: 'small=1/2' };
  mesh = stack.use(await startTestMesh({ gateway: true, env: { ...process.env, ...model } }));
  const second = stack.use(await startSecondOrchestrator(mesh, model));
  const orchestrators = [mesh.addressOf('orchestrator'), second.address].map((target) => openChannel(target));
  stories = orchestrators.map((channel) => createClient(StoryServiceDefinition, channel));
  const storage = openChannel(mesh.addressOf('storage'));
  budgets = createClient(BudgetServiceDefinition, storage);
  stack.defer(() => [...orchestrators, storage].forEach((channel) => channel.close()));
}, 60_000);
afterAll(async () => {
  mayAnswer.open();
  await stack.disposeAsync();
});

const told = (displayName: string) => ({
  $case: 'newChild' as const,
  value: {
    displayName,
    age: { $case: 'years' as const, value: 5 },
    gender: Gender.GENDER_FEMALE,
    interests: ['stars'],
  },
});
const tell = (i: number, tenant: string, signal?: AbortSignal) =>
  stories[i % 2]!.generateStory(
    { toldTo: told('Mia'), lengthMinutes: 1 },
    { ...WITHIN, tenant, ...(signal && { signal }) },
  );
const budgetOf = (tenant: string): Promise<Budget> => budgets.getBudget({}, { tenant });

/** Nothing is under way, and what is spent is what is listed. */
async function isSettled(tenant: string): Promise<boolean> {
  const [{ reservedMicros, spentMicros }, { usage }] = await Promise.all([
    budgetOf(tenant),
    budgets.listUsage({}, { tenant }),
  ]);
  return reservedMicros === 0n && usage.reduce((sum, { costMicros }) => sum + costMicros, 0n) === spentMicros;
}

/** What one story can cost at most, as the first one reserves it. */
async function mostOfOne(): Promise<bigint> {
  const caller = new AbortController();
  const asking = tell(0, 'first', caller.signal).catch((error: unknown) => error);
  await eventually('it is reserved', async () => (await budgetOf('first')).reservedMicros > 0n);
  const { reservedMicros } = await budgetOf('first');
  caller.abort();
  await asking;
  return reservedMicros;
}

describe('a budget over two orchestrators', () => {
  let most: bigint;

  it('has back what a caller reserved who left', async () => {
    most = await mostOfOne();
    expect(most).toBeGreaterThan(0n);
    await eventually('it is back', () => isSettled('first'), 10_000);
    expect(await budgetOf('first')).toMatchObject({ spentMicros: 0n, lostMicros: 0n });
  });

  it(`for ${PASS} stories lets ${PASS} of ${CALLS} at once pass, and settles what they cost`, async () => {
    const tenant = 'many';
    // Half of one more: a few bytes of difference between requests do not count.
    await budgets.setBudget({ limitMicros: most * BigInt(PASS) + most / 2n }, { tenant });
    const before = upstream.requests.length;
    let refused = 0;
    const outcomes = Array.from({ length: CALLS }, (_, i) =>
      tell(i, tenant).then(
        () => 'told',
        (error: unknown) => {
          refused += 1;
          return error instanceof RemoteError ? `${status[error.code]} ${error.reason}` : String(error);
        },
      ),
    );
    await eventually('the others are refused', () => refused >= CALLS - PASS, 50_000);
    expect((await budgetOf(tenant)).reservedMicros).toBe(most * BigInt(PASS));
    mayAnswer.open();
    const all = await Promise.all(outcomes);
    const counts = Object.fromEntries(
      Map.groupBy(all, (outcome) => outcome)
        .entries()
        .map(([k, v]) => [k, v.length]),
    );
    expect(counts).toEqual({ told: PASS, 'RESOURCE_EXHAUSTED BUDGET_EXHAUSTED': CALLS - PASS });
    await eventually('all is settled', () => isSettled(tenant), 10_000);
    const { usage } = await budgets.listUsage({}, { tenant });
    const cost = BigInt(1 + 2 * STORY.split(/\s+/).length);
    const answers = BigInt(upstream.requests.length - before);
    expect(usage).toMatchObject([{ model: 'small', answers, costMicros: answers * cost }]);
  }, 90_000);

  it.each([
    ['generate-story', { child: { name: 'Mia', age: 5, interests: ['stars'] }, language: 'en', story_length: 1 }],
    // By way of two services.
    ['definitions', { term: 'river' }],
  ])('is 402 at the edge: %s', async (route, body) => {
    await budgets.setBudget({ limitMicros: 7n }, { tenant: 'local' });
    const answer = await fetch(`http://${mesh.addressOf('gateway')}/api/v1/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(402);
    expect(await answer.json()).toMatchObject({
      reason: 'BUDGET_EXHAUSTED',
      budget: { limit_micros: 7, spent_micros: 0, reserved_micros: 0 },
    });
  });

  it('is shown at /api/v1/usage', async () => {
    const usage = await fetch(`http://${mesh.addressOf('gateway')}/api/v1/usage`);
    expect(await usage.json()).toMatchObject({ budget: { limit_micros: 7, own_limit: true }, usage: [] });
  });

  it('complains of nothing', () => expect(mesh.complaints()).toEqual([]));
});
