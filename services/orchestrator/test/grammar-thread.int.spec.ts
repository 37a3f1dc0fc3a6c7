import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { threadId, Worker } from 'node:worker_threads';
import { threadNiceness } from '@exempla/testing';
import { GrammarThread } from '../src/adapters/grammar-thread.ts';
import { GrammarWriter } from '../src/adapters/grammar-writer.ts';
import { writeStory } from '../src/grammar/index.ts';
import type { DraftJob, StoryBrief } from '../src/stories/index.ts';
import { briefFor } from './grammar/briefs.ts';
import { MIA } from './stories/fakes.ts';

const calm = new AbortController().signal;
const time = { signal: calm, budgetMs: 60_000 };
const long: StoryBrief = {
  child: MIA,
  hero: undefined,
  moral: { kind: 'KINDNESS' },
  language: 'en',
  minutes: 30,
  previous: undefined,
};
const job = { type: 'write', brief: briefFor() } as const;
/** A thread that says it is ready and then does `on` with each job. */
const threadThat = (on: string) => () =>
  new Worker(
    `const { parentPort } = require('node:worker_threads'); ${on}; parentPort.postMessage({ type: 'ready' });`,
    {
      eval: true,
      execArgv: [],
    },
  );

const jobFor = (brief: StoryBrief, seed: number): DraftJob => ({ brief, seed, name: '', onText: () => {} });

describe('the thread that writes stories', () => {
  let thread: GrammarThread;
  beforeAll(async () => {
    thread = new GrammarThread();
    await thread.start();
  });
  afterAll(() => thread.close());

  // Only Linux keeps a priority for each thread.
  (process.platform === 'linux' ? it : it.skip)('stands back for the thread that answers calls', async () => {
    const { main, others } = await threadNiceness();
    expect(main).toBe(0);
    expect(others.filter((nice) => nice > 0)).toHaveLength(1);
  });

  it('writes what the grammar writes, and judges it', async () => {
    const writer = new GrammarWriter(thread);
    const draft = await writer.write(jobFor({ ...long, minutes: 5 }, 1), time);
    const { title, paragraphs, companion, place } = writeStory(briefFor());
    expect(draft).toMatchObject({ title, paragraphs, companion, place });
    expect((await writer.judge({ ...long, minutes: 5 }, draft, time)).criteria).toHaveLength(6);
  });

  it('is not the thread that answers calls: that one turns on while half-hour stories are written', async () => {
    expect(thread.threadId).not.toBe(threadId);
    const writer = new GrammarWriter(thread);
    let isWriting = true;
    const turns = (async () => {
      let count = 0;
      for (; isWriting; count += 1) await turn();
      return count;
    })();
    const stories = 20;
    for (let seed = 0; seed < stories; seed += 1)
      await writer.judge(long, await writer.write(jobFor(long, seed), time), time);
    isWriting = false;
    // Each story is written and judged while the loop turns many times; on this thread it would turn four times a story.
    expect(await turns).toBeGreaterThan(stories * 20);
  });

  it('a caller who leaves is out of the line at once, and the others are served', async () => {
    const leaving = new AbortController();
    const first = thread.ask(job, calm);
    const second = thread.ask(job, leaving.signal);
    const third = thread.ask(job, calm);
    leaving.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    expect(thread.waiting).toBe(1);
    expect((await Promise.all([first, third])).map(({ type }) => type)).toEqual(['written', 'written']);
    await expect(thread.ask(job, leaving.signal)).rejects.toThrow('gone');
  });
});

describe('a thread that ends', () => {
  it('fails the job it had; the next is done by another', async () => {
    let spawned = 0;
    const broken = threadThat(`parentPort.on('message', () => process.exit(3))`);
    const thread = new GrammarThread(() => (spawned++ === 0 ? broken() : threadThat(ANSWERS)()));
    await thread.start();
    const [lost, next] = await Promise.allSettled([thread.ask(job, calm), thread.ask(job, calm)]);
    expect(lost).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('ended') } });
    expect(next).toMatchObject({ status: 'fulfilled' });
    expect(spawned).toBe(2);
    await thread.close();
  });

  it('that never comes up fails the start, and all who wait', async () => {
    const thread = new GrammarThread(threadThat('throw new Error("no")'));
    await expect(thread.start()).rejects.toThrow('no');
    await expect(thread.ask(job, calm)).rejects.toThrow('ended');
    await thread.close();
  });

  it('by close fails what was asked, and takes nothing more', async () => {
    const thread = new GrammarThread(threadThat(`parentPort.on('message', () => {})`));
    await thread.start();
    const asked = Promise.allSettled([thread.ask(job, calm), thread.ask(job, calm)]);
    await thread.close();
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(thread.ask(job, calm)).rejects.toThrow('after close');
    expect(thread.threadId).toBeUndefined();
  });

  it('a job that fails leaves the thread', async () => {
    const thread = new GrammarThread();
    await thread.start();
    const before = thread.threadId;
    const nobody = {
      type: 'write',
      brief: { kind: 'child', moral: { kind: 'kindness' }, minutes: 5, seed: 1 },
    } as const;
    await expect(thread.ask(nobody, calm)).rejects.toThrow('needs a child');
    expect((await thread.ask(job, calm)).type).toBe('written');
    expect(thread.threadId).toBe(before);
    await thread.close();
  });
});

const ANSWERS = `parentPort.on('message', () => parentPort.postMessage({ type: 'written', story: {} }))`;
