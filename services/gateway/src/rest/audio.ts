import { Readable } from 'node:stream';
import {
  ObjectServiceDefinition,
  type DownloadObjectResponse,
  type Object as StoredObject,
} from '@exempla/contracts/storage/v1/object_service';
import { methodPolicy, status, StatusError } from '@exempla/rpc';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../http/app.ts';
import { byteRange, type ByteRange } from '../http/byte-range.ts';
import { idOf, nameOf } from './mapping/names.ts';
import type { Peers } from './peers.ts';
import { isKnown } from './preconditions.ts';
import { ById } from './schemas/parts.ts';
import { withLengths } from './wav-lengths.ts';

const download = methodPolicy(ObjectServiceDefinition.methods.downloadObject);
/** Whoever listens takes the sound at the pace of their ears: they get all the time there is. */
const policy = { defaultMs: download.maxMs, maxMs: download.maxMs };

const reads = ['range', 'if-range', 'if-none-match'] as const;
/** Most voices make WAV; some make only MP3. */
const EXTENSIONS: Readonly<Record<string, string>> = { 'audio/wav': 'wav', 'audio/mpeg': 'mp3' };
const types = Object.keys(EXTENSIONS);
const config = { policy, reads, media: { 200: types, 206: types } };

/** The sound of stories and definitions, whole or in ranges, straight from the object store. */
export function audioRoutes(
  app: App,
  { stories, definitions, objects }: Pick<Peers, 'stories' | 'definitions' | 'objects'>,
): void {
  const schema = (operationId: string, tag: string) => ({
    operationId,
    tags: [tag],
    summary: 'The sound, whole or a range of its bytes',
    params: ById,
  });
  app.get('/stories/:id/audio', { config, schema: schema('getStoryAudio', 'stories') }, async (request, reply) => {
    const name = nameOf('stories', request.params.id);
    const { audio } = await stories.getStory({ name });
    return sendSound({ object: audio, of: name }, { objects, request, reply });
  });
  app.get(
    '/definitions/:id/audio',
    { config, schema: schema('getDefinitionAudio', 'definitions') },
    async (request, reply) => {
      const name = nameOf('definitions', request.params.id);
      const { narration } = await definitions.getDefinition({ name });
      return sendSound({ object: narration, of: name }, { objects, request, reply });
    },
  );
}

interface Exchange extends Pick<Peers, 'objects'> {
  request: Pick<FastifyRequest, 'headers' | 'method'>;
  reply: FastifyReply;
}

async function sendSound({ object, of }: { object: string; of: string }, exchange: Exchange): Promise<FastifyReply> {
  if (object === '') throw withoutSound(of);
  const { objects, request, reply } = exchange;
  const stored = await objects.getObject({ name: object });
  const size = Number(stored.sizeBytes);
  const etag = `"${stored.etag}"`;
  const kept = { etag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' };
  if (isKnown(request.headers, etag)) return reply.code(304).headers(kept).send();
  const range = byteRange(rangeHeader(request, etag), size);
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${size}`);
    throw beyondEnd(size);
  }
  const bytes = request.method === 'HEAD' ? Readable.from([]) : await bytesOf(stored, range, objects);
  // Only now is it sure that these are what is answered.
  if (range) reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${size}`);
  return reply
    .type(stored.contentType)
    .headers(kept)
    .header('content-disposition', `inline; filename="${fileNameOf(of, stored.contentType)}"`)
    .header('content-length', range ? range.last - range.first + 1 : size)
    .send(bytes);
}

/** What a browser saves it as: by its type, whatever the object is called. */
const fileNameOf = (name: string, contentType: string): string => `${idOf(name)}.${EXTENSIONS[contentType] ?? 'bin'}`;

/** A range of another version than the one there is would not fit what the client has: then it gets the whole. HEAD has none. */
function rangeHeader({ headers, method }: Exchange['request'], etag: string): string | undefined {
  if (method !== 'GET') return undefined;
  const condition = headers['if-range'];
  return condition === undefined || condition === etag ? headers.range : undefined;
}

/** Nothing is sent before storage has agreed; then its chunks go on as they come, at the client's pace. */
async function bytesOf(
  stored: StoredObject,
  range: ByteRange | undefined,
  objects: Peers['objects'],
): Promise<Readable> {
  const request = { name: stored.name, ifEtag: stored.etag };
  const part = range && { offset: BigInt(range.first), length: BigInt(range.last - range.first + 1) };
  const parts = objects.downloadObject({ ...request, ...part })[Symbol.asyncIterator]();
  await parts.next();
  const bytes = chunks(parts);
  const isWav = stored.contentType === 'audio/wav';
  return Readable.from(isWav ? measured(bytes, range?.first ?? 0, Number(stored.sizeBytes)) : bytes, {
    objectMode: false,
  });
}

async function* chunks(parts: AsyncIterator<DownloadObjectResponse>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await parts.next(); !next.done; next = await parts.next())
      if (next.value.part?.$case === 'chunk') yield next.value.part.value;
  } finally {
    // A client who leaves ends the download.
    await parts.return?.();
  }
}

/** Sound that was kept while it was spoken: its header did not know how long it would be. */
async function* measured(chunks: AsyncGenerator<Uint8Array>, offset: number, size: number): AsyncGenerator<Uint8Array> {
  let at = offset;
  for await (const chunk of chunks) {
    yield withLengths(chunk, at, size);
    at += chunk.length;
  }
}

const withoutSound = (name: string): StatusError =>
  new StatusError(status.NOT_FOUND, 'AUDIO_NOT_FOUND', `${name} has no sound`, { metadata: { name } });

const beyondEnd = (size: number): StatusError =>
  new StatusError(status.OUT_OF_RANGE, 'RANGE_BEYOND_END', `the range begins behind the last of ${size} bytes`, {
    metadata: { size: String(size) },
  });
