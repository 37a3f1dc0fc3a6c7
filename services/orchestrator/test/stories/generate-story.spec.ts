import { describe, expect, it } from '@jest/globals';
import { gate } from '@exempla/testing';
import { generateStory } from '../../src/stories/index.ts';
import { requestFingerprint } from '../../src/stories/fingerprint.ts';
import { BARE_STORY, call, failing, MIA, recorder, RecordingPorts, request, stored, TORVALD } from './fakes.ts';

describe('generateStory (S3-61)', () => {
  it('matches the child, writes, keeps, in this order (S3-56, S3-64)', async () => {
    const ports = new RecordingPorts();
    const { story, degraded, timings } = await generateStory(request(), call(), ports);
    expect(ports.steps).toEqual(['create child', 'write', 'write', 'write', 'save', ...Array(3).fill('generation')]);
    expect(story).toMatchObject({
      name: 'stories/1',
      title: 'Mia and the Star 7',
      text: 'Mia saw a star.\n\n"Come down," said Mia.\n\nAnd the fox slept.',
      summary: 'Mia helps a star.',
      kind: 'CHILD',
      child: 'children/1',
      model: 'offline-grammar',
      lengthMinutes: 5,
    });
    expect(degraded).toEqual([]);
    expect(timings.map(({ step }) => step)).toEqual(['cast', 'text', 'store', 'generations']);
  });

  it('tells title, text piece by piece and the kept story before the narration', async () => {
    const { parts, onPart } = recorder();
    await generateStory(request({ narrate: true }), call(), new RecordingPorts(), onPart);
    expect(parts.map((part) => part.type)).toEqual(['title', 'text', 'text', 'text', 'saved', 'narration']);
  });

  it('asks for a story of what is told, and of what is kept', async () => {
    const ports = new RecordingPorts();
    await generateStory(request({ hero: 'heroes/9', previousStory: 'stories/8' }), call(), ports);
    expect(ports.briefs[0]).toMatchObject({
      child: MIA,
      hero: TORVALD,
      moral: { kind: 'KINDNESS' },
      language: 'en',
      minutes: 5,
      previous: { title: 'A Title', companion: 'Pip the hedgehog', place: 'the harbour town of Saltby' },
    });
    expect(ports.created[0]!.story).toMatchObject({ kind: 'COMBINED', hero: 'heroes/9', parentStory: 'stories/8' });
    expect(ports.created[0]!.story).toMatchObject({
      companion: 'Pip the hedgehog',
      place: 'the harbour town of Saltby',
    });
  });

  it('takes a child that is kept as it is', async () => {
    const ports = new RecordingPorts();
    await generateStory(request({ child: { type: 'kept', name: 'children/4' } }), call(), ports);
    expect(ports.steps).not.toContain('create child');
    expect(ports.created[0]!.story.child).toBe('children/4');
  });

  it('tells a story of a hero alone', async () => {
    const ports = new RecordingPorts();
    await generateStory(request({ child: undefined, hero: 'heroes/9' }), call(), ports);
    expect(ports.created[0]!.story).toMatchObject({ kind: 'HERO', child: '' });
  });

  it.each([
    ['get child', 'CHILD_NOT_FOUND', { child: { type: 'kept', name: 'children/4' } }],
    ['get hero', 'HERO_NOT_FOUND', { hero: 'heroes/9' }],
    ['get story', 'STORY_NOT_FOUND', { previousStory: 'stories/8' }],
  ] as const)('%s fails: %s, nothing is written and no child is kept', async (step, reason, change) => {
    const ports = new RecordingPorts();
    ports.failures.set(step, failing(reason));
    await expect(generateStory(request(change), call(), ports)).rejects.toMatchObject({ reason });
    expect(ports.briefs).toEqual([]);
    expect(ports.madeChildren).toEqual([]);
  });

  it('a language nobody writes is refused before anything is kept, and says what to enable', async () => {
    const ports = new RecordingPorts();
    await expect(generateStory(request({ language: 'nl' }), call(), ports)).rejects.toMatchObject({
      reason: 'LANGUAGE_UNSUPPORTED',
      metadata: { language: 'nl', enable: 'model provider' },
    });
    expect(ports.steps).toEqual([]);
  });

  it('a story that cannot be kept is no story: nothing is spoken', async () => {
    const ports = new RecordingPorts();
    ports.failures.set('save', failing('UNAVAILABLE'));
    const making = generateStory(request({ narrate: true }), call(), ports);
    await expect(making).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    expect(ports.spoken).toEqual([]);
  });

  it.each([3, 1])('a caller who leaves while the first of %d drafts is written gets no story kept', async (drafts) => {
    const ports = new RecordingPorts();
    if (drafts === 1) ports.judge = undefined;
    const leaving = new AbortController();
    const { write } = ports.writer;
    const begun = gate();
    ports.writer.write = (...args) => {
      begun.open();
      return write(...args);
    };
    ports.gates.set('write', gate());
    const making = generateStory(request(), call(10_000, leaving.signal), ports);
    await begun.promise;
    leaving.abort(failing('CANCELLED'));
    ports.gates.get('write')!.open();
    await expect(making).rejects.toMatchObject({ reason: 'CANCELLED' });
    expect(ports.created).toEqual([]);
  });

  it('keeps what the writer was asked, once for each draft', async () => {
    const ports = new RecordingPorts();
    const { story } = await generateStory(request(), call(), ports);
    expect(ports.generations.map(({ requestId }) => requestId)).toEqual(['stories/1/1', 'stories/1/2', 'stories/1/3']);
    const { generation } = ports.generations[0]!;
    expect(generation).toMatchObject({ model: 'offline-grammar', usage: { promptTokens: 10, completionTokens: 20 } });
    expect(generation.prompt).toBe('Tell of Mia.');
    expect(story.generationInfo).toEqual({
      attempts: 3,
      usage: { promptTokens: 30, completionTokens: 60 },
      costMicroUsd: 90,
    });
  });

  it('a record of it that cannot be kept leaves the story (S3-40)', async () => {
    const ports = new RecordingPorts();
    ports.failures.set('generation', failing('UNAVAILABLE'));
    const { story, degraded } = await generateStory(request(), call(), ports);
    expect(story.name).toBe('stories/1');
    expect(degraded).toEqual([{ step: 'generations', reason: 'UNAVAILABLE', message: 'failed' }]);
  });
});

describe('request ids', () => {
  it('the same id asks for the same text, another id for another', async () => {
    const seedFor = async (change: Parameters<typeof request>[0]): Promise<number> => {
      const ports = new RecordingPorts();
      await generateStory(request({ seed: undefined, requestId: 'r-1', ...change }), call(), ports);
      return ports.seeds[0]!;
    };
    const seed = await seedFor({});
    expect(await seedFor({})).toBe(seed);
    expect(await seedFor({ narrate: true, voice: 'slt' })).toBe(seed);
    expect(await seedFor({ requestId: 'r-2' })).not.toBe(seed);
    expect(await seedFor({ lengthMinutes: 6 })).not.toBe(seed);
  });

  it('keeps under an id of its own when the caller has none, so that a lost answer may be asked for again', async () => {
    const ports = new RecordingPorts();
    await generateStory(request(), call(), ports);
    expect(ports.created[0]!.requestId).toBe('once-1');
    expect(ports.created[0]!.requestFingerprint).toBe(requestFingerprint(request()));
  });

  it('asked again, nothing is written: the story of the first time is the answer, told part by part', async () => {
    const ports = new RecordingPorts();
    ports.before = { ...stored(BARE_STORY), text: 'One.\n\nTwo.' };
    const { parts, onPart } = recorder();
    const { story, degraded, timings } = await generateStory(request({ requestId: 'r-1' }), call(), ports, onPart);
    expect(ports.steps).toEqual(['lookup']);
    expect(story).toEqual(ports.before);
    expect(degraded).toEqual([]);
    expect(timings.map(({ step }) => step)).toEqual(['lookup']);
    expect(parts.map((part) => part.type)).toEqual(['title', 'text', 'text', 'saved']);
  });

  it('asked again, finds the sound that is there', async () => {
    const ports = new RecordingPorts();
    ports.before = { ...stored(BARE_STORY), audio: 'objects/stories/1/narration.wav' };
    const { story, narration } = await generateStory(request({ narrate: true, requestId: 'r-1' }), call(), ports);
    expect(ports.spoken).toEqual([]);
    expect(narration?.object).toBe('objects/stories/1/narration.wav');
    expect(story.audio).toBe('objects/stories/1/narration.wav');
  });

  it('asked again, speaks what was not spoken', async () => {
    const ports = new RecordingPorts();
    ports.before = stored(BARE_STORY);
    const { story } = await generateStory(request({ narrate: true, requestId: 'r-1' }), call(), ports);
    expect(story.audio).toBe('objects/stories/1/narration.wav');
    expect(story.title).toBe('A Title');
  });

  it('when an equal request was faster, its story is told, and the generations of ours are not kept as its own', async () => {
    const ports = new RecordingPorts();
    ports.meanwhile = stored({ ...BARE_STORY, text: 'The other.' });
    const { parts, onPart } = recorder();
    const { story } = await generateStory(request({ requestId: 'r-1' }), call(), ports, onPart);
    expect(story.text).toBe('The other.');
    expect(parts).toContainEqual({ type: 'text', text: 'The other.' });
    expect(ports.generations).toEqual([]);
  });

  it('is refused with another body, and nothing is written', async () => {
    const ports = new RecordingPorts();
    ports.failures.set('lookup', failing('REQUEST_ID_REUSED'));
    await expect(generateStory(request({ requestId: 'r-1' }), call(), ports)).rejects.toMatchObject({
      reason: 'REQUEST_ID_REUSED',
    });
    expect(ports.steps).toEqual(['lookup']);
  });

  it('stands for everything that is asked, and for nothing else', () => {
    const of = (change: Parameters<typeof request>[0]) => requestFingerprint(request(change));
    const changes: Parameters<typeof request>[0][] = [
      {},
      { child: { type: 'kept', name: 'children/4' } },
      { child: { type: 'new', profile: { ...MIA, interests: ['stars'] } } },
      { child: { type: 'new', profile: { ...MIA, age: { type: 'years', years: 6 } } } },
      { child: undefined },
      { hero: 'heroes/1' },
      { moral: { kind: 'HONESTY' } },
      { moral: { own: 'KINDNESS' } },
      { language: 'en-GB' },
      { provider: 'large' },
      { lengthMinutes: 6 },
      { narrate: true },
      { voice: 'slt' },
      { previousStory: 'stories/1' },
      { seed: 8 },
      { seed: undefined },
    ];
    expect(new Set(changes.map(of)).size).toBe(changes.length);
    expect(of({ requestId: 'r-2' })).toBe(of({}));
  });

  it('is not looked up when there is none', async () => {
    const ports = new RecordingPorts();
    await generateStory(request(), call(), ports);
    expect(ports.lookedUp).toEqual([]);
  });
});
