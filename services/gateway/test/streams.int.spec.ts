import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { StreamGenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import type { DownloadObjectResponse, Object as StoredObject } from '@exempla/contracts/storage/v1/object_service';
import { Story } from '@exempla/contracts/type/v1/story';
import { currentCall, status, StatusError } from '@exempla/rpc';
import { eventually, gate, standingStill, type Gate } from '@exempla/testing';
import { edgeWith, type EdgeUnderTest, type FakePeers } from './edge-under-test.ts';

const CHUNK_BYTES = 64 << 10;
/** A gibibyte: what nobody may hold. */
const CHUNKS = 16_384;

class Source {
  produced = 0;
  ended: Gate = gate();
  /** Why the call was told to end. */
  aborted: Gate<unknown> = gate<unknown>();

  async *of<T>(part: T): AsyncGenerator<T> {
    currentCall()!.signal.addEventListener('abort', ({ target }) => this.aborted.open((target as AbortSignal).reason));
    try {
      for (; this.produced < CHUNKS; this.produced += 1) yield part;
    } finally {
      this.ended.open();
    }
  }
}

describe('streams of an edge', () => {
  let edge: EdgeUnderTest;
  afterEach(async () => {
    edge.app.server.closeAllConnections();
    await edge.app.close();
  });

  const source = (): { source: Source; peers: FakePeers } => {
    const made = new Source();
    const text: StreamGenerateStoryResponse = { part: { $case: 'text', value: 'x'.repeat(CHUNK_BYTES) } };
    const chunk: DownloadObjectResponse = { part: { $case: 'chunk', value: Buffer.alloc(CHUNK_BYTES) } };
    const stored = { name: 'objects/a', contentType: 'audio/wav', etag: 'e', sizeBytes: BigInt(CHUNKS * CHUNK_BYTES) };
    const peers: FakePeers = {
      stories: {
        streamGenerateStory: () => made.of(text),
        getStory: async () => Story.fromPartial({ name: 'stories/1', audio: 'objects/a' }),
      },
      objects: {
        getObject: async () => stored as StoredObject,
        async *downloadObject() {
          yield { part: { $case: 'header', value: stored as StoredObject } };
          yield* made.of(chunk);
        },
      },
    };
    return { source: made, peers };
  };

  /** An answer of which nothing is read. */
  function unread(path: string, body?: object): Promise<IncomingMessage> {
    const { port } = edge.app.server.address() as AddressInfo;
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    return new Promise((resolve, reject) => {
      const method = body ? 'POST' : 'GET';
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, resolve).on('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  }

  const story = { child: { name: 'Mia', age: 5, interests: ['stars'] }, language: 'en' };
  it.each([
    ['a story as it is written', '/api/v1/stories/generate', story],
    ['the sound of a story', '/api/v1/stories/1/audio', undefined],
  ])('%s: who does not read holds up the source, and who leaves ends it', async (_, path, body) => {
    const { source: from, peers } = source();
    edge = await edgeWith(peers);
    await edge.app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await unread(path, body);
    expect(answer.statusCode).toBe(200);
    const held = await standingStill(async () => from.produced, 20_000);
    expect(held).toBeGreaterThan(0);
    expect(held * CHUNK_BYTES).toBeLessThan(64 << 20);

    answer.destroy();
    await from.ended.promise;
    expect(await from.aborted.promise).toMatchObject({ reason: 'CALLER_CANCELLED' });
    await eventually('its line', () => edge.lines.some(({ event }) => event === 'request'));
    expect(edge.lines.filter(({ event }) => event === 'request')).toEqual([expect.objectContaining({ status: 499 })]);
    expect(edge.calls.size).toBe(0);
  });

  it('what fails before the first byte of a sound is a problem, and no broken sound', async () => {
    const { peers } = source();
    const refused = new StatusError(status.ABORTED, 'ETAG_MISMATCH', 'it was replaced');
    // oxlint-disable-next-line require-yield -- it fails before
    const downloadObject = async function* (): AsyncGenerator<DownloadObjectResponse> {
      throw refused;
    };
    edge = await edgeWith({ ...peers, objects: { ...peers.objects, downloadObject } });
    const answer = await edge.app.inject({ url: '/api/v1/stories/1/audio', headers: { range: 'bytes=0-9' } });
    expect(answer.json()).toMatchObject({ status: 409, reason: 'ETAG_MISMATCH' });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    // Nor is it the bytes, the version or the file that were asked for.
    expect(answer.headers).not.toHaveProperty('content-range');
    expect(answer.headers).not.toHaveProperty('etag');
    expect(answer.headers).not.toHaveProperty('content-disposition');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['its version', '"e"', 304],
    ['it, however it was packed on the way', 'W/"e"', 304],
    ['one of several', '"d", W/"e"', 304],
    ['any', '*', 304],
    ['another', '"d"', 200],
    ['none, though it is in one', '"d,e"', 200],
  ])('who has %s of a sound is not sent it again', async (_, ifNoneMatch, status) => {
    edge = await edgeWith(source().peers);
    const headers = { 'if-none-match': ifNoneMatch };
    const answer = await edge.app.inject({ method: 'HEAD', url: '/api/v1/stories/1/audio', headers });
    expect([answer.statusCode, answer.headers.etag]).toEqual([status, '"e"']);
  });

  it('HEAD is of the whole sound: a range is of what is sent', async () => {
    edge = await edgeWith(source().peers);
    const headers = { range: 'bytes=0-9' };
    const answer = await edge.app.inject({ method: 'HEAD', url: '/api/v1/stories/1/audio', headers });
    expect([answer.statusCode, answer.headers['content-length']]).toEqual([200, String(CHUNKS * CHUNK_BYTES)]);
  });

  it('an MP3 goes on byte for byte under its own type, whole and in ranges (S3-120)', async () => {
    // Where a WAV has its lengths: they are of no matter here.
    const sound = Buffer.alloc(4_096, 0xff);
    // As it was called before names told the type.
    const stored = {
      name: 'objects/stories/1/narration.wav',
      contentType: 'audio/mpeg',
      etag: 'e',
      sizeBytes: BigInt(sound.length),
    };
    const { peers } = source();
    const objects: FakePeers['objects'] = {
      getObject: async () => stored as StoredObject,
      async *downloadObject({ offset = 0n, length = 0n }) {
        yield { part: { $case: 'header', value: stored as StoredObject } };
        const end = length > 0n ? Number(offset + length) : sound.length;
        yield { part: { $case: 'chunk', value: sound.subarray(Number(offset), end) } };
      },
    };
    edge = await edgeWith({ ...peers, objects });
    const whole = await edge.app.inject('/api/v1/stories/1/audio');
    expect([whole.statusCode, whole.headers['content-type']]).toEqual([200, 'audio/mpeg']);
    expect(whole.headers['content-disposition']).toBe('inline; filename="1.mp3"');
    expect(whole.rawPayload.equals(sound)).toBe(true);
    const part = await edge.app.inject({ url: '/api/v1/stories/1/audio', headers: { range: 'bytes=0-99' } });
    expect([part.statusCode, part.headers['content-type'], part.rawPayload.length]).toEqual([206, 'audio/mpeg', 100]);
    expect(part.rawPayload.every((byte) => byte === 0xff)).toBe(true);
  });
});
