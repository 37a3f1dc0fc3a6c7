import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readImage } from '@exempla/contracts';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { createClient, openChannel, Settings, startServer, status } from '@exempla/rpc';
import { recordingLogger } from '@exempla/testing';
import { AudioModule } from '../../src/audio.module.ts';
import { readConfig } from '../../src/config.ts';
import { errorTable } from '../../src/grpc/error-codes.ts';
import { collect } from '../collect.ts';
import { installBeeping } from './program.ts';

/** The audio service with these settings. */
async function startAudio(env: Record<string, string>) {
  const { logger } = recordingLogger('audio');
  const config = await readConfig(new Settings('audio', { EXEMPLA_AUDIO_PORT: '0', PATH: '', ...env }));
  const server = await startServer({
    service: 'audio',
    host: config.host,
    port: config.port,
    module: AudioModule.register(config, logger),
    definitions: [SpeechServiceDefinition],
    image: await readImage(),
    errors: errorTable,
    logger,
    env: { EXEMPLA_DEV: '1' },
    drainNoticeMs: 0,
  });
  const channel = openChannel(`127.0.0.1:${server.port}`);
  const stop = async (): Promise<void> => {
    channel.close();
    await server.stop();
  };
  return { speech: createClient(SpeechServiceDefinition, channel), [Symbol.asyncDispose]: stop };
}

describe('the audio service beside an espeak-ng', () => {
  let program: Awaited<ReturnType<typeof installBeeping>>;
  beforeAll(async () => {
    program = await installBeeping();
  });
  afterAll(async () => program[Symbol.asyncDispose]());

  it('speaks languages that nobody else speaks, and English as before', async () => {
    await using audio = await startAudio({ EXEMPLA_AUDIO_ESPEAK: program.path });
    const headerOf = async (text: string, language: string) => {
      const [first] = await collect(audio.speech.synthesize({ text, language }));
      return first?.part?.$case === 'header' ? first.part.value : undefined;
    };
    expect(await headerOf('Een rivier stroomt.', 'nl')).toMatchObject({ voice: 'espeak-nl', sampleRateHz: 22_050 });
    expect(await headerOf('Une rivière coule.', 'fr')).toMatchObject({ voice: 'espeak-fr-fr', engine: 'espeak-ng' });
    expect(await headerOf('A river flows.', 'en')).toMatchObject({ voice: 'slt', engine: 'flite' });
    const { voices } = await audio.speech.listVoices({ language: 'nl' });
    expect(voices.map(({ name }) => name)).toEqual(['espeak-nl']);
  });

  it('finds it on the search path when it is told to look', async () => {
    await using audio = await startAudio({
      EXEMPLA_AUDIO_ESPEAK: 'auto',
      PATH: `/nowhere:${program.directory}`,
    });
    expect((await audio.speech.listVoices({ language: 'nl' })).voices).toHaveLength(1);
  });

  it.each([
    ['nobody turned it on', { EXEMPLA_AUDIO_ESPEAK: '' }],
    ['there is none to be found', { EXEMPLA_AUDIO_ESPEAK: 'auto', PATH: '/nowhere' }],
  ])('does without when %s, and says what to turn on', async (_, env) => {
    await using audio = await startAudio(env);
    await expect(collect(audio.speech.synthesize({ text: 'Een rivier.', language: 'nl' }))).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      message: expect.stringContaining('EXEMPLA_AUDIO_ESPEAK'),
    });
  });

  it('does not start with one that was named and is not there', async () => {
    await expect(startAudio({ EXEMPLA_AUDIO_ESPEAK: '/nowhere/espeak-ng' })).rejects.toThrow(
      'EXEMPLA_AUDIO_ESPEAK is "/nowhere/espeak-ng"',
    );
  });
});
