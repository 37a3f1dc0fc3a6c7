import { beforeEach, expect, it } from '@jest/globals';
import type { RunningProcess } from '@exempla/launch';
import { newTrace } from '@exempla/telemetry';
import { eventually } from '@exempla/testing';
import { filesOf, kill, told, WITHIN, type HeldMesh } from './held-mesh.ts';

/** More than a reader's buffer holds, so that bytes are in a file when it has passed. */
const SOME_DATA = 12;

export function audioKilled(mesh: () => HeldMesh): void {
  let held: HeldMesh;
  let audio: RunningProcess;
  let isKilled = false;
  beforeEach(async () => {
    held = mesh();
    audio = await held.start('audio');
    isKilled = false;
  });

  const files = () => filesOf(held.mesh.store.objectsDir);
  const isStaged = async (): Promise<boolean> => [...(await files()).staged.values()].some((size) => size > 0);
  const killAudio = (): Promise<void> => {
    isKilled = true;
    return kill(audio);
  };

  /** Asks for a narrated story; `meanwhile` has to kill the audio service. */
  async function narrateWhile(meanwhile: () => Promise<void>) {
    const before = await files();
    const trace = newTrace();
    const request = { toldTo: told('Mia'), lengthMinutes: 1, narrate: true };
    const call = held.stories.generateStory(request, { ...WITHIN, trace });
    call.catch(() => {});
    // Its end may be seen here before that of the process.
    const early = call.then(() => isKilled || Promise.reject(new Error('answered before its audio died')));
    await Promise.all([meanwhile(), early]);
    const answer = await call;
    const isOfCall = ({ traceId, method }: { traceId: string; method: string }): boolean =>
      traceId === trace.traceId && method.endsWith('/GenerateStory');
    await eventually('the call is on record', () => held.hops().some(isOfCall));
    const hop = held.hops().find(isOfCall)!;
    expect(hop).toMatchObject({ status: 'OK' });
    expect(hop.deadlineRemainingMs).toBeGreaterThan(0);
    await eventually('nothing is on its way in', async () => (await files()).staged.size === before.staged.size);
    return { ...answer, story: answer.story!, made: (await files()).objects.length - before.objects.length };
  }

  const lost: [string, () => Promise<void>][] = [
    [
      'before it is asked',
      async () => {
        const saved = held.storage.hold({ at: 'end', method: 'CreateStory' });
        await saved.reached;
        await killAudio();
        saved.release();
      },
    ],
    [
      'while it is connected to',
      async () => {
        const connecting = held.audio.hold({ at: 'connection' });
        const noted = held.storage.hold({ at: 'call', method: 'CreateGeneration' });
        held.audio.leadTo(audio.port);
        await Promise.all([connecting.reached, noted.reached]);
        await killAudio();
        connecting.release();
        noted.release();
      },
    ],
    [
      'in the middle of its speech, before a byte is kept',
      async () => {
        const speaking = held.audio.hold({ at: 'data', method: 'Synthesize', count: 1 });
        await speaking.reached;
        await killAudio();
        speaking.release();
      },
    ],
    [
      'while its speech is uploaded',
      async () => {
        const speaking = held.audio.hold({ at: 'data', method: 'Synthesize', count: SOME_DATA });
        await speaking.reached;
        await eventually('bytes are on their way in', isStaged);
        await killAudio();
        speaking.release();
      },
    ],
  ];
  it.each(lost)('%s: the story is kept without a sound, and why is told', async (_, meanwhile) => {
    const { story, narration, degraded, made } = await narrateWhile(meanwhile);
    expect(degraded).toEqual([
      { step: 'narration', reason: 'UNAVAILABLE', message: expect.stringContaining('cannot be reached') },
    ]);
    expect(narration).toBeUndefined();
    expect(made).toBe(0);
    expect(await held.stories.getStory({ name: story.name })).toEqual(story);
    expect(story.audio).toBe('');
    await expect(held.objects.getObject({ name: `objects/${story.name}/narration.wav` })).rejects.toMatchObject({
      reason: 'OBJECT_NOT_FOUND',
    });
  });

  const spoken: [string, 'UploadObject' | 'UpdateStory', 'end' | 'call'][] = [
    ['when all is said and the upload ends', 'UploadObject', 'end'],
    ['after the upload, before the story names it', 'UpdateStory', 'call'],
  ];
  it.each(spoken)('%s: the sound is whole and named', async (_, method, at) => {
    const { story, degraded, made } = await narrateWhile(async () => {
      const keeping = held.storage.hold({ at, method });
      await keeping.reached;
      await killAudio();
      keeping.release();
    });
    expect(degraded).toEqual([]);
    expect(made).toBe(1);
    expect(await held.stories.getStory({ name: story.name })).toEqual(story);
    expect(await wavOf(story.audio)).toMatchObject({ riff: 'RIFF', isWhole: true });
  });

  async function wavOf(name: string): Promise<{ riff: string; isWhole: boolean }> {
    const chunks: Buffer[] = [];
    for await (const { part } of held.objects.downloadObject({ name }))
      if (part?.$case === 'chunk') chunks.push(part.value);
    const sound = Buffer.concat(chunks);
    const { sizeBytes } = await held.objects.getObject({ name });
    return {
      riff: sound.toString('latin1', 0, 4),
      isWhole: sound.length === Number(sizeBytes) && sound.length > 1e5,
    };
  }
}
