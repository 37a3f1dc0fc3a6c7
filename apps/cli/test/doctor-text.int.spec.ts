import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAiBehaviour, type ScriptedOpenAi, startScriptedOpenAi } from '@exempla/testing';
import { checkProviders } from '../src/doctor/providers/providers.ts';
import { workingDirectory } from './support.ts';

const KEY = 'sk-very-secret';
const never = new AbortController().signal;
const check = (env: Record<string, string>) => checkProviders(env, never);
const MODELS = [{ id: 'small' }, { id: 'large', shutdown_date: '2027-01-14' }, { id: 'llama3:latest' }];
const listed = { type: 'models', models: MODELS } as const;

/** One on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

describe('what the doctor says of a provider of text', () => {
  let upstream: ScriptedOpenAi;
  beforeAll(async () => {
    upstream = await startScriptedOpenAi(listed);
  });
  afterAll(async () => upstream[Symbol.asyncDispose]());

  const asked = async (behaviour: OpenAiBehaviour, env: Record<string, string> = {}) => {
    upstream.next(behaviour);
    const base = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODELS: 'small' };
    return check({ ...base, ...env });
  };

  it('asks nobody where no provider is named', async () => {
    expect(await check({ OPENAI_API_KEY: '', OPENAI_MODELS: 'small' })).toEqual([
      { name: 'text', level: 'ok', says: expect.stringMatching(/^offline; .*OPENAI_API_KEY/) },
    ]);
  });

  it.each<[string, OpenAiBehaviour, string, RegExp, RegExp | undefined]>([
    ['all is well', listed, 'ok', /takes the key, small of 3 models, \d+ ms$/, undefined],
    [
      'the key is refused',
      { type: 'fail', status: 401, message: `bad key ${KEY}` },
      'fail',
      /refuses the key \(401\)/,
      /OPENAI_API_KEY/,
    ],
    [
      'the key may not',
      { type: 'fail', status: 403, message: KEY },
      'fail',
      /refuses the key \(403\)/,
      /OPENAI_API_KEY/,
    ],
    [
      'the key may not list models',
      { type: 'fail', status: 403, message: 'Missing scopes: api.model.read' },
      'warn',
      /knows the key, which may not list models/,
      /Try it/,
    ],
    [
      'the quota is empty',
      { type: 'fail', status: 429, message: 'x', code: 'insufficient_quota' },
      'fail',
      /no credit is left/,
      /Buy some/,
    ],
    ['nothing was paid', { type: 'fail', status: 402, message: 'x' }, 'fail', /no credit is left/, /Buy some/],
    [
      'it is asked too often',
      { type: 'rate-limit', retryAfterS: 7 },
      'warn',
      /takes no more requests just now/,
      /^Wait 7 s/,
    ],
    ['it is in trouble', { type: 'fail', status: 503, message: 'x' }, 'warn', /in trouble \(503\)/, /later/],
    ['it resets', { type: 'reset' }, 'fail', /cannot be reached \((?:UND_ERR_SOCKET|ECONNRESET)\)/, /OPENAI_BASE_URL/],
    [
      'it answers a page',
      { type: 'page', contentType: 'text/html', body: '<html>' },
      'fail',
      /no list of models/,
      /ends in \/v1/,
    ],
    ['it answers nonsense', { type: 'nonsense' }, 'fail', /no list of models/, /ends in \/v1/],
  ])('%s', async (_, behaviour, level, says, todo) => {
    const checks = await asked(behaviour);
    expect(checks).toEqual([expect.objectContaining({ name: 'text', level, says: expect.stringMatching(says) })]);
    if (todo) expect(checks[0]?.todo).toMatch(todo);
    expect(JSON.stringify(checks)).not.toContain(KEY);
    expect(upstream.requests.at(-1)).toMatchObject({ apiKey: KEY });
  });

  it('says which model is near one that is not there, and which is about to go', async () => {
    expect(await asked(listed, { OPENAI_MODELS: 'smal,large' })).toEqual([
      expect.objectContaining({
        level: 'fail',
        says: expect.stringContaining('has no model "smal"'),
        todo: 'OPENAI_MODELS=small',
      }),
    ]);
    expect(
      (await asked(listed, { OPENAI_MODELS: 'large,llama3' })).map(({ level, says }) => `${level} ${says}`),
    ).toEqual([expect.stringMatching(/^ok .*large, llama3 of 3 models/), 'warn "large" is shut down on 2027-01-14']);
    expect((await asked({ type: 'models', models: [] }))[0]?.todo).toBe('OPENAI_MODELS=MODEL, once the server has one');
  });

  it('tells when the mesh that runs was started with other settings', async () => {
    upstream.next(listed);
    const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODELS: 'small' };
    const levels = async (given: Record<string, string>, running: string[]) =>
      (await checkProviders(given, never, running)).map(({ level, says }) => `${level} ${says}`);
    expect(await levels(env, ['small'])).toEqual([expect.stringMatching(/^ok .* takes the key/)]);
    expect(await levels(env, ['large'])).toEqual([
      expect.stringMatching(/^ok .* takes the key/),
      'warn the mesh that runs does not know small',
    ]);
    expect(await levels({}, [])).toEqual([expect.stringMatching(/^ok offline/)]);
    expect(await levels({}, ['large'])).toEqual([expect.stringMatching(/^ok the mesh that runs asks large; /)]);
  });

  it('finds the base URL that was meant', async () => {
    const root = new URL(upstream.baseUrl).origin;
    for (const path of ['', '/', '/v1/chat/completions', '/api'])
      expect((await asked(listed, { OPENAI_BASE_URL: `${root}${path}` }))[0]).toMatchObject({
        level: 'fail',
        todo: `OPENAI_BASE_URL=${upstream.baseUrl}`,
      });
  });

  it('does not show a password of the base URL, and names the file of the key', async () => {
    const [, rest] = upstream.baseUrl.split('//');
    await using directory = await workingDirectory();
    const file = join(directory.path, 'key');
    await writeFile(file, `${KEY}\n`);
    const [checked] = await asked(
      { type: 'fail', status: 401, message: 'x' },
      { OPENAI_BASE_URL: `http://${rest}?token=hidden`, OPENAI_API_KEY: '', OPENAI_API_KEY_FILE: file },
    );
    expect(checked).toMatchObject({ level: 'fail', todo: `Put another one into OPENAI_API_KEY_FILE (${file})` });
    expect(checked?.says).not.toContain('hidden');
  });

  it('says that a key is wanted where none was given', async () => {
    expect((await asked({ type: 'fail', status: 401, message: 'x' }, { OPENAI_API_KEY: '' }))[0]).toMatchObject({
      says: expect.stringContaining('wants a key'),
      todo: 'Set OPENAI_API_KEY',
    });
  });

  it('asks for the model of the voices, where there are any, with the key of their server alone', async () => {
    upstream.next(listed);
    const speech = async (env: Record<string, string>): Promise<string[]> => {
      const checks = (await check(env)).filter(({ name }) => name === 'speech');
      return checks.map(({ level, says, todo }) => `${level} ${says} → ${todo}`);
    };
    const text = { OPENAI_BASE_URL: 'http://127.0.0.1:2/v1', OPENAI_API_KEY: KEY, OPENAI_MODELS: 'small' };
    expect(await speech(text)).toEqual([]);
    const voices = { ...text, OPENAI_SPEECH_BASE_URL: upstream.baseUrl, OPENAI_TTS_VOICES: 'anna' };
    expect(await speech({ ...voices, OPENAI_TTS_MODEL: 'smal' })).toEqual([
      `fail ${upstream.baseUrl} has no model "smal" → OPENAI_TTS_MODEL=small`,
    ]);
    expect(upstream.requests.at(-1)?.apiKey).toBe('');
    expect(await speech({ ...voices, OPENAI_TTS_MODEL: 'small', OPENAI_SPEECH_API_KEY: 'other' })).toEqual([
      expect.stringMatching(/^ok .* takes the key, small of 3 models/),
    ]);
    expect(upstream.requests.at(-1)?.apiKey).toBe('other');
  });

  it('does not send what is no key', async () => {
    const before = upstream.requests.length;
    expect((await asked(listed, { OPENAI_API_KEY: 'sk one\ntwo' }))[0]).toMatchObject({
      says: expect.stringMatching(/^OPENAI_API_KEY does not hold a key/),
    });
    expect(upstream.requests).toHaveLength(before);
  });

  it('tells of settings with which the services would not start', async () => {
    expect(await check({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' })).toEqual([
      expect.objectContaining({ level: 'fail', says: expect.stringContaining('OPENAI_MODELS is empty') }),
    ]);
  });

  it('says who is not there, and who is not whom we trust', async () => {
    const tls = (name: string) => readFile(new URL(`../../../packages/rpc/test/tls/${name}`, import.meta.url));
    const server = createTlsServer({ cert: await tls('server.crt'), key: await tls('server.key') });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const at = (base: string) => asked(listed, { OPENAI_BASE_URL: base });
    const plain = upstream.baseUrl.replace('http:', 'https:');
    const checks = await Promise.all([
      at(`http://127.0.0.1:${await closedPort()}/v1`),
      at('http://nowhere.invalid/v1'),
      at(`https://127.0.0.1:${port}/v1`),
      at(plain),
    ]);
    server.closeAllConnections();
    server.close();
    expect(checks.flat().map(({ says, todo }) => `${says} → ${todo}`)).toEqual([
      expect.stringMatching(/^nothing runs at http:\/\/127\.0\.0\.1:\d+\/v1 → Start it there/),
      expect.stringMatching(/^the host of http:\/\/nowhere\.invalid\/v1 (?:is not known|cannot be looked up now) → /),
      expect.stringMatching(/certificate is not trusted \(\w+\) → NODE_EXTRA_CA_CERTS=FILE/),
      `${plain} speaks no TLS → OPENAI_BASE_URL=${upstream.baseUrl}`,
    ]);
  });

  it('gives up on one that says nothing', async () => {
    upstream.next({ type: 'silence' });
    const leave = new AbortController();
    const before = upstream.requests.length;
    const waiting = checkProviders({ OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODELS: 'small' }, leave.signal);
    while (upstream.requests.length === before) await new Promise(setImmediate);
    leave.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
  });
});
