import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { StreamGenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import { gate, type Gate } from '@exempla/testing';
import { edgeWith, type EdgeUnderTest } from './edge-under-test.ts';

const QUIET_MS = 15_000;
const part = (value: string): StreamGenerateStoryResponse => ({ part: { $case: 'text', value } });

describe('a story of which nothing comes for a while', () => {
  let edge: EdgeUnderTest;
  /** Somebody waits for the second part. */
  let awaited: Gate;
  let release: Gate;

  beforeEach(async () => {
    [awaited, release] = [gate(), gate()];
    const streamGenerateStory = async function* () {
      yield part('one');
      awaited.open();
      await release.promise;
      yield part('two');
    };
    edge = await edgeWith({ stories: { streamGenerateStory } });
    jest.useFakeTimers({ doNotFake: ['performance', 'setImmediate', 'queueMicrotask', 'nextTick'] });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await edge.app.close();
  });

  const pass = async (ms: number) => {
    await jest.advanceTimersByTimeAsync(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const ask = () =>
    edge.app.inject({
      method: 'POST',
      url: '/api/v1/stories/generate',
      headers: { accept: 'text/event-stream', 'exempla-timeout-ms': '120000' },
      payload: { child: { name: 'Mia', age: 5, interests: ['stars'] }, language: 'en' },
    });

  it('says so every 15 s, so that no proxy takes it for dead, and only then', async () => {
    const answer = ask();
    await awaited.promise;
    await pass(QUIET_MS - 1);
    await pass(1);
    await pass(QUIET_MS);
    release.open();
    const events = (await answer).body.split('\n\n');
    expect(events.slice(1)).toEqual([
      'event: text\ndata: {"text":"one"}',
      ':',
      ':',
      'event: text\ndata: {"text":"two"}',
      '',
    ]);
  });
});
