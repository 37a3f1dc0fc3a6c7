import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { RemoteError } from '../src/index.ts';
import { resumeAfterMs, resumedWatch } from '../src/client/resumed-watch.ts';
import { failure } from './probe-server.ts';

const ended = (code = status.UNAVAILABLE): RemoteError => new RemoteError('probe/Watch', code, 'ended');
const resume = (_: unknown, last: unknown): unknown => ({ after: last });

/** Each watch shows two numbers behind its position; the third lasts to the end. */
function watches(): { asked: unknown[]; open: (request: unknown) => AsyncGenerator<number> } {
  const asked: unknown[] = [];
  const open = async function* (request: unknown): AsyncGenerator<number> {
    asked.push(request);
    const { after } = request as { after: number };
    yield after + 1;
    yield after + 2;
    if (asked.length < 3) throw ended();
  };
  return { asked, open };
}

/** A stream that fails before its first message. */
const failing = (error: Error, opened: () => unknown): AsyncIterable<unknown> => ({
  [Symbol.asyncIterator]: () => {
    opened();
    return { next: () => Promise.reject(error) };
  },
});

async function all(messages: AsyncIterable<unknown>): Promise<unknown[]> {
  const seen = [];
  for await (const message of messages) seen.push(message);
  return seen;
}

describe('resumedWatch', () => {
  it('goes on behind the last message, and ends when the server says so', async () => {
    const { asked, open } = watches();
    expect(await all(resumedWatch(open, { after: 0 }, { resume }))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(asked).toEqual([{ after: 0 }, { after: 2 }, { after: 4 }]);
  });

  it('does not repeat what another error ended', async () => {
    let opened = 0;
    const open = (): AsyncIterable<unknown> => failing(ended(status.NOT_FOUND), () => (opened += 1));
    expect(await failure(all(resumedWatch(open, {}, { resume })))).toMatchObject({ code: status.NOT_FOUND });
    expect(opened).toBe(1);
  });

  it('tells the caller when nothing is there for the whole of its time', async () => {
    let opened = 0;
    const open = (): AsyncIterable<unknown> => failing(ended(), () => (opened += 1));
    expect(await failure(all(resumedWatch(open, {}, { resume, timeoutMs: 250 })))).toMatchObject({
      code: status.UNAVAILABLE,
    });
    expect(opened).toBeGreaterThan(1);
    expect(opened).toBeLessThan(5);
  });
});

describe('the wait before the next watch', () => {
  it('doubles up to a limit, half of it chance', () => {
    expect([0, 1, 2].map((failures) => resumeAfterMs(failures, 1))).toEqual([100, 200, 400]);
    expect(resumeAfterMs(0, 0)).toBe(50);
    expect(resumeAfterMs(30, 1)).toBe(5_000);
  });
});
