// The orchestrator with a stand-in for its provider, or the audio service with one, as a process: node server.mjs <options>.
import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { Controller, Inject } from '@nestjs/common';
import { readImage } from '@exempla/contracts';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { RpcMethod, Settings, startServer } from '@exempla/rpc';
import { FliteEngine } from '../../services/audio/dist/adapters/flite-engine.js';
import { AudioModule } from '../../services/audio/dist/audio.module.js';
import { readConfig as readAudioConfig } from '../../services/audio/dist/config.js';
import { errorTable as audioErrors } from '../../services/audio/dist/grpc/error-codes.js';
import { readConfig } from '../../services/orchestrator/dist/config.js';
import { timeOf } from '../../services/orchestrator/dist/grpc/call-time.js';
import { errorTable } from '../../services/orchestrator/dist/grpc/error-codes.js';
import { fromGenerateStory, toStoryAnswer } from '../../services/orchestrator/dist/grpc/story-mapping.js';
import { STORY_PORTS } from '../../services/orchestrator/dist/grpc/story-ports.js';
import { OrchestratorModule } from '../../services/orchestrator/dist/orchestrator.module.js';
import { answerCommands } from '../processes.mjs';
import { preparedDrafts, slowVoice, slowWriter } from './slow-provider.mjs';
import { WAYS } from './ways.mjs';

/** The one method that is measured. */
const GENERATE_STORY = {
  ...StoryServiceDefinition,
  methods: { generateStory: StoryServiceDefinition.methods.generateStory },
};
const { service, way, env, byModel } = JSON.parse(process.argv[2]);
const drafts = preparedDrafts();
const waitFor = (ms, signal) => wait(ms, undefined, { signal });

/** The product's module with other ports for stories, and a door that serves them in one of the ways. */
async function orchestrator() {
  class StoryDoor {
    #make;
    constructor(ports) {
      this.#make = WAYS[way](ports, { drafts, byModel });
    }
    async generateStory(request, context) {
      const made = await this.#make(fromGenerateStory(request), timeOf(context)).catch((error) => {
        if (error.code === undefined) console.error(error);
        throw error;
      });
      return toStoryAnswer(made);
    }
  }
  const method = Object.getOwnPropertyDescriptor(StoryDoor.prototype, 'generateStory');
  Controller()(StoryDoor);
  Inject(STORY_PORTS)(StoryDoor, undefined, 0);
  RpcMethod(StoryServiceDefinition, 'generateStory')(StoryDoor.prototype, 'generateStory', method);
  const module = OrchestratorModule.register(await readConfig(new Settings('orchestrator', env)), {
    warn: console.error,
  });
  const providers = module.providers.map((one) =>
    one.provide === STORY_PORTS && !byModel
      ? { ...one, useFactory: (...given) => ({ ...one.useFactory(...given), writers: [slowWriter(waitFor, drafts)] }) }
      : one,
  );
  return {
    module: { ...module, controllers: [StoryDoor], providers },
    definitions: [GENERATE_STORY],
    errors: errorTable,
  };
}

/** The product's module with another engine. */
async function audio() {
  const log = { info: () => {}, warn: console.error };
  const module = AudioModule.register(await readAudioConfig(new Settings('audio', env)), log);
  const providers = module.providers.map((one) =>
    one.provide === FliteEngine ? { provide: FliteEngine, useFactory: () => slowVoice(waitFor) } : one,
  );
  return { module: { ...module, providers }, definitions: [SpeechServiceDefinition], errors: audioErrors };
}

const parts = service === 'audio' ? await audio() : await orchestrator();
const image = await readImage();
const server = await startServer({ service, host: '127.0.0.1', port: 0, image, ...parts });
answerCommands({}, { port: server.port });
