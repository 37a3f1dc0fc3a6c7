import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import { StoryServiceDefinition, type GenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import type { Story } from '@exempla/contracts/type/v1/story';
import { createClient, openChannel, RemoteError, status, type Channel, type RpcClient } from '@exempla/rpc';
import { told, type HeldMesh } from './held-mesh.ts';

const WITHIN = { timeoutMs: 120_000 };
const STORIES = 50;
/** One in five: ten. */
const isNarrated = (i: number): boolean => i % 5 === 0;

export function manyAtOnce(mesh: () => HeldMesh): void {
  let held: HeldMesh;
  let channels: Channel[];
  /** One of each of two processes of the service. */
  let stories: RpcClient<typeof StoryServiceDefinition>[];
  beforeAll(() => {
    held = mesh();
    channels = [held.mesh.addressOf('orchestrator'), `127.0.0.1:${held.orchestrator.port}`].map((target) =>
      openChannel(target),
    );
    stories = channels.map((channel) => createClient(StoryServiceDefinition, channel));
  });
  afterAll(() => channels.forEach((channel) => channel.close()));

  it('twenty for the same new child: one child, twenty stories', async () => {
    const request = { toldTo: told('Noor'), lengthMinutes: 1 };
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) => stories[i % 2]!.generateStory(request, WITHIN)),
    );
    expect(made.flatMap(({ degraded }) => degraded)).toEqual([]);
    expect(new Set(made.map(({ story }) => story!.child)).size).toBe(1);
    expect(new Set(made.map(({ story }) => story!.name)).size).toBe(20);
    expect((await stories[0]!.listStories({ childName: 'noor', pageSize: 50 })).stories).toHaveLength(20);
    const { children } = await createClient(ChildServiceDefinition, channels[0]!).listChildren({ pageSize: 1000 });
    expect(children.filter(({ displayName }) => displayName === 'Noor')).toHaveLength(1);
  });

  it('fifty, ten of them narrated: each is told in full, or what is missing is named', async () => {
    const begin = (i: number) =>
      stories[i % 2]!.generateStory({ toldTo: told(`Mia ${i}`), lengthMinutes: 1, narrate: isNarrated(i) }, WITHIN);
    const outcomes = await Promise.all(Array.from({ length: STORIES }, (_, i) => begin(i).catch(refusalOf)));
    const made = outcomes.flatMap((outcome, i) => (outcome === 'refused' ? [] : [{ ...outcome, i }]));
    // A refusal is an answer; a server that refuses half of fifty is not worth its port.
    expect(made.length).toBeGreaterThan(STORIES / 2);
    expect(new Set(made.map(({ story }) => story!.name)).size).toBe(made.length);
    for (const { story, degraded, i } of made) {
      expect(await stories[0]!.getStory({ name: story!.name })).toEqual(story);
      const sound = await soundOf(story!, degraded);
      if (!isNarrated(i)) expect(sound).toBe('');
      else expect(sound).toMatch(/^(there|narration: (RESOURCE_EXHAUSTED|TIMEOUT))$/);
    }
    expect(held.mesh.complaints()).toEqual([]);
  });

  async function soundOf({ audio }: Story, degraded: GenerateStoryResponse['degraded']): Promise<string> {
    const missing = degraded.map(({ step, reason }) => `${step}: ${reason}`).join();
    if (audio === '') return missing;
    const { sizeBytes } = await held.objects.getObject({ name: audio });
    return Number(sizeBytes) > 1e5 && missing === '' ? 'there' : `${sizeBytes} bytes, ${missing}`;
  }
}

/** The only error that a full server may answer with. */
function refusalOf(error: unknown): 'refused' {
  if (error instanceof RemoteError && error.code === status.RESOURCE_EXHAUSTED) return 'refused';
  throw error;
}
