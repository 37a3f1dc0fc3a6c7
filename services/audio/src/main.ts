import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { serve } from '@exempla/rpc';
import { readConfig } from './config.ts';
import { errorTable } from './grpc/error-codes.ts';
import { AudioModule } from './audio.module.ts';

await serve('audio', async (settings, logger) => {
  const config = await readConfig(settings);
  return {
    host: config.host,
    port: config.port,
    module: AudioModule.register(config, logger),
    definitions: [SpeechServiceDefinition],
    image: await readImage(),
    errors: errorTable,
  };
});
