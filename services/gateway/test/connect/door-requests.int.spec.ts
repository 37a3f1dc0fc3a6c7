import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { Probe } from './fake-mesh.ts';
import { openDoor, type OpenDoor } from './open-door.ts';

const STORIES = 'exempla.orchestrator.v1.StoryService';
const SPEECH = 'exempla.audio.v1.SpeechService';
const OBJECTS = 'exempla.storage.v1.ObjectService';

describe('requests at the Connect door', () => {
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

  it('answers curl in JSON', async () => {
    const response = await door.post(`${STORIES}/GetStory`, { name: 'stories/1' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ name: 'stories/1', title: 'The Fox' });
  });

  it('answers GET where the method changes nothing, and only there', async () => {
    const query = `encoding=json&message=${encodeURIComponent('{"name":"stories/1"}')}`;
    const read = await fetch(`${door.url}/${STORIES}/GetStory?${query}`);
    expect([read.status, await read.json()]).toEqual([200, { name: 'stories/1', title: 'The Fox' }]);
    expect(read.headers.get('cache-control')).toBe('no-store');
    const rated = await fetch(`${door.url}/${STORIES}/RateStory?${query}`);
    expect(rated.status).toBe(405);
    expect(door.mesh.probe.contexts).toHaveLength(1);
  });

  it.each([
    ['connect-timeout-ms', '9999999999', 'application/json'],
    ['grpc-timeout', '99999999H', 'application/grpc-web+json'],
  ])('%s: %s, which no timer can hold, is cut to what the method allows', async (header, value, type) => {
    const message = Buffer.from('{"name":"stories/1"}');
    const framed = Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]);
    const response = await fetch(`${door.url}/${STORIES}/GetStory`, {
      method: 'POST',
      headers: { 'content-type': type, [header]: value },
      body: type === 'application/json' ? message : framed,
    });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('The Fox')]);
    expect(door.mesh.probe.leftMs[0]).toBeGreaterThan(50_000);
    expect(door.mesh.probe.leftMs[0]).toBeLessThanOrEqual(60_000);
  });

  it('nothing that a caller says of the mesh gets into it', async () => {
    const headers = {
      'exempla-identity': 'forged',
      'exempla-tenant': 'other',
      'grpc-status-details-bin': 'AA',
      'connect-x': '1',
      'x-anything': '1',
      cookie: 'a=b',
      'x-request-id': 'req-1',
    };
    await door.post(`${STORIES}/GetStory`, { name: 'stories/1' }, headers);
    const [context] = door.mesh.probe.contexts;
    expect(context).toMatchObject({ tenant: 'local', requestId: 'req-1' });
    for (const name of Object.keys(headers).filter((one) => one !== 'x-request-id' && one !== 'exempla-tenant'))
      expect([name, context!.metadata.get(name)]).toEqual([name, []]);
    expect(context!.metadata.get('exempla-tenant')).toEqual(['local']);
    expect(context!.deadline.remainingMs()).toBeGreaterThan(1_000);
  });

  it('the trace of the caller goes on', async () => {
    const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
    await door.post(`${STORIES}/GetStory`, { name: 'stories/1' }, { traceparent });
    expect(door.mesh.probe.contexts[0]!.traceId).toBe('ab'.repeat(16));
    expect(door.log.lines[0]).toMatchObject({ event: 'request', traceId: 'ab'.repeat(16) });
  });

  const malformed = [
    ['broken JSON', '{"name":', {}, 400, 'invalid_argument'],
    ['another type', '{"name":7}', {}, 400, 'invalid_argument'],
    ['no message at all', '[]', {}, 400, 'invalid_argument'],
    ['what is no protobuf', '\u0007\u0007\u0007', { 'content-type': 'application/proto' }, 400, 'invalid_argument'],
    ['a deadline that is no number', '{}', { 'connect-timeout-ms': 'soon' }, 400, 'invalid_argument'],
    ['what is not compressed as it says', '{}', { 'content-encoding': 'gzip' }, 400, 'invalid_argument'],
    ['an unknown compression', '{}', { 'content-encoding': 'zstd' }, 501, 'unimplemented'],
    ['5 MiB', JSON.stringify({ name: 'x'.repeat(5 << 20) }), {}, 429, 'resource_exhausted'],
  ] as const;
  it.each(malformed)('%s is refused and reaches no service', async (_, body, headers, httpStatus, code) => {
    const response = await door.post(`${STORIES}/GetStory`, body, headers);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([httpStatus, code]);
    expect(door.mesh.probe.contexts).toEqual([]);
    await eventually('it is told in a line', () => door.log.lines.length === 1);
    expect(door.log.lines[0]).toMatchObject({ event: 'request', status: httpStatus });
  });

  const empties: Record<string, Buffer> = {
    'application/json': Buffer.from(`{"events":[${'{},'.repeat(1_000_000)}{}]}`),
    'application/proto': Buffer.alloc(4 << 20, Buffer.from([(4 << 3) | 2, 0])),
  };
  it.each(Object.keys(empties))(
    'so is, of %s, a million messages in some kilobytes, before they are read',
    async (type) => {
      const response = await fetch(`${door.url}/exempla.storage.v1.EventStoreService/Append`, {
        method: 'POST',
        headers: { 'content-type': type, 'content-encoding': 'gzip' },
        body: await promisify(gzip)(empties[type]!),
      });
      const { code, message } = (await response.json()) as { code: string; message: string };
      expect([code, message]).toEqual(['invalid_argument', expect.stringContaining('too many fields and items')]);
      expect(door.mesh.probe.contexts).toEqual([]);
    },
  );

  it('so is what is no message in a stream', async () => {
    for (const path of [`${SPEECH}/Synthesize`, `${OBJECTS}/UploadObject`]) {
      const broken = Buffer.concat([Buffer.from([0, 0, 0, 0, 3]), Buffer.from('{"x')]);
      const response = await fetch(`${door.url}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/connect+json' },
        body: broken,
      });
      expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('"invalid_argument"')]);
    }
    expect(door.mesh.probe.uploadedBytes).toBe(0);
  });

  it.each([
    ['text', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
  ])('%s is refused: a page of somebody else can send it unasked', async (_, type) => {
    const response = await door.post(`${STORIES}/RateStory`, '{"name":"stories/1"}', { 'content-type': type });
    expect(response.status).toBe(415);
    expect(door.mesh.probe.contexts).toEqual([]);
  });

  it('what nobody serves is not found', async () => {
    for (const path of [`${STORIES}/Nothing`, 'grpc.health.v1.Health/Check', 'exempla.none.v1.Service/Call'])
      expect((await door.post(path, {})).status).toBe(404);
  });
});
