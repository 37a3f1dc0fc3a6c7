import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkProviders } from '../src/doctor/providers/providers.ts';

const KEY = 'el-very-secret';
const never = new AbortController().signal;

describe('what the doctor says of ElevenLabs', () => {
  let answer: { status: number; body: string };
  let asked: IncomingMessage | undefined;
  const server = createServer((request, response) => {
    asked = request;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => void server.close());

  const detail = (status: string): string => JSON.stringify({ detail: { status, message: KEY } });
  const left = (used: number): string => JSON.stringify({ character_count: used, character_limit: 30_000 });

  it.each([
    ['all is well', 200, left(10_000), 'ok', /takes the key, 20,000 of 30,000 characters are left/],
    ['the key is for speech alone', 401, detail('missing_permissions'), 'ok', /knows the key/],
    ['the key is refused', 401, detail('invalid_api_key'), 'fail', /refuses the key \(401\)/],
    ['all is spoken', 200, left(30_000), 'fail', /no credit is left/],
    ['the quota is empty', 401, detail('quota_exceeded'), 'fail', /no credit is left/],
    ['it is in trouble', 500, '{}', 'warn', /in trouble \(500\)/],
    ['it is something else', 200, '<html>', 'fail', /is not ElevenLabs/],
  ])('%s', async (_, status, body, level, says) => {
    answer = { status, body };
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const checks = await checkProviders({ ELEVENLABS_API_KEY: KEY, ELEVENLABS_BASE_URL: `${base}/` }, never);
    expect(checks[1]).toMatchObject({ name: 'elevenlabs', level, says: expect.stringMatching(says) });
    expect(JSON.stringify(checks)).not.toContain(KEY);
    expect(asked).toMatchObject({ url: '/v1/user/subscription', headers: { 'xi-api-key': KEY } });
  });

  it('is not asked without a key', async () => {
    expect(await checkProviders({ ELEVENLABS_API_KEY: '' }, never)).toHaveLength(1);
  });

  it('says when a key is set twice', async () => {
    const env = { ELEVENLABS_API_KEY: KEY, ELEVENLABS_API_KEY_FILE: '/nowhere' };
    expect((await checkProviders(env, never))[1]).toMatchObject({
      level: 'fail',
      says: expect.stringContaining('both set'),
    });
  });
});
