import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { entryOf } from '@exempla/launch';
import { createClient, openChannel } from '@exempla/rpc';
import type { ExemplaMesh, Json } from '../exempla-mesh.ts';

/** Scripts that cannot await. */
export function syncClient(at: () => ExemplaMesh): void {
  /** Runs a script that does not await; its result. */
  const script = async (name: string, args: string[] = [], env: Record<string, string> = {}): Promise<Json> => {
    const path = fileURLToPath(new URL(`../sync/${name}.mjs`, import.meta.url));
    const all = { PATH: process.env['PATH'] ?? '', ...at().targets, ...env };
    const { stdout } = await promisify(execFile)(process.execPath, [path, ...args], { env: all });
    return JSON.parse(/^RESULT (.*)$/m.exec(stdout)![1]!) as Json;
  };

  it('has the answers of the asynchronous one: single, streamed and refused', async () => {
    const { voices, bytes, refused } = await script('answers');
    const channel = openChannel(at().mesh.addressOf('audio'));
    const client = createClient(SpeechServiceDefinition, channel);
    const answer = await client.listVoices({});
    let wanted = 0;
    for await (const { part } of client.synthesize({ text: 'Good night' }))
      if (part?.$case === 'chunk') wanted += part.value.length;
    channel.close();
    expect(voices).toEqual(answer.voices);
    expect(bytes).toBe(wanted);
    expect(refused).toEqual({ name: 'RemoteError', code: 5, reason: 'VOICE_UNKNOWN' });
  });

  it('refuses within 100 ms inside a service that runs', async () => {
    const env = { EXEMPLA_AUDIO_PORT: '0', EXEMPLA_DEV: '1' };
    const { reason, message, ms } = await script('inside-service', [entryOf('audio')], env);
    expect(reason).toBe('SYNC_IN_ASYNC_CONTEXT');
    expect(message).toMatch(/inside the service audio/);
    expect(ms).toBeLessThan(100);
  });
}
