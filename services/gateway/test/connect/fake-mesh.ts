import { Controller, Module } from '@nestjs/common';
import { readImage } from '@exempla/contracts';
import {
  SpeechServiceDefinition,
  type ListVoicesRequest,
  type ListVoicesResponse,
  type SynthesizeRequest,
  type SynthesizeResponse,
} from '@exempla/contracts/audio/v1/speech_service';
import { StoryServiceDefinition, type GetStoryRequest } from '@exempla/contracts/orchestrator/v1/story_service';
import {
  ObjectServiceDefinition,
  type Object as StoredObject,
  type UploadObjectRequest,
} from '@exempla/contracts/storage/v1/object_service';
import { Story } from '@exempla/contracts/type/v1/story';
import { RpcMethod, startServer, status, StatusError, type CallContext, type RunningServer } from '@exempla/rpc';
import { gate, recordingLogger, type Gate, type RecordingLogger } from '@exempla/testing';

export const SECRET = 'connect ECONNREFUSED 10.1.2.3:5432 password=hunter2';
const CHUNK_BYTES = 64 << 10;

/** What the handlers did, for the tests to look at. */
export class Probe {
  contexts: CallContext[] = [];
  /** What was left on arrival. */
  leftMs: number[] = [];
  /** Opens when a handler that waits has begun. */
  waiting: Gate = gate();
  /** Opens with the reason when such a handler was told to stop. */
  aborted: Gate<unknown> = gate<unknown>();
  produced = 0;
  streamEnded: Gate = gate();
  uploadedBytes = 0;
}

/** The whole service is not needed: one method of it is. */
const only = <D extends { methods: object }, K extends keyof D['methods'] & string>(definition: D, ...names: K[]) => ({
  ...definition,
  methods: Object.fromEntries(Object.entries(definition.methods).filter(([name]) => names.includes(name as K))) as Pick<
    D['methods'],
    K
  >,
});
const STORIES = only(StoryServiceDefinition, 'getStory', 'rateStory');
const OBJECTS = only(ObjectServiceDefinition, 'uploadObject');

async function untilTold(probe: Probe, { signal }: CallContext): Promise<never> {
  probe.waiting.open();
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  probe.aborted.open(signal.reason);
  throw signal.reason;
}

function controllerFor(probe: Probe): new () => object {
  const arrived = (context: CallContext): void => {
    probe.contexts.push(context);
    probe.leftMs.push(context.deadline.remainingMs());
  };
  const behaviours: Readonly<Record<string, (context: CallContext) => Promise<string>>> = {
    wait: (context) => untilTold(probe, context),
    bug: async () => {
      throw new Error(SECRET);
    },
    missing: async () => {
      throw new StatusError(status.NOT_FOUND, 'STORY_NOT_FOUND', 'there is no story stories/missing', {
        metadata: { name: 'stories/missing' },
      });
    },
    full: async () => {
      throw new StatusError(status.RESOURCE_EXHAUSTED, 'FULL', 'all full', { retryAfterMs: 1500 });
    },
  };
  @Controller()
  class FakeController {
    @RpcMethod(STORIES, 'getStory')
    async getStory({ name }: GetStoryRequest, context: CallContext): Promise<Story> {
      arrived(context);
      const title = await behaviours[name.slice('stories/'.length)]?.(context);
      return Story.fromPartial({ name, title: title ?? 'The Fox' });
    }

    @RpcMethod(STORIES, 'rateStory')
    async rateStory({ name }: { name: string }, context: CallContext): Promise<Story> {
      return this.getStory({ name }, context);
    }

    @RpcMethod(SpeechServiceDefinition, 'listVoices')
    async listVoices(_: ListVoicesRequest, context: CallContext): Promise<ListVoicesResponse> {
      arrived(context);
      return { voices: [], nextPageToken: '' };
    }

    @RpcMethod(SpeechServiceDefinition, 'synthesize')
    async *synthesize({ text }: SynthesizeRequest, context: CallContext): AsyncGenerator<SynthesizeResponse> {
      arrived(context);
      try {
        // As many chunks as the text says.
        for (let left = Number(text); left > 0; left -= 1) {
          probe.produced += 1;
          yield { part: { $case: 'chunk', value: Buffer.alloc(CHUNK_BYTES, left) } };
        }
        if (Number.isNaN(Number(text))) yield { part: { $case: 'chunk', value: Buffer.from('first') } };
        if (text === 'wait') await untilTold(probe, context);
        if (text === 'fail') throw new StatusError(status.NOT_FOUND, 'VOICE_UNKNOWN', 'no such voice');
      } finally {
        probe.streamEnded.open();
      }
    }

    @RpcMethod(OBJECTS, 'uploadObject')
    async uploadObject(requests: AsyncIterable<UploadObjectRequest>, context: CallContext): Promise<StoredObject> {
      arrived(context);
      try {
        for await (const { part } of requests) if (part?.$case === 'chunk') probe.uploadedBytes += part.value.length;
      } catch (error) {
        probe.aborted.open(error);
        throw error;
      }
      return {
        name: 'objects/a',
        contentType: '',
        sizeBytes: BigInt(probe.uploadedBytes),
        sha256: Buffer.alloc(0),
        etag: '',
        createTime: undefined,
        updateTime: undefined,
      } as StoredObject;
    }
  }
  return FakeController;
}

export interface FakeMesh extends AsyncDisposable {
  probe: Probe;
  target: string;
  server: RunningServer;
  log: RecordingLogger;
}

/** One server that stands for all. */
export async function startFakeMesh(env: NodeJS.ProcessEnv = { EXEMPLA_DEV: '1' }): Promise<FakeMesh> {
  const probe = new Probe();
  const log = recordingLogger('fake');
  @Module({ controllers: [controllerFor(probe)] })
  class FakeModule {}
  const server = await startServer({
    service: 'fake',
    host: '127.0.0.1',
    port: 0,
    module: FakeModule,
    definitions: [SpeechServiceDefinition, STORIES, OBJECTS],
    image: await readImage(),
    errors: { domain: 'fake.exempla', codes: {} },
    logger: log.logger,
    env,
    drainNoticeMs: 0,
  });
  return {
    probe,
    target: `127.0.0.1:${server.port}`,
    server,
    log,
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
