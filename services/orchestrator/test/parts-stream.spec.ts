import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { reportsThenResult } from '../src/grpc/parts-stream.ts';

async function drain<R, T>(stream: AsyncGenerator<R, T>): Promise<{ reports: R[]; result: T }> {
  const reports: R[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) return { reports, result: next.value };
    reports.push(next.value);
  }
}

describe('reportsThenResult', () => {
  it('gives every report, also those made before the reader came, then the result', async () => {
    const work = async (report: (n: number) => void): Promise<string> => {
      report(1);
      report(2);
      await Promise.resolve();
      report(3);
      return 'done';
    };
    expect(await drain(reportsThenResult(work))).toEqual({ reports: [1, 2, 3], result: 'done' });
  });

  it('gives what was reported before a failure, then the failure', async () => {
    const seen: number[] = [];
    const stream = reportsThenResult<number, never>(async (report) => {
      void report(1);
      throw new Error('broke');
    });
    await expect(
      (async () => {
        for await (const n of stream) seen.push(n);
      })(),
    ).rejects.toThrow('broke');
    expect(seen).toEqual([1]);
  });

  it('gives a report as soon as it is made', async () => {
    const held = Promise.withResolvers<void>();
    const stream = reportsThenResult<string, void>(async (report) => {
      void report('early');
      await held.promise;
    });
    expect(await stream.next()).toEqual({ done: false, value: 'early' });
    held.resolve();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('joins what comes together, and asks who reports to wait until there is room', async () => {
    const words = { join: (last: string, next: string) => last + next, sizeOf: (item: string) => item.length, most: 4 };
    const steps: string[] = [];
    const stream = reportsThenResult<string, void>(async (report) => {
      await turn();
      await report('a');
      await report('b');
      await turn();
      await report('cd');
      steps.push('two reported');
      await report('ef');
      steps.push('room again');
    }, words);
    expect(await stream.next()).toEqual({ done: false, value: 'ab' });
    await turn();
    await turn();
    expect(steps).toEqual(['two reported']);
    expect(await stream.next()).toEqual({ done: false, value: 'cdef' });
    await stream.next();
    expect(steps).toEqual(['two reported', 'room again']);
  });

  it('keeps nobody waiting when the reader leaves', async () => {
    const one = { join: () => undefined, sizeOf: () => 1, most: 1 };
    const done = Promise.withResolvers<void>();
    const stream = reportsThenResult<number, void>(async (report) => {
      await report(1);
      await report(2);
      done.resolve();
    }, one);
    await stream.next();
    await stream.return();
    await expect(done.promise).resolves.toBeUndefined();
  });
});
