import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { serve } from '@exempla/rpc';
import { createLogger } from '@exempla/telemetry';
import { AudioModule } from './audio.module.ts';
import { readConfig } from './config.ts';
import { errorTable } from './grpc/error-codes.ts';

const config = readConfig();
const logger = createLogger({ service: 'audio' });

await serve({
  service: 'audio',
  host: config.host,
  port: config.port,
  module: AudioModule.register(config, logger),
  definitions: [SpeechServiceDefinition],
  image: await readImage(),
  errors: errorTable,
  logger,
});
