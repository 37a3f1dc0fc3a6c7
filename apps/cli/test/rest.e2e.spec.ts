import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { BAD_REQUESTS } from './rest/bad-requests.ts';
import { expected, readFixture } from './rest/fixtures.ts';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const FIXTURES = [
  ['generate-story', await readFixture('generate-story')],
  ['stories-generate', await readFixture('stories-generate')],
] as const;
const JSON_TYPE = { 'content-type': 'application/json' };
const mia = { name: 'Mia', age: 5, gender: 'female', interests: ['stars', 'foxes'] };
const short = { language: 'en', story_length: 1 };

interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { id: string };
}

describe('REST in front of the mesh', () => {
  let mesh: TestMesh;
  const url = (path: string): string => `http://${mesh.addressOf('gateway')}${path}`;
  async function ask(method: string, path: string, body?: unknown, headers = {}): Promise<Answered> {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const type = body === undefined ? {} : JSON_TYPE;
    const response = await fetch(url(path), { method, headers: { ...type, ...headers }, ...sent });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  }

  beforeAll(async () => {
    mesh = await startTestMesh({ gateway: true });
  });
  afterAll(async () => {
    await mesh[Symbol.asyncDispose]();
  });

  it.each(FIXTURES)('%s answers as it is recorded (S3-78, S3-79)', async (_, exchanges) => {
    let id = '';
    for (const { name, request, answer } of exchanges) {
      const { status, body } = await ask(request.method, request.path.replace('{id}', id), request.body);
      const wanted = { name, status: answer.status, body: expected(answer.body) };
      if (answer.and_more) expect({ name, status, body }).toMatchObject(wanted);
      else expect({ name, status, body }).toEqual(wanted);
      id = body.id ?? id;
    }
  });

  it.each(BAD_REQUESTS.map((request) => [request.what, request] as const))(
    '%s is refused',
    async (_, { method = 'POST', path = '', body, headers, status, reason, field }) => {
      const answered = await ask(method, path, body, headers);
      expect(answered.body).toMatchObject({ status, reason, ...(field && { errors: [{ field }] }) });
      expect([answered.status, answered.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    },
  );

  it('a story is written, found, heard in ranges, rated and removed', async () => {
    const { body: story } = await ask('POST', '/api/v1/stories/generate', {
      child: mia,
      ...short,
      generate_audio: true,
    });
    const sound = url(String(story['audio_file_url']));

    const whole = await fetch(sound);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get('etag')!;
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([
      200,
      'audio/wav',
      'bytes',
    ]);
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(whole.headers.get('content-disposition')).toBe(`inline; filename="${story.id}.wav"`);
    expect(bytes.length).toBeGreaterThan(100_000);

    const head = await fetch(sound, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);

    const ranges = [
      ['bytes=0-3', 0, 4],
      ['bytes=100-', 100, bytes.length],
      ['bytes=-7', bytes.length - 7, bytes.length],
      [`bytes=50-${bytes.length + 5}`, 50, bytes.length],
    ] as const;
    for (const [range, from, to] of ranges) {
      const part = await fetch(sound, { headers: { range, 'if-range': etag } });
      expect([range, part.status, part.headers.get('content-range')]).toEqual([
        range,
        206,
        `bytes ${from}-${to - 1}/${bytes.length}`,
      ]);
      expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(from, to))).toBe(true);
    }
    const statusOf = async (headers: Record<string, string>): Promise<number> => {
      const response = await fetch(sound, { headers });
      await response.arrayBuffer();
      return response.status;
    };
    expect(await statusOf({ range: 'bytes=0-3', 'if-range': '"another"' })).toBe(200);
    expect(await statusOf({ range: 'bytes=0-1,4-5' })).toBe(200);
    expect(await statusOf({ 'if-none-match': etag })).toBe(304);

    const past = await fetch(sound, { headers: { range: `bytes=${bytes.length}-` } });
    expect([past.status, past.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    expect(await past.json()).toMatchObject({ reason: 'RANGE_BEYOND_END' });

    const path = `/api/v1/stories/${story.id}`;
    expect((await ask('POST', `${path}/rate`, { rating: 9 })).body).toMatchObject({ id: story.id, rating: 9 });
    const listed = await ask('GET', `/api/v1/stories?child_name=mia&language=en&page_size=1`);
    expect(listed.body).toMatchObject({ stories: [{ id: story.id, rating: 9 }] });
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).body).toMatchObject({ reason: 'STORY_NOT_FOUND' });
    expect((await ask('GET', `${path}/audio`)).status).toBe(404);
  });

  it('a story without sound has none to hear', async () => {
    const { body } = await ask('POST', '/api/v1/stories/generate', { child: mia, ...short });
    expect((await ask('GET', `/api/v1/stories/${body.id}/audio`)).body).toMatchObject({ reason: 'AUDIO_NOT_FOUND' });
  });

  it('a story is told of part by part', async () => {
    const body = JSON.stringify({ child: mia, ...short, generate_audio: true });
    const headers = { ...JSON_TYPE, accept: 'text/event-stream' };
    const response = await fetch(url('/api/v1/stories/generate'), { method: 'POST', headers, body });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = (await response.text()).split('\n\n').filter((event) => event !== '');
    const names = events.map((event) => /^event: (\w+)\ndata: \{.*\}$/.exec(event)?.[1]);
    expect([...new Set(names)]).toEqual(['progress', 'title', 'text', 'saved', 'audio', 'done']);
    expect(names.filter((name) => name === 'progress')).toHaveLength(2);
  });

  it('what fails in the midst of it is its last event', async () => {
    const headers = { ...JSON_TYPE, accept: 'text/event-stream' };
    const body = JSON.stringify({ child: mia, ...short, language: 'nl' });
    const response = await fetch(url('/api/v1/stories/generate'), { method: 'POST', headers, body });
    const last = (await response.text()).split('\n\n').at(-2);
    expect(last).toMatch(/^event: error\ndata: .*"status":400.*"reason":"LANGUAGE_UNSUPPORTED"/);
  });

  it('the same key is the same story', async () => {
    const headers = { 'idempotency-key': 'mia-1' };
    const [first, second] = [
      await ask('POST', '/api/v1/stories/generate', { child: mia, ...short }, headers),
      await ask('POST', '/api/v1/stories/generate', { child: mia, ...short }, headers),
    ];
    expect(second.body).toEqual(first.body);
    const other = await ask('POST', '/api/v1/stories/generate', { child: mia, ...short, moral: 'bravery' }, headers);
    expect([other.status, other.body['reason']]).toEqual([409, 'REQUEST_ID_REUSED']);
  });

  it.each([['<b>Mia</b>'], [`Robert'); DROP TABLE children;--`]])('%s is a name as any other', async (name) => {
    const { body } = await ask('POST', '/api/v1/stories/generate', { child: { ...mia, name }, ...short });
    expect((await ask('GET', `/api/v1/stories/${body.id}`)).body['child_name']).toBe(name);
    expect(body['content']).toContain(name);
  });

  it('children are kept, found again, changed by version, and removed; their stories stay', async () => {
    const { body: child } = await ask('POST', '/api/v1/children', { ...mia, name: 'Noor' });
    expect(child).toMatchObject({ name: 'Noor', age: 5, age_group: null, gender: 'female' });
    expect((await ask('POST', '/api/v1/children', { ...mia, name: 'noor' })).body.id).toBe(child.id);
    const path = `/api/v1/children/${child.id}`;
    const { body: story } = await ask('POST', '/api/v1/stories/generate', { child_id: child.id, ...short });
    const stale = { 'if-match': `"${String(child['etag'])}"` };
    const changed = await ask('PATCH', path, { age: null, age_group: '5-7', interests: ['owls'] }, stale);
    expect(changed.body).toMatchObject({ name: 'Noor', age: null, age_group: '5-7', interests: ['owls'] });
    const again = await ask('PATCH', path, { interests: ['bees'] }, stale);
    expect([again.status, again.body['reason']]).toEqual([409, 'ETAG_MISMATCH']);
    expect((await ask('GET', '/api/v1/children?page_size=100')).body['children']).toContainEqual(changed.body);
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
    const gone = await ask('POST', '/api/v1/stories/generate', { child_id: child.id, ...short });
    expect([gone.status, gone.body['reason']]).toEqual([404, 'CHILD_NOT_FOUND']);
    expect((await ask('GET', `/api/v1/stories/${story.id}`)).body).toMatchObject({ child_name: 'Noor', child_age: 5 });
  });

  it('heroes are kept, told of, changed and removed', async () => {
    const { body: hero } = await ask('POST', '/api/v1/heroes', {
      name: 'Torvald',
      language: 'en',
      strengths: ['climbing'],
    });
    const path = `/api/v1/heroes/${hero.id}`;
    const { body: story } = await ask('POST', '/api/v1/stories/generate', { hero_id: hero.id, ...short });
    expect(story['content']).toContain('Torvald');
    expect((await ask('GET', `/api/v1/stories/${story.id}`)).body).toMatchObject({ kind: 'hero', hero_id: hero.id });
    expect((await ask('PATCH', path, { traits: ['curious'] })).body).toMatchObject({
      name: 'Torvald',
      traits: ['curious'],
      strengths: ['climbing'],
    });
    expect((await ask('GET', path)).body).toMatchObject({ traits: ['curious'] });
    expect((await ask('GET', '/api/v1/heroes')).body['heroes']).toHaveLength(1);
    expect((await ask('DELETE', path)).status).toBe(204);
  });

  it('a term is defined, found and heard', async () => {
    const { body: definition } = await ask('POST', '/api/v1/definitions', { term: 'river', narrate: true });
    expect(definition).toMatchObject({ term: 'river', state: 'established', sense: { lemma: 'river' } });
    expect((await ask('GET', `/api/v1/definitions/${definition.id}`)).body).toMatchObject({ id: definition.id });
    expect((await ask('GET', '/api/v1/definitions?term=RIVER')).body['definitions']).toHaveLength(1);
    const sound = await fetch(url(String(definition['audio_file_url'])), { headers: { range: 'bytes=0-3' } });
    expect([sound.status, await sound.text()]).toEqual([206, 'RIFF']);
    const again = await ask('POST', '/api/v1/definitions', { term: 'river' });
    expect([again.status, again.body['reason']]).toEqual([409, 'DEFINITION_EXISTS']);
  });

  it('there are voices', async () =>
    expect((await ask('GET', '/api/v1/voices?language=en')).body['voices']).toContainEqual(
      expect.objectContaining({ name: 'slt', provider: 'flite', default: true }),
    ));

  it('each request is one line, with the fields of its call', async () => {
    const { headers } = await ask('GET', '/api/v1/stories/none', undefined, { 'x-request-id': 'mine-1' });
    expect(headers.get('x-request-id')).toBe('mine-1');
    const lines = () =>
      mesh.lines
        .map(({ json }) => json)
        .filter((json) => json?.['event'] === 'request' && json['requestId'] === 'mine-1');
    const { traceId } = await mesh.hopOf('the orchestrator', ({ requestId }) => requestId === 'mine-1');
    await eventually('the line', () => lines().length > 0);
    expect(lines()).toEqual([
      expect.objectContaining({ method: 'GET /api/v1/stories/:id', status: 404, tenant: 'local', traceId }),
    ]);
  });

  it('the time a caller gives goes all the way', async () => {
    const headers = { 'x-request-id': 'long', 'exempla-timeout-ms': '60000' };
    await ask('POST', '/api/v1/generate-story', { child: mia, ...short }, headers);
    const hop = await mesh.hopOf(
      'the orchestrator',
      ({ service, requestId }) => requestId === 'long' && service === 'orchestrator',
    );
    expect(hop.deadlineLeftMs).toBeGreaterThan(50_000);
    expect(hop.deadlineLeftMs).toBeLessThanOrEqual(60_000);
  });

  it('nobody complains', () => expect(mesh.complaints()).toEqual([]));
});
