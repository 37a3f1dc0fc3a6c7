import { describe, expect, it } from '@jest/globals';
import { generateStory, WriterFault, type StoryWriter } from '../../src/stories/index.ts';
import { call, draft, failing, generation, recorder, RecordingPorts, request } from './fakes.ts';

describe('the best of three drafts', () => {
  it('wins, and its score is in the story', async () => {
    const ports = new RecordingPorts();
    ports.totals = [6, 9, 8];
    const { story } = await generateStory(request(), call(), ports);
    expect(ports.seeds).toHaveLength(3);
    expect(story.title).toBe(`Mia and the Star ${ports.seeds[1]}`);
    expect(story.score).toEqual({ total: 9, criteria: [{ name: 'moral', score: 9 }] });
  });

  it('is the only one where nobody judges', async () => {
    const ports = new RecordingPorts();
    ports.judge = undefined;
    const { story } = await generateStory(request(), call(), ports);
    expect(ports.seeds).toEqual([7]);
    expect(story.score).toBeUndefined();
  });

  it('of equals is the first', async () => {
    const ports = new RecordingPorts();
    expect((await generateStory(request(), call(), ports)).story.title).toBe('Mia and the Star 7');
  });

  it('is of seeds that the next seed does not share', async () => {
    const [first, second] = [new RecordingPorts(), new RecordingPorts()];
    await generateStory(request({ seed: 7 }), call(), first);
    await generateStory(request({ seed: 8 }), call(), second);
    expect(new Set([...first.seeds, ...second.seeds]).size).toBe(6);
  });

  it('one that fails later is done without', async () => {
    const ports = new RecordingPorts();
    const { write } = ports.writer;
    ports.writer.write = async (...args) => {
      if (ports.briefs.length === 1) throw failing('TIMEOUT');
      return write(...args);
    };
    const { story } = await generateStory(request(), call(), ports);
    expect(story.generationInfo?.attempts).toBe(1);
    expect(ports.generations).toHaveLength(1);
  });

  it('the first that fails is the story that fails', async () => {
    const ports = new RecordingPorts();
    ports.failures.set('write', failing('UNAVAILABLE'));
    await expect(generateStory(request(), call(), ports)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    expect(ports.created).toEqual([]);
  });

  it('a second is not begun when there is no time for it', async () => {
    const ports = new RecordingPorts();
    await generateStory(request(), call(42), ports);
    expect(ports.seeds).toHaveLength(1);
  });
});

/** A writer that is paid for; `outcomes` are the drafts or faults of its attempts, the last goes on. */
const model = (ports: RecordingPorts, ...outcomes: ('draft' | Error)[]): StoryWriter => {
  let asked = 0;
  return {
    names: ['small', 'large'],
    isPaid: true,
    writes: () => true,
    write: async ({ brief, seed, onText }) => {
      ports.briefs.push(brief);
      ports.seeds.push(seed);
      const outcome = outcomes[Math.min((asked += 1), outcomes.length) - 1]!;
      await onText({ title: `Draft ${asked}`, text: 'Mia' });
      if (outcome instanceof Error) throw outcome;
      return {
        ...draft(seed),
        generation: generation({ model: 'small', receipt: { upstream: 'u', id: `gen-${asked}` } }),
      };
    },
  };
};

const fault = (of: 'draft' | 'writer', reason: string): WriterFault =>
  new WriterFault(of, {
    reason,
    generation: generation({ model: 'small', errorReason: reason }),
    cause: failing(reason),
  });

describe('a writer that is paid for', () => {
  it('is asked no more when a draft is good enough', async () => {
    const ports = new RecordingPorts();
    ports.totals = [6.9, 7, 9];
    ports.writers = [model(ports, 'draft')];
    const { story } = await generateStory(request(), call(), ports);
    expect(ports.seeds).toHaveLength(2);
    expect(story.score?.total).toBe(7);
  });

  it('is asked once where nobody judges the language', async () => {
    const ports = new RecordingPorts();
    ports.totals = [1];
    ports.writers = [model(ports, 'draft')];
    const { story } = await generateStory(request({ language: 'nl' }), call(), ports);
    expect(ports.seeds).toHaveLength(1);
    expect(story.score).toBeUndefined();
  });

  it('is asked again after a draft that is no story; both are kept with what they took', async () => {
    const ports = new RecordingPorts();
    ports.writers = [model(ports, fault('draft', 'DRAFT_UNUSABLE'), 'draft')];
    const { story, fallbackReason } = await generateStory(request({ language: 'nl' }), call(), ports);
    expect(ports.generations.map(({ generation }) => generation.errorReason)).toEqual(['DRAFT_UNUSABLE', '']);
    expect(story.generationInfo).toMatchObject({ attempts: 2, costMicroUsd: 60 });
    expect(fallbackReason).toBe('');
    expect(ports.settled).toEqual([{ generation: 'stories/1/generations/2', receipt: { upstream: 'u', id: 'gen-2' } }]);
  });

  it('is not asked again when it cannot write at all', async () => {
    const ports = new RecordingPorts();
    ports.writers = [model(ports, fault('writer', 'TEXT_UPSTREAM_FAILED'))];
    await expect(generateStory(request({ language: 'nl' }), call(), ports)).rejects.toMatchObject({
      reason: 'TEXT_UPSTREAM_FAILED',
    });
    expect(ports.seeds).toHaveLength(1);
    expect(ports.created).toEqual([]);
  });

  it('has its draft kept when that cannot be judged', async () => {
    const ports = new RecordingPorts();
    ports.writers = [model(ports, 'draft')];
    ports.judge!.judge = () => Promise.reject(failing('UNAVAILABLE'));
    const { story, degraded } = await generateStory(request(), call(), ports);
    expect(story.score).toBeUndefined();
    expect(degraded.map(({ step }) => step)).toEqual(['judge', 'judge', 'judge']);
  });

  it('tells of its drafts with their numbers, then of what is kept', async () => {
    const ports = new RecordingPorts();
    ports.writers = [model(ports, fault('draft', 'DRAFT_UNUSABLE'), 'draft')];
    const { parts, onPart } = recorder();
    await generateStory(request(), call(), ports, onPart);
    expect(parts.slice(0, 3)).toEqual([
      { type: 'draft', attempt: 1, title: 'Draft 1', text: 'Mia' },
      { type: 'draft', attempt: 2, title: 'Draft 2', text: 'Mia' },
      expect.objectContaining({ type: 'title' }),
    ]);
  });
});

describe('who stands in', () => {
  const both = (...outcomes: ('draft' | Error)[]): RecordingPorts => {
    const ports = new RecordingPorts();
    ports.writers = [model(ports, ...outcomes), ports.writer];
    return ports;
  };

  it('writes when the first writer cannot, is counted, and is named in the answer', async () => {
    const ports = both(fault('writer', 'TEXT_RATE_LIMITED'));
    const { story, fallbackReason } = await generateStory(request(), call(), ports);
    expect(story.model).toBe('offline-grammar');
    expect(fallbackReason).toBe('TEXT_RATE_LIMITED');
    expect(ports.fallbacks).toEqual([{ from: 'small', to: 'offline-grammar', reason: 'TEXT_RATE_LIMITED' }]);
    expect(ports.generations[0]!.generation).toMatchObject({ model: 'small', errorReason: 'TEXT_RATE_LIMITED' });
  });

  it.each(['TEXT_REFUSED', 'BUDGET_EXHAUSTED', 'INVALID_ARGUMENT'])('does not after %s', async (reason) => {
    const ports = both(failing(reason));
    await expect(generateStory(request(), call(), ports)).rejects.toMatchObject({ reason });
    expect(ports.fallbacks).toEqual([]);
    expect(ports.steps).not.toContain('write');
  });

  it('does not in a language it does not know', async () => {
    const ports = both(fault('writer', 'TEXT_RATE_LIMITED'));
    const asked = generateStory(request({ language: 'ru' }), call(), ports);
    await expect(asked).rejects.toMatchObject({ reason: 'TEXT_RATE_LIMITED' });
  });

  it('does not when the caller has gone', async () => {
    const gone = new AbortController();
    const ports = both('draft');
    ports.writers[0]!.write = () => {
      gone.abort(failing('CANCELLED'));
      return Promise.reject(fault('writer', 'TEXT_UPSTREAM_FAILED'));
    };
    const asked = generateStory(request(), call(10_000, gone.signal), ports);
    await expect(asked).rejects.toMatchObject({ reason: 'CANCELLED' });
    expect(ports.fallbacks).toEqual([]);
    expect(ports.steps).not.toContain('write');
    expect(ports.created).toEqual([]);
  });

  it('does not for a writer that was asked for by name', async () => {
    const ports = both(fault('writer', 'TEXT_RATE_LIMITED'));
    const asked = generateStory(request({ provider: 'large' }), call(), ports);
    await expect(asked).rejects.toMatchObject({ reason: 'TEXT_RATE_LIMITED' });
    const { story } = await generateStory(request({ provider: 'offline-grammar' }), call(), both('draft'));
    expect(story.model).toBe('offline-grammar');
  });

  it('is asked for by a name that there is, or the names are told before anything is kept', async () => {
    const ports = both('draft');
    await expect(generateStory(request({ provider: 'tiny' }), call(), ports)).rejects.toMatchObject({
      reason: 'PROVIDER_UNKNOWN',
      metadata: { provider: 'tiny', providers: 'small, large, offline-grammar' },
    });
    expect(ports.steps).toEqual([]);
  });
});
