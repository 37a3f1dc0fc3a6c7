import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { createClient, openChannel, type Channel } from '@exempla/rpc';
import { eventually } from '@exempla/testing';
import { metricOf } from './metrics.ts';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const STORIES = 'exempla.orchestrator.v1.StoryService';
/** The longest there is: read aloud it takes far longer than any of these tests. */
const MINUTES = 30;
const EVERYONE = ['gateway', 'orchestrator', 'examples', 'audio', 'storage'] as const;

/** One message as the streams of Connect and gRPC-Web frame it. */
function framed(message: unknown): Buffer {
  const bytes = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

const rest = {
  child: { name: 'Mia', age: 5, interests: ['stars'] },
  language: 'en',
  story_length: MINUTES,
  generate_audio: true,
};
const rpc = { newChild: { displayName: 'Mia', years: 5, interests: ['stars'] }, lengthMinutes: MINUTES, narrate: true };

interface Way {
  path: string;
  headers: Record<string, string>;
  body: string | Buffer;
}
const json = { 'content-type': 'application/json' };
const WAYS: Readonly<Record<string, Way>> = {
  REST: { path: '/api/v1/stories/generate', headers: json, body: JSON.stringify(rest) },
  'REST with events': {
    path: '/api/v1/stories/generate',
    headers: { ...json, accept: 'text/event-stream' },
    body: JSON.stringify(rest),
  },
  Connect: { path: `/${STORIES}/GenerateStory`, headers: json, body: JSON.stringify(rpc) },
  'Connect, a stream': {
    path: `/${STORIES}/StreamGenerateStory`,
    headers: { 'content-type': 'application/connect+json' },
    body: framed({ request: rpc }),
  },
  'gRPC-Web': {
    path: `/${STORIES}/GenerateStory`,
    headers: { 'content-type': 'application/grpc-web+json' },
    body: framed(rpc),
  },
  'gRPC-Web, a stream': {
    path: `/${STORIES}/StreamGenerateStory`,
    headers: { 'content-type': 'application/grpc-web+json' },
    body: framed({ request: rpc }),
  },
};

/** The commands of a page: `curl 'URL'`, or `curl --json 'BODY' URL`, on one line or two. */
async function curlLines(page: string): Promise<{ url: string; body: string | undefined }[]> {
  const text = await readFile(new URL(`../../../${page}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!.replaceAll(/\\\n\s*/g, ''));
  return blocks.flatMap((block) =>
    [...block.matchAll(/^curl (?:--json '(.*)' (\S+)|'(\S+)')$/gm)].map(([, body, url, read]) => ({
      url: (url ?? read)!,
      body,
    })),
  );
}
const COMMANDS = (await Promise.all(['README.md', 'docs/connect.md'].map(curlLines))).flat();

describe('the gateway in front of the mesh', () => {
  let mesh: TestMesh;
  let storage: Channel;
  beforeAll(async () => {
    mesh = await startTestMesh({ gateway: true, env: { ...process.env, EXEMPLA_METRICS_PORT: '0' } });
    storage = openChannel(mesh.addressOf('storage'));
  });
  afterAll(async () => {
    storage.close();
    await mesh[Symbol.asyncDispose]();
  });

  it.each(COMMANDS)('curl $url, as the pages have it', async ({ url, body }) => {
    const address = url.replace('127.0.0.1:8080', mesh.addressOf('gateway'));
    const response = await fetch(address, body === undefined ? {} : { method: 'POST', headers: json, body });
    expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/Mia|slt|river/)]);
  });

  it('of which there are three to write and one to read', () =>
    expect(COMMANDS.map(({ body }) => body === undefined)).toEqual([false, false, false, true]));

  const speaking = () => metricOf(mesh.lines, 'audio', 'exempla_speech_workers_busy');
  const underWay = () =>
    Promise.all(EVERYONE.map((service) => metricOf(mesh.lines, service, 'exempla_server_in_flight')));

  it('a watch by Connect is told of what comes, and ends in storage with its reader', async () => {
    const post = (method: string, type: string, body: string | Buffer, signal?: AbortSignal) =>
      fetch(`http://${mesh.addressOf('gateway')}/exempla.storage.v1.EventStoreService/${method}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
        ...(signal ? { signal } : {}),
      });
    const events = [{ id: 'e-1', type: 'order.created', data: 'e30=' }];
    const append = JSON.stringify({ stream: 'streams/orders/17', state: 'STREAM_STATE_ABSENT', events });
    const appended = await post('Append', 'application/json', append);
    expect([appended.status, await appended.text()]).toEqual([200, expect.stringContaining('1')]);
    const leaving = new AbortController();
    const filter = { types: ['order.created'] };
    const watch = await post('Subscribe', 'application/connect+json', framed({ filter }), leaving.signal);
    expect(await metricOf(mesh.lines, 'storage', 'exempla_server_watches')).toBe(1);
    let told = '';
    await expect(
      (async () => {
        for await (const chunk of watch.body!) {
          told += Buffer.from(chunk as Uint8Array).toString();
          if (told.includes('order.created')) leaving.abort();
        }
      })(),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toContain('"order.created"');
    await eventually(
      'it is closed',
      async () => (await metricOf(mesh.lines, 'storage', 'exempla_server_watches')) === 0,
    );
  });

  async function leave({ path, headers, body }: Way, requestId: string): Promise<void> {
    const leaving = new AbortController();
    const told = { ...headers, 'x-request-id': requestId, 'exempla-timeout-ms': '120000' };
    const url = `http://${mesh.addressOf('gateway')}${path}`;
    const answered = fetch(url, { method: 'POST', headers: told, body, signal: leaving.signal })
      .then(async (response) => `answered: ${await response.text()}`)
      .catch(() => 'left');
    await eventually('the story is read aloud', async () => (await speaking()) > 0, 20_000);
    leaving.abort();
    expect(await answered).toBe('left');
  }

  it.each(Object.entries(WAYS))(
    'a client who leaves while a story is read aloud, by %s: the worker stops, nothing is left anywhere',
    async (name, way) => {
      const requestId = name.replaceAll(/\W+/g, '-');
      await leave(way, requestId);
      await eventually('no worker speaks', async () => (await speaking()) === 0);
      await eventually('no call is under way', async () => (await underWay()).every((calls) => calls === 0));

      const statusOf = (method: string) =>
        mesh.hops
          .filter((hop) => hop.requestId === requestId && hop.method.endsWith(method))
          .map(({ status }) => status);
      const lines = () =>
        mesh.lines.filter(({ json }) => json?.['requestId'] === requestId && json['event'] === 'request');
      await eventually('each tells how it ended', () =>
        [statusOf('GenerateStory'), statusOf('/Synthesize'), lines()].every(({ length }) => length > 0),
      );
      expect(statusOf('GenerateStory')).toEqual(['CANCELLED']);
      expect(statusOf('/Synthesize')).toEqual(['CANCELLED']);
      expect(statusOf('/UploadObject').filter((status) => status !== 'CANCELLED')).toEqual([]);
      expect(lines()).toMatchObject([{ process: 'gateway', json: { status: 499 } }]);
      const { objects } = await createClient(ObjectServiceDefinition, storage).listObjects({ pageSize: 100 });
      expect(objects).toEqual([]);
      expect(mesh.complaints()).toEqual([]);
    },
  );
});
