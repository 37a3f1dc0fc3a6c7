import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DefinitionServiceDefinition,
  type GenerateDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { createClient, openChannel, type Channel, type RpcClient } from '@exempla/rpc';
import { startScriptedSpeech, type ScriptedSpeech } from '@exempla/testing';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

describe('a text that a paid voice speaks twice', () => {
  let upstream: ScriptedSpeech;
  let mesh: TestMesh;
  let channels: Channel[];
  let definitions: RpcClient<typeof DefinitionServiceDefinition>;
  let objects: RpcClient<typeof ObjectServiceDefinition>;

  beforeAll(async () => {
    upstream = await startScriptedSpeech();
    const env = { ...process.env, OPENAI_SPEECH_BASE_URL: `${upstream.origin}/v1`, OPENAI_TTS_VOICES: 'nova,alloy' };
    mesh = await startTestMesh({ env });
    channels = (['orchestrator', 'storage'] as const).map((name) => openChannel(mesh.addressOf(name)));
    definitions = createClient(DefinitionServiceDefinition, channels[0]!);
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

  it('is paid for once in a tenant, and each who tells it has a sound of its own', async () => {
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

  it('is paid for when another voice spoke in its place before', async () => {
    upstream.next({ type: 'fail', status: 503 }, { type: 'fail', status: 503 }, { type: 'speak' });
    const instead = await narrate('west');
    expect(instead.narration?.voice).not.toBe('nova');
    const paid = upstream.requests.length;
    const own = await narrate('west');
    expect(own.narration?.voice).toBe('nova');
    expect(upstream.requests.length).toBeGreaterThan(paid);
  });
});
