import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DefinitionServiceDefinition,
  type GenerateDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { createClient, openChannel, type Channel, type RpcClient } from '@exempla/rpc';
import { mostResidentWhile, startScriptedSpeech, type ScriptedSpeech } from '@exempla/testing';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const MAX_GROWTH = 50_000_000;

describe('a paid voice', () => {
  let upstream: ScriptedSpeech;
  let mesh: TestMesh;
  let channels: Channel[];
  let definitions: RpcClient<typeof DefinitionServiceDefinition>;
  let objects: RpcClient<typeof ObjectServiceDefinition>;
  let stories: RpcClient<typeof StoryServiceDefinition>;

  beforeAll(async () => {
    upstream = await startScriptedSpeech();
    const env = { ...process.env, OPENAI_SPEECH_BASE_URL: `${upstream.origin}/v1`, OPENAI_TTS_VOICES: 'nova,alloy' };
    mesh = await startTestMesh({ env });
    channels = (['orchestrator', 'storage'] as const).map((name) => openChannel(mesh.addressOf(name)));
    definitions = createClient(DefinitionServiceDefinition, channels[0]!);
    stories = createClient(StoryServiceDefinition, channels[0]!);
    objects = createClient(ObjectServiceDefinition, channels[1]!);
  });
  afterAll(async () => {
    for (const channel of channels) channel.close();
    await mesh[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  const narrate = (tenant: string, voice = 'nova'): Promise<GenerateDefinitionResponse> =>
    definitions.generateDefinition(
      { term: 'river', narrate: true, allowDuplicate: true, voice },
      { tenant, timeoutMs: 30_000 },
    );
  async function soundOf({ narration }: GenerateDefinitionResponse, tenant: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const { part } of objects.downloadObject({ name: narration!.object }, { tenant }))
      if (part?.$case === 'chunk') chunks.push(part.value);
    return Buffer.concat(chunks);
  }

  it('is paid for a text once in a tenant, and each who tells it has a sound of its own', async () => {
    const first = await narrate('north');
    const paid = upstream.requests.length;
    expect(paid).toBeGreaterThan(0);
    const sound = await soundOf(first, 'north');
    const second = await narrate('north');
    expect(upstream.requests.length).toBe(paid);
    expect({ ...second.narration, object: '' }).toEqual({ ...first.narration, object: '' });

    await definitions.deleteDefinition({ name: first.definition!.name }, { tenant: 'north' });
    await expect(soundOf(first, 'north')).rejects.toMatchObject({ reason: 'OBJECT_NOT_FOUND' });
    expect(sound.equals(await soundOf(second, 'north'))).toBe(true);

    // It was remembered to be the sound that is gone.
    await narrate('north');
    expect(upstream.requests.length).toBe(2 * paid);
    await narrate('south');
    expect(upstream.requests.length).toBe(3 * paid);
  });

  it('is paid for a text that another voice spoke in its place before', async () => {
    upstream.next({ type: 'fail', status: 503 }, { type: 'fail', status: 503 }, { type: 'speak' });
    const instead = await narrate('west');
    expect(instead.narration?.voice).not.toBe('nova');
    const paid = upstream.requests.length;
    const own = await narrate('west');
    expect(own.narration?.voice).toBe('nova');
    expect(upstream.requests.length).toBeGreaterThan(paid);
  });

  it('streams: of three stories of ten minutes at once no service holds as much as 50 MB (S3-50)', async () => {
    upstream.next({ type: 'speak' });
    const services = ['orchestrator', 'audio', 'storage'] as const;
    const pids = services.map((service) => mesh.pidOf(service));
    const toldTo = { displayName: 'Mia', age: { $case: 'years' as const, value: 9 }, gender: Gender.GENDER_FEMALE };
    const tell = async (seed: number): Promise<number> => {
      const child = { $case: 'newChild' as const, value: { ...toldTo, interests: ['stars'] } };
      const request = { toldTo: child, lengthMinutes: 10, narrate: true, voice: 'nova', seed };
      const { narration, degraded } = await stories.generateStory(request, { timeoutMs: 120_000 });
      expect(degraded).toEqual([]);
      return Number(narration!.sizeBytes);
    };
    // What a process takes for the first and keeps is not what it holds of the sound.
    const first = await mostResidentWhile(pids, () => tell(1));
    const { result, most } = await mostResidentWhile(pids, () => Promise.all([2, 3, 4].map(tell)));
    const sound = result.reduce((sum, bytes) => sum + bytes);
    expect(sound).toBeGreaterThan(1.25 * MAX_GROWTH);
    const grown = most.map((bytes, index) => bytes - first.most[index]!);
    const told = services.map((service, index) => `${service} ${(grown[index]! / 1e6).toFixed(1)}`).join(', ');
    process.stdout.write(`${(sound / 1e6).toFixed(0)} MB of sound at once; memory grew by MB: ${told}\n`);
    expect(Math.max(...grown)).toBeLessThan(MAX_GROWTH);
  }, 200_000);
});
