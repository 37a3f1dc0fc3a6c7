// Whoever calls: through gRPC with the client of the mesh, and over node:http2 for bytes.
import { once } from 'node:events';
import { connect } from 'node:http2';
import { randomBytes } from 'node:crypto';
import { EventStoreServiceDefinition, StreamState } from '@exempla/contracts/storage/v1/event_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { chunksOf, createClient, openChannel } from '@exempla/rpc';
import { latencies } from '../latency.mjs';
import { lines, runLines } from '../load.mjs';
import { serviceRecords } from '../records.mjs';

const CHUNK_BYTES = 64 << 10;
/** As the mesh's own channels have it: a small window would be what is measured. */
const WINDOW_BYTES = 4 << 20;
/** On a machine that others use a call may wait long; that is in the figures, and no failure. */
const PATIENT = { timeoutMs: 60_000 };
const ANY = { $case: 'state', value: StreamState.STREAM_STATE_ANY };

export async function start({ target, other, plainPort }) {
  const channels = [target, other].map((port) => openChannel(`127.0.0.1:${port}`));
  const [events, otherEvents] = channels.map((channel) => createClient(EventStoreServiceDefinition, channel));
  const objects = createClient(ObjectServiceDefinition, channels[0]);
  const session = connect(`http://127.0.0.1:${plainPort}`, { settings: { initialWindowSize: WINDOW_BYTES } });
  await once(session, 'connect');
  session.setLocalWindowSize(WINDOW_BYTES);

  const commands = {
    append: ({ inFlight, ms }) => {
      const given = lines(inFlight);
      return runLines({ inFlight, ms }, (line) => {
        const { stream, revision, event } = given[line].next();
        const expected = { $case: 'revision', value: revision };
        return events.append({ stream: `streams/${stream}`, expected, events: [event] }, PATIENT);
      });
    },
    readAll: ({ count }) => counted(count, events.readAll({ limit: BigInt(count) })),
    subscribe: ({ count }) => counted(count, events.subscribe({})),
    /** One append at a time; until a subscriber of the same process has it, and one of another replica. */
    latency: ({ count }) => latencies(events, otherEvents, count),
    /** What is promised, tried: a second append of the same event, and what a position looks like. */
    promises: async () => {
      const [line] = lines(1);
      const { stream, event } = line.next();
      const request = { stream: `streams/${stream}`, expected: ANY, events: [event] };
      const first = await events.append(request);
      const second = await events.append(request);
      return { isRepeated: second.repeated && second.position === first.position, position: first.position };
    },
    upload: ({ megabytes }) => upload(objects, megabytes),
    download: async () => {
      const begin = performance.now();
      let bytes = 0;
      for await (const { part } of objects.downloadObject({ name: 'objects/bench' }))
        if (part?.$case === 'chunk') bytes += part.value.length;
      return { bytes, elapsedMs: performance.now() - begin };
    },
    plainUpload: async ({ megabytes }) => {
      const content = randomBytes(megabytes << 20);
      const begin = performance.now();
      const stream = session.request({ ':method': 'PUT', ':path': '/object' });
      for (let at = 0; at < content.length; at += CHUNK_BYTES) {
        if (!stream.write(content.subarray(at, at + CHUNK_BYTES))) await once(stream, 'drain');
      }
      stream.end();
      stream.resume();
      await once(stream, 'close');
      return { bytes: content.length, elapsedMs: performance.now() - begin };
    },
    plainDownload: async () => {
      const begin = performance.now();
      const stream = session.request({ ':method': 'GET', ':path': '/object' });
      let bytes = 0;
      stream.on('data', (data) => (bytes += data.length));
      await once(stream, 'close');
      return { bytes, elapsedMs: performance.now() - begin };
    },
    ...serviceRecords(channels[0]),
  };
  return { commands };
}

async function counted(count, messages) {
  const begin = performance.now();
  let seen = 0;
  for await (const message of messages) {
    // A subscription says its events in a part of their own.
    seen += (message.events ?? message.part?.value.events ?? []).length;
    if (seen >= count) break;
  }
  return { count: seen, elapsedMs: performance.now() - begin };
}

async function upload(objects, megabytes) {
  const content = randomBytes(megabytes << 20);
  const begin = performance.now();
  await objects.uploadObject(
    (async function* () {
      const header = { name: 'objects/bench', sizeBytes: BigInt(content.length) };
      yield { part: { $case: 'header', value: header } };
      for await (const chunk of chunksOf(content)) yield { part: { $case: 'chunk', value: chunk } };
    })(),
  );
  return { bytes: content.length, elapsedMs: performance.now() - begin };
}
