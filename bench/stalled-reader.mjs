// A reader that stops for 20 s while 200 MB wait: the producer must stand still and its memory must not grow.
// node bench/stalled-reader.mjs [seconds]
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { createClient, openChannel } from '@exempla/rpc';
import { bytesRead, cpuMs, openMesh, pause, residentBytes } from './lib.mjs';

const SECONDS = Number(process.argv[2] ?? 20);
const SIZE = 200 << 20;
const MB = 1 << 20;
const LIMIT_MB = 32;
const OBJECT = 'objects/bench/two-hundred-megabytes';

/** Starts `stream`, reads one message, stands still, then reads on a little to show that it lives. */
async function stall(name, pid, stream, counter, growsWith) {
  const iterator = stream[Symbol.asyncIterator]();
  const before = await residentBytes(pid);
  await iterator.next();
  // Whatever fits the buffers on the way is produced in the first moments.
  await pause(3_000);
  const [counted, peakFrom] = [await counter(), await residentBytes(pid)];
  let peak = peakFrom;
  for (let i = 0; i < SECONDS * 4; i += 1) {
    await pause(250);
    peak = Math.max(peak, await residentBytes(pid));
  }
  const moved = (await counter()) - counted;
  const grown = (peak - before) / MB;
  let more = 0;
  for (let i = 0; i < 200; i += 1) more += (await iterator.next()).done ? 0 : 1;
  await iterator.return?.();
  const holds = moved <= growsWith && grown <= LIMIT_MB && more === 200;
  console.log(
    `${holds ? '✓' : '✗'} ${name}: reader stood still ${SECONDS} s, producer moved ${moved}, memory grew ${grown.toFixed(1)} MB (limit ${LIMIT_MB}), then ${more} messages more`,
  );
  return holds;
}

async function* upload() {
  yield {
    part: {
      $case: 'header',
      value: { name: OBJECT, contentType: 'application/octet-stream', sizeBytes: BigInt(SIZE) },
    },
  };
  const chunk = Buffer.alloc(1 << 18, 7);
  for (let sent = 0; sent < SIZE; sent += chunk.length) yield { part: { $case: 'chunk', value: chunk } };
}

await using mesh = await openMesh();
const channels = ['storage', 'audio'].map((name) => openChannel(mesh.addressOf(name)));
const objects = createClient(ObjectServiceDefinition, channels[0]);
const speech = createClient(SpeechServiceDefinition, channels[1]);
await objects.uploadObject(upload());
// The garbage of the upload is not what is measured: read the object once at full speed first.
for await (const _ of objects.downloadObject({ name: OBJECT }));
for await (const _ of speech.synthesize({ text: 'A warm thread speaks. '.repeat(200) }));
const [storage, audio] = ['storage', 'audio'].map((name) => mesh.pidOf(name));
const timeoutMs = (SECONDS + 60) * 1000;
const results = [
  // 64 KiB: the log line of another call may be written meanwhile, a chunk may not.
  await stall(
    'Download (bytes read by storage)',
    storage,
    objects.downloadObject({ name: OBJECT }, { timeoutMs }),
    () => bytesRead(storage),
    65_536,
  ),
  // 190,000 characters are about 3.5 hours of speech, 400 MB. 200 ms: an idle process wakes now and then.
  await stall(
    'Synthesize (CPU ms of audio)',
    audio,
    speech.synthesize({ text: 'A river is a large natural stream of water. '.repeat(4_300) }, { timeoutMs }),
    () => cpuMs(audio),
    200,
  ),
];
for (const channel of channels) channel.close();
process.exitCode = results.every(Boolean) ? 0 : 1;
