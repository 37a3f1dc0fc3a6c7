import { beforeEach, expect, it } from '@jest/globals';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import type { RunningProcess } from '@exempla/launch';
import { createClient, openChannel, status } from '@exempla/rpc';
import { filesOf, kill, told, WITHIN, type HeldMesh } from './held-mesh.ts';

export function storageKilled(mesh: () => HeldMesh): void {
  let held: HeldMesh;
  let storage: RunningProcess;
  beforeEach(async () => {
    held = mesh();
    storage = await held.start('storage');
  });

  /** What another orchestrator, with a storage that lives, finds of a child. */
  async function storiesOf(childName: string) {
    const channel = openChannel(held.mesh.addressOf('orchestrator'));
    try {
      return (await createClient(StoryServiceDefinition, channel).listStories({ childName })).stories;
    } finally {
      channel.close();
    }
  }

  /** Storage dies when the call that keeps the story stands at `at`; what the caller is told. */
  async function killedAt(at: 'call' | 'end', name: string, requestId: string): Promise<unknown> {
    const before = await filesOf(held.mesh.store.objectsDir);
    const keeping = held.storage.hold({ at, method: 'CreateStory' });
    const request = { toldTo: told(name), lengthMinutes: 1, narrate: true, requestId };
    const failed = held.stories.generateStory(request, WITHIN).then(
      () => 'answered',
      (error: unknown) => error,
    );
    await keeping.reached;
    await kill(storage);
    keeping.release();
    const error = await failed;
    const { objects, staged } = await filesOf(held.mesh.store.objectsDir);
    expect(objects).toEqual(before.objects);
    // A storage that has just started may still have had a file of its own there.
    expect([...before.staged.keys()]).toEqual(expect.arrayContaining([...staged.keys()]));
    return error;
  }

  it('before the story has come there: UNAVAILABLE, and nothing of it is kept', async () => {
    const error = await killedAt('call', 'Ida', '');
    expect(error).toMatchObject({ code: status.UNAVAILABLE });
    expect(await storiesOf('Ida')).toEqual([]);
  });

  it('when it is kept and nobody has heard: UNAVAILABLE, and asked again it is that one story, whole', async () => {
    const error = await killedAt('end', 'Ilse', 'ilse-1');
    expect(error).toMatchObject({ code: status.UNAVAILABLE });
    const [kept, ...others] = await storiesOf('Ilse');
    expect(others).toEqual([]);
    expect(kept!.text.split(/\s+/).length).toBeGreaterThan(100);
    await Promise.all([held.start('storage'), held.start('audio')]);
    const request = { toldTo: told('Ilse'), lengthMinutes: 1, narrate: true, requestId: 'ilse-1' };
    const { story, degraded } = await held.stories.generateStory(request, WITHIN);
    expect(degraded).toEqual([]);
    expect(story).toMatchObject({ name: kept!.name, text: kept!.text, audio: `objects/${kept!.name}/narration.wav` });
  });
}
