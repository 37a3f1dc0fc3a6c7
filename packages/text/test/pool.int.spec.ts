import { Agent } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from '@jest/globals';
import { eventually, startScriptedOpenAi } from '@exempla/testing';
import { callFor, generatorFor, partsOf, REQUEST } from './calls.ts';

const STORY = 'once upon a time there was a fox '.repeat(100);
const WORDS = 800;

describe('connections', () => {
  it('fifty stories of 800 words over two seconds are told side by side, within the pool', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: STORY, overMs: 2_000 });
    await using text = generatorFor(server);
    const lag = monitorEventLoopDelay({ resolution: 10 });
    lag.enable();
    const since = performance.now();
    const told = await Promise.all(Array.from({ length: 50 }, () => partsOf(text.stream(REQUEST, callFor(20_000)))));
    lag.disable();
    process.stdout.write(
      `${Math.round(performance.now() - since)} ms, ${server.sockets.most} sockets, ` +
        `loop lag p99 ${Math.round(lag.percentile(99) / 1e6)} ms, server in the same process\n`,
    );
    expect(told.map(({ text: all, error }) => [all.split(' ').length - 1, error])).toEqual(
      told.map(() => [WORDS, undefined]),
    );
    expect(server.sockets.most).toBeLessThanOrEqual(100);
    // More than the first guess of the limiter were under way together.
    expect(Math.max(...server.requests.map(({ beside }) => beside))).toBeGreaterThan(10);
  });

  it('no more than the pool allows are open, and no more than it allows stay open (S3-41, S3-94, S3-95)', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: 'A small fox.', overMs: 5 });
    await using text = generatorFor(server, { pool: { connections: 10, maxKeepalive: 4 }, initialInFlight: 10 });
    await Promise.all(Array.from({ length: 200 }, () => text.generate(REQUEST, callFor(20_000))));
    expect(server.sockets.most).toBeLessThanOrEqual(10);
    await eventually('the idle ones are closed', () => server.sockets.open <= 4);
    // They are used again.
    await text.generate(REQUEST, callFor(20_000));
    expect(server.sockets.open).toBeLessThanOrEqual(4);
  });
});

describe('the end of a generator (S3-44)', () => {
  it('closes its sockets; to use it afterwards is an error', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: 'A small fox.' });
    const text = generatorFor(server);
    await text.generate(REQUEST, callFor(5_000));
    expect(server.sockets.open).toBe(1);
    await text[Symbol.asyncDispose]();
    await eventually('the socket is closed', () => server.sockets.open === 0);
    await expect(text.generate(REQUEST, callFor(5_000))).rejects.toMatchObject({ reason: 'TEXT_CLOSED' });
    expect((await partsOf(text.stream(REQUEST, callFor(5_000)))).error).toMatchObject({ reason: 'TEXT_CLOSED' });
    // A second end is none.
    await text[Symbol.asyncDispose]();
  });

  it('ends what is under way, and has ended when it says so', async () => {
    await using server = await startScriptedOpenAi({ type: 'silence' });
    const text = generatorFor(server);
    const calls = [text.generate(REQUEST, callFor(20_000)), partsOf(text.stream(REQUEST, callFor(20_000)))] as const;
    const refused = expect(calls[0]).rejects.toMatchObject({ reason: 'TEXT_CLOSED' });
    await eventually('both are there', () => server.requests.length === 2);
    await text[Symbol.asyncDispose]();
    await refused;
    expect((await calls[1]).error).toMatchObject({ reason: 'TEXT_CLOSED' });
    await Promise.all(server.requests.map(({ left }) => left.promise));
  });

  it('leaves an agent that was handed in as it is', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: 'A small fox.' });
    const agent = new Agent({ keepAlive: true });
    try {
      await using text = generatorFor(server, { agent });
      await text.generate(REQUEST, callFor(5_000));
    } finally {
      expect(Object.values(agent.freeSockets).flatMap((all) => all?.map(({ destroyed }) => destroyed))).toEqual([
        false,
      ]);
      agent.destroy();
    }
  });
});
