import { describe, expect, it } from '@jest/globals';
import { gate } from '@exempla/testing';
import { deleteStory, generateStory } from '../../src/stories/index.ts';
import { call, failing, recorder, RecordingPorts, request } from './fakes.ts';

const SOUND = 'objects/stories/1/narration.wav';
const MP3 = 'objects/stories/1/narration.mp3';

describe('narration of a story (S3-63, S3-64)', () => {
  it('speaks title and text, and names the sound in the story', async () => {
    const ports = new RecordingPorts();
    const { story, narration } = await generateStory(request({ narrate: true, voice: 'slt' }), call(), ports);
    expect(ports.spoken).toMatchObject([{ voice: 'slt', language: 'en', name: 'stories/1' }]);
    expect(ports.spoken[0]!.text).toMatch(/^Mia and the Star 7\.\n\nMia saw a star\./);
    expect(story).toMatchObject({ audio: SOUND, audioProvider: 'slt' });
    expect(narration!.object).toBe(SOUND);
  });

  it('is named as it is kept: MP3 as MP3, also when it is removed since nobody can name it', async () => {
    const ports = new RecordingPorts();
    ports.contentType = 'audio/mpeg';
    const { story } = await generateStory(request({ narrate: true }), call(), ports);
    expect(story.audio).toBe(MP3);
    ports.failures.set('attach', failing('STORY_NOT_FOUND'));
    await generateStory(request({ narrate: true }), call(), ports);
    expect(ports.discarded).toEqual([MP3]);
  });

  it('begins when the story is kept, and while its record is made', async () => {
    const ports = new RecordingPorts();
    ports.gates.set('generation', gate());
    const spoken = gate();
    const making = generateStory(request({ narrate: true }), call(), ports, ({ type }) => {
      if (type === 'narration') spoken.open();
    });
    await spoken.promise;
    expect(ports.steps.indexOf('narrate')).toBeGreaterThan(ports.steps.indexOf('save'));
    expect(ports.generations).toEqual([]);
    ports.gates.get('generation')!.open();
    expect((await making).degraded).toEqual([]);
  });

  it.each([
    ['speaking', 'narrate', 'UNAVAILABLE', []],
    ['naming it', 'attach', 'STORY_NOT_FOUND', [SOUND]],
  ])('%s fails: the story stays, its url is empty, DEGRADED says why', async (_, step, reason, discarded) => {
    const ports = new RecordingPorts();
    ports.failures.set(step, failing(reason));
    const { parts, onPart } = recorder();
    const { story, narration, degraded } = await generateStory(request({ narrate: true }), call(), ports, onPart);
    expect(story).toMatchObject({ name: 'stories/1', audio: '' });
    expect(narration).toBeUndefined();
    expect(degraded).toEqual([{ step: 'narration', reason, message: 'failed' }]);
    expect(parts.at(-1)).toEqual({ type: 'degraded', part: degraded[0] });
    expect(ports.discarded).toEqual(discarded);
  });

  it('that does not fit says what time it had, and what to do', async () => {
    const ports = new RecordingPorts();
    ports.failures.set('narrate', failing('TIMEOUT'));
    const { degraded } = await generateStory(request({ narrate: true }), call(3_000), ports);
    expect(degraded).toEqual([
      {
        step: 'narration',
        reason: 'TIMEOUT',
        message: expect.stringMatching(
          /^\d+ characters could not be read aloud in 2\.4 s; give the call a longer deadline/,
        ),
      },
    ]);
  });

  it('a sound that an equal request has named meanwhile stays', async () => {
    const ports = new RecordingPorts();
    ports.failures.set('attach', failing('UNAVAILABLE'));
    ports.audioKept = SOUND;
    const { degraded } = await generateStory(request({ narrate: true }), call(), ports);
    expect(degraded).toEqual([{ step: 'narration', reason: 'UNAVAILABLE', message: 'failed' }]);
    expect(ports.discarded).toEqual([]);
  });

  it('a sound that nobody names and that cannot be removed is told of as well', async () => {
    const ports = new RecordingPorts();
    ports.failures.set('attach', failing('UNAVAILABLE'));
    ports.failures.set('discard', failing('UNAVAILABLE'));
    const { degraded } = await generateStory(request({ narrate: true }), call(), ports);
    expect(degraded.map(({ step }) => step)).toEqual(['discard', 'narration']);
  });

  it.each([
    [10_000, 8_000],
    [120_000, 11_000],
    [1_000, 800],
  ])('of %d ms gives the sound %d, so that something is left to answer', async (remainingMs, budgetMs) => {
    const ports = new RecordingPorts();
    await generateStory(request({ narrate: true }), call(remainingMs), ports);
    expect(ports.narrationTimes[0]!.budgetMs).toBe(budgetMs);
  });

  it('is removed with its story, also when it was never named there', async () => {
    const ports = new RecordingPorts();
    await deleteStory({ name: 'stories/1', etag: '' }, ports);
    expect(ports.steps).toEqual(['get story', 'delete story', 'discard', 'discard']);
    expect(ports.discarded).toEqual([SOUND, MP3]);
  });

  it.each([
    ['of another voice', MP3, [MP3, SOUND]],
    ['by another name', 'objects/narrations/1.wav', ['objects/narrations/1.wav', SOUND, MP3]],
  ])('is removed with its story when it was kept %s', async (_, audio, discarded) => {
    const ports = new RecordingPorts();
    ports.audioKept = audio;
    await deleteStory({ name: 'stories/1', etag: '' }, ports);
    expect(ports.discarded).toEqual(discarded);
  });

  it.each(['get story', 'delete story'])('stays when "%s" fails', async (step) => {
    const ports = new RecordingPorts();
    ports.failures.set(step, failing('STORY_NOT_FOUND'));
    await expect(deleteStory({ name: 'stories/1', etag: '' }, ports)).rejects.toMatchObject({
      reason: 'STORY_NOT_FOUND',
    });
    expect(ports.discarded).toEqual([]);
  });
});
