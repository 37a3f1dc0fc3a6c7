import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { eventually, holdings, nothingMore, recordWarnings, seeded, standingStill } from '@exempla/testing';
import { RemoteError } from '../../src/index.ts';
import { startProbe, type ProbeSetup } from '../probe-server.ts';

const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);
const CALLS = Number(process.env['FAULTS_CALLS'] ?? 10_000);
const CANCELLED_SHARE = 0.2;
const AT_ONCE = 50;
/** Longer than is waited for what is left: a timer of a call that stays must not run out meanwhile. */
const LIMIT_MS = 120_000;
/** What runs out by itself, on a machine that has much else to do. */
const SETTLE_MS = 30_000;
/** A call that makes a call has two seconds for it, and its caller's own time is far from over. */
const BUSY = [status.RESOURCE_EXHAUSTED, status.DEADLINE_EXCEEDED];
const CANCELLED = new Error('cancelled by the test');

type Call = (setup: ProbeSetup, signal: AbortSignal) => Promise<void>;

async function* numbers(count: number): AsyncGenerator<{ value: number }> {
  for (let value = 1; value <= count; value += 1) yield { value };
}

async function* words(count: number): AsyncGenerator<{ text: string }> {
  for (let i = 0; i < count; i += 1) yield { text: `word ${i}` };
}

const options = (signal: AbortSignal) => ({ signal, timeoutMs: LIMIT_MS });

/** Each kind of call, one that makes a call itself, and one that never ends by itself. */
const KINDS: Call[] = [
  async ({ client }, signal) => void (await client.read({ behaviour: 'answer' }, options(signal))),
  async ({ client }, signal) => void (await client.read({ behaviour: 'chain' }, options(signal))),
  async ({ client }, signal) => void (await client.sum(numbers(10), options(signal))),
  async ({ client }, signal) => {
    for await (const _ of client.count({ to: 20, payloadBytes: 1_000 }, options(signal)));
  },
  async ({ client }, signal) => {
    for await (const _ of client.echo(words(10), options(signal)));
  },
  // Left by its reader in the middle.
  async ({ client }, signal) => {
    for await (const { value } of client.count({ to: 1_000_000, payloadBytes: 100 }, options(signal))) {
      if (value === 5) return;
    }
  },
];
const endless: Call = async ({ client }, signal) => void (await client.read({ behaviour: 'deaf' }, options(signal)));

interface Tally {
  answered: number;
  cancelled: number;
  /** By a server that was too busy, or had to ask another that was: an answer, and it must leave nothing behind either. */
  refused: number;
  failed: string[];
}

async function mixedCalls(setup: ProbeSetup, count: number, random: () => number): Promise<Tally> {
  const tally: Tally = { answered: 0, cancelled: 0, refused: 0, failed: [] };
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      const cancels = random() < CANCELLED_SHARE;
      const kind = cancels && random() < 0.2 ? endless : KINDS[Math.floor(random() * KINDS.length)]!;
      await one(setup, kind, { tally, cancelAfterMs: cancels ? random() * 8 : undefined });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
  return tally;
}

async function one(
  setup: ProbeSetup,
  call: Call,
  { tally, cancelAfterMs }: { tally: Tally; cancelAfterMs: number | undefined },
): Promise<void> {
  const cancel = new AbortController();
  const cancelled = cancelAfterMs === undefined ? undefined : sleep(cancelAfterMs).then(() => cancel.abort(CANCELLED));
  try {
    await call(setup, cancel.signal);
    tally.answered += 1;
  } catch (error) {
    if (error === CANCELLED) tally.cancelled += 1;
    else if (error instanceof RemoteError && BUSY.includes(error.code)) tally.refused += 1;
    else tally.failed.push(error instanceof RemoteError ? `${status[error.code]} ${error.message}` : String(error));
  }
  await cancelled;
}

describe(`${CALLS} calls of all kinds, a fifth of them cancelled at random moments (FAULTS_SEED=${SEED})`, () => {
  it(
    'leave no socket, thread, timer, listener or call behind (S3-102)',
    async () => {
      using recorded = recordWarnings();
      await using setup = await startProbe();
      const random = seeded(SEED);
      const { inFlight } = setup.server;
      const idle = (): Promise<void> => eventually('every call is over', () => inFlight() === 0);
      // Channels, code and pools that stay are made by the first calls.
      await mixedCalls(setup, 500, random);
      await idle();
      const before = await standingStill(holdings, SETTLE_MS);
      const tally = await mixedCalls(setup, CALLS, random);
      expect(tally.failed).toEqual([]);
      expect(tally.answered + tally.cancelled + tally.refused).toBe(CALLS);
      expect(tally.answered).toBeGreaterThan(CALLS / 2);
      expect(tally.cancelled).toBeGreaterThan(CALLS * 0.02);
      await idle();
      await nothingMore(holdings, before, SETTLE_MS);
      expect(recorded.warnings.filter(({ name }) => name.startsWith('MaxListeners'))).toEqual([]);
    },
    60_000 + 6 * CALLS,
  );
});
