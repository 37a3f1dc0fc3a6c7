import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectError, Code, type Client } from '@connectrpc/connect';
import type { DescMessage, DescService, Message } from '@bufbuild/protobuf';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { eventually, standingStill } from '@exempla/testing';
import { Probe, SECRET } from './fake-mesh.ts';
import { openDoor, PROTOCOLS, type OpenDoor } from './open-door.ts';

const STORIES = 'exempla.orchestrator.v1.StoryService';
const SPEECH = 'exempla.audio.v1.SpeechService';
const OBJECTS = 'exempla.storage.v1.ObjectService';

/** A client whose types are known at run time only. */
type Untyped = Record<string, (request: unknown, options?: object) => Promise<Message> & AsyncIterable<Chunk>>;
type Chunk = Message & { part: { case: string; value: Uint8Array } };
const untyped = (client: Client<DescService>): Untyped => client as unknown as Untyped;

async function failure(call: Promise<unknown>): Promise<ConnectError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConnectError)) throw new Error(`expected a ConnectError, not ${String(error)}`);
  return error;
}

describe('the Connect door', () => {
  let door: OpenDoor;
  beforeAll(async () => {
    door = await openDoor();
  });
  beforeEach(async () => {
    await eventually('the call before is over', () => door.edge.calls.size === 0);
    Object.assign(door.mesh.probe, new Probe());
    door.log.lines.length = 0;
  });
  afterAll(async () => {
    await door[Symbol.asyncDispose]();
  });

  const detail = (error: ConnectError, name: string) =>
    error.findDetails(door.registry.getMessage(`google.rpc.${name}`) as DescMessage)[0];

  describe.each(PROTOCOLS)('by %s', (protocol) => {
    it('a call', async () => {
      const story = await untyped(door.client(protocol, STORIES))['getStory']!({ name: 'stories/1' });
      expect(story).toMatchObject({ name: 'stories/1', title: 'The Fox' });
    });

    it('a stream of replies', async () => {
      const values = [];
      for await (const { part } of untyped(door.client(protocol, SPEECH))['synthesize']!({ text: '3' }))
        values.push(`${part.value[0]} of ${part.value.length}`);
      expect(values).toEqual(['3 of 65536', '2 of 65536', '1 of 65536']);
    });

    it('a stream of requests', async () => {
      async function* parts() {
        yield { part: { case: 'header', value: { name: 'objects/a' } } };
        for (let i = 0; i < 5; i += 1) yield { part: { case: 'chunk', value: Buffer.alloc(1000) } };
      }
      expect(await untyped(door.client(protocol, OBJECTS))['uploadObject']!(parts())).toMatchObject({
        sizeBytes: 5000n,
      });
    });

    it('a refusal keeps its status, its message and every detail', async () => {
      const stories = untyped(door.client(protocol, STORIES));
      const missing = await failure(stories['getStory']!({ name: 'stories/missing' }));
      expect([missing.code, missing.rawMessage]).toEqual([Code.NotFound, 'there is no story stories/missing']);
      expect(detail(missing, 'ErrorInfo')).toMatchObject({
        reason: 'STORY_NOT_FOUND',
        domain: 'fake.exempla',
        metadata: { name: 'stories/missing' },
      });
      expect(detail(missing, 'ResourceInfo')).toMatchObject({ resourceName: 'stories/missing' });
      const full = await failure(stories['getStory']!({ name: 'stories/full' }));
      expect(detail(full, 'RetryInfo')).toMatchObject({ retryDelay: { seconds: 1n, nanos: 500_000_000 } });
      const invalid = await failure(stories['getStory']!({ name: 'nonsense' }));
      expect(invalid.code).toBe(Code.InvalidArgument);
      expect(detail(invalid, 'BadRequest')).toMatchObject({ fieldViolations: [{ field: 'name' }] });
    });

    it('a stream that fails keeps what came before', async () => {
      const values: string[] = [];
      const reading = (async () => {
        for await (const { part } of untyped(door.client(protocol, SPEECH))['synthesize']!({ text: 'fail' }))
          values.push(Buffer.from(part.value).toString());
      })();
      const error = await failure(reading);
      expect([values, error.code, error.rawMessage]).toEqual([['first'], Code.NotFound, 'no such voice']);
      expect(detail(error, 'ErrorInfo')).toMatchObject({ reason: 'VOICE_UNKNOWN' });
    });

    it('a bug in a service is told to nobody', async () => {
      const error = await failure(untyped(door.client(protocol, STORIES))['getStory']!({ name: 'stories/bug' }));
      expect([error.code, error.rawMessage]).toEqual([Code.Internal, 'internal error']);
      expect(JSON.stringify([error.message, error.details, [...error.metadata]])).not.toContain(SECRET.slice(0, 12));
    });

    it('a deadline of 700 ms arrives as at most that', async () => {
      await untyped(door.client(protocol, STORIES))['getStory']!({ name: 'stories/1' }, { timeoutMs: 700 });
      const [left] = door.mesh.probe.leftMs;
      expect(left).toBeLessThanOrEqual(700);
      expect(left).toBeGreaterThan(0);
    });

    it('a caller who leaves ends the call in the service', async () => {
      const leaving = new AbortController();
      const call = failure(
        untyped(door.client(protocol, STORIES))['getStory']!({ name: 'stories/wait' }, { signal: leaving.signal }),
      );
      await door.mesh.probe.waiting.promise;
      leaving.abort();
      expect((await call).code).toBe(Code.Canceled);
      expect(await door.mesh.probe.aborted.promise).toMatchObject({ reason: 'CALLER_CANCELLED' });
      await eventually('nothing is left', () => door.mesh.server.inFlight() === 0);
      await eventually('nor here', () => door.edge.calls.size === 0);
      expect(door.log.lines).toMatchObject([{ event: 'request', method: `POST /${STORIES}/GetStory`, status: 499 }]);
    });

    it('so does one who leaves in the middle of a stream', async () => {
      const leaving = new AbortController();
      const replies = untyped(door.client(protocol, SPEECH))['synthesize']!(
        { text: 'wait' },
        { signal: leaving.signal },
      );
      const iterator = replies[Symbol.asyncIterator]();
      await iterator.next();
      await door.mesh.probe.waiting.promise;
      leaving.abort();
      await expect(iterator.next()).rejects.toMatchObject({ code: Code.Canceled });
      expect(await door.mesh.probe.aborted.promise).toMatchObject({ reason: 'CALLER_CANCELLED' });
      await door.mesh.probe.streamEnded.promise;
      await eventually('nothing is left', () => door.mesh.server.inFlight() === 0);
      await eventually('nor here', () => door.edge.calls.size === 0);
      expect(door.log.lines).toMatchObject([{ event: 'request', method: `POST /${SPEECH}/Synthesize`, status: 499 }]);
    });

    it('and in the middle of an upload', async () => {
      const leaving = new AbortController();
      async function* parts() {
        yield { part: { case: 'header', value: { name: 'objects/a' } } };
        yield { part: { case: 'chunk', value: Buffer.alloc(1000) } };
        await new Promise((_, reject) =>
          leaving.signal.addEventListener('abort', () => reject(new Error('left')), { once: true }),
        );
      }
      const call = untyped(door.client(protocol, OBJECTS))['uploadObject']!(parts(), { signal: leaving.signal }).then(
        () => 'answered',
        () => 'failed',
      );
      await eventually('the first chunk is there', () => door.mesh.probe.uploadedBytes === 1000);
      leaving.abort();
      expect(await call).toBe('failed');
      expect(await door.mesh.probe.aborted.promise).toMatchObject({ reason: 'CALLER_CANCELLED' });
      await eventually('nothing is left', () => door.mesh.server.inFlight() === 0);
    });
  });

  it('a deadline that passes is told with its reason, and ends the call in the service', async () => {
    const call = door.post(`${STORIES}/GetStory`, { name: 'stories/wait' }, { 'connect-timeout-ms': '150' });
    expect(await door.mesh.probe.aborted.promise).toMatchObject({ reason: 'DEADLINE_EXCEEDED' });
    const response = await call;
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({
      code: 'deadline_exceeded',
      details: [{ type: 'google.rpc.ErrorInfo', debug: { reason: expect.stringMatching(/DEADLINE_EXCEEDED$/) } }],
    });
  });

  /** A reader of `chunks` of 64 KiB each, far more than all buffers on the way hold, who reads none of them. */
  async function standStill(chunks: number): Promise<IncomingMessage> {
    const message = Buffer.from(JSON.stringify({ text: String(chunks) }));
    const outgoing = request(`${door.url}/${SPEECH}/Synthesize`, {
      method: 'POST',
      headers: { 'content-type': 'application/connect+json' },
    });
    outgoing.end(Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]));
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    return incoming.pause();
  }

  it('a producer waits for a reader who stands still', async () => {
    const chunks = 2_000;
    const incoming = await standStill(chunks);
    await standingStill(async () => door.mesh.probe.produced, 20_000);
    expect(door.mesh.probe.produced).toBeGreaterThan(0);
    expect(door.mesh.probe.produced).toBeLessThan(chunks / 2);
    incoming.destroy();
    await door.mesh.probe.streamEnded.promise;
    await eventually('nothing is left', () => door.mesh.server.inFlight() === 0);
  });

  it('a gateway that goes away says so, and ends the call in the service', async () => {
    const call = door.post(`${STORIES}/GetStory`, { name: 'stories/wait' });
    await door.mesh.probe.waiting.promise;
    door.edge.calls.endAll();
    const response = await call;
    expect([response.status, await response.json()]).toMatchObject([503, { code: 'unavailable' }]);
    await door.mesh.probe.aborted.promise;
  });

  it('who stands still when his call is over is left', async () => {
    const incoming = await standStill(2_000);
    await standingStill(async () => door.mesh.probe.produced, 20_000);
    door.edge.calls.endAll();
    await door.mesh.probe.streamEnded.promise;
    await eventually('nothing is kept for him', () => door.edge.calls.size === 0);
    expect(door.log.lines).toMatchObject([{ event: 'request', status: 499 }]);
    incoming.destroy();
  });

  it('what a service says of a peer that is away names no address', async () => {
    await using alone = await openDoor();
    await alone.mesh.server.stop();
    const response = await alone.post(`${STORIES}/RateStory`, { name: 'stories/1' }, { 'connect-timeout-ms': '2000' });
    const text = await response.text();
    expect([response.status, text]).toEqual([503, expect.stringContaining('is not available')]);
    expect(text).not.toContain('127.0.0.1');
  });
});
