import { createHmac, generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import {
  createClient,
  MeshTokens,
  openChannel,
  RemoteError,
  status,
  type CallOptions,
  type GenericService,
} from '@exempla/rpc';
import { SERVICES, startTestMesh, type ServiceName, type TestMesh } from './test-mesh.ts';

const SERVED: [ServiceName, GenericService][] = [
  ['orchestrator', DefinitionServiceDefinition],
  ['examples', ExampleServiceDefinition],
  ['audio', SpeechServiceDefinition],
  ['storage', DefinitionStoreServiceDefinition],
  ['storage', ObjectServiceDefinition],
];

const MESH_KEY = randomBytes(32).toString('hex');
const CLAIMS = { tenant: 'acme', subject: 'ann', admin: false };

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const inMinutes = (minutes: number): number => Math.floor(Date.now() / 1000) + minutes * 60;

/** A token of the mesh's own key with whatever in it. */
function meshToken(payload: unknown): string {
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(payload)}`;
  return `${signed}.${createHmac('sha256', MESH_KEY).update(signed).digest('base64url')}`;
}

/** A JWT of the issuer, with other claims where `change` says so. */
async function jwt(key: KeyObject, change: object = {}): Promise<string> {
  const claims = { iss: 'issuer', aud: 'exempla', sub: 'ann', tenant: 'acme', exp: inMinutes(5), ...change };
  const signed = `${encoded({ alg: 'EdDSA' })}.${encoded(claims)}`;
  const signature = await promisify(sign)(null, Buffer.from(signed), key);
  return `${signed}.${signature.toString('base64url')}`;
}

type Method = (request: unknown, options: CallOptions) => Promise<unknown> | AsyncIterable<unknown>;

async function* nothing(): AsyncGenerator<never> {}

describe('a mesh whose services know each other by a key', () => {
  let mesh: TestMesh;
  let directory: string;
  let issuer: KeyObject;
  let stranger: KeyObject;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'exempla-identity-'));
    const pair = await promisify(generateKeyPair)('ed25519');
    issuer = pair.privateKey;
    stranger = (await promisify(generateKeyPair)('ed25519')).privateKey;
    const keyFile = join(directory, 'mesh.key');
    const pemFile = join(directory, 'issuer.pem');
    await writeFile(keyFile, MESH_KEY, { mode: 0o600 });
    await writeFile(pemFile, pair.publicKey.export({ type: 'spki', format: 'pem' }));
    mesh = await startTestMesh({
      env: {
        ...process.env,
        EXEMPLA_MESH_KEY_FILE: keyFile,
        EXEMPLA_JWT_KEYS_FILE: pemFile,
        EXEMPLA_JWT_ISSUER: 'issuer',
        EXEMPLA_JWT_AUDIENCE: 'exempla',
      },
    });
  });
  afterAll(async () => {
    await mesh?.[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  /** What every method of every service answers to a call with `metadata`. */
  async function answers(metadata: Record<string, string>): Promise<string[]> {
    const all = SERVED.map(async ([service, definition]) => {
      const channel = openChannel(mesh.addressOf(service));
      const client = createClient(definition, channel) as unknown as Record<string, Method>;
      const calls = Object.entries(definition.methods).map(async ([name, method]) => {
        const reply = client[name]!(method.requestStream ? nothing() : {}, { metadata });
        return `${service}.${name}: ${await outcome(reply)}`;
      });
      return Promise.all(calls).finally(() => channel.close());
    });
    return (await Promise.all(all)).flat();
  }

  it.each<[string, string, () => Promise<Record<string, string>> | Record<string, string>]>([
    ['the bare tenant header', 'CREDENTIAL_MISSING', () => ({ 'exempla-tenant': 'acme' })],
    [
      'a forged token of the mesh',
      'CREDENTIAL_INVALID',
      () => ({ 'exempla-identity': new MeshTokens(['x'.repeat(64)]).mint(CLAIMS, Date.now() + 60_000) }),
    ],
    [
      'an expired token of the mesh',
      'CREDENTIAL_EXPIRED',
      () => ({ 'exempla-identity': new MeshTokens([MESH_KEY]).mint(CLAIMS, Date.now() - 1_000) }),
    ],
    [
      'a token of the mesh key for another audience',
      'CREDENTIAL_INVALID',
      () => ({ 'exempla-identity': meshToken({ tenant: 'acme', sub: 'ann', aud: 'web', exp: inMinutes(1) }) }),
    ],
    ['a forged JWT', 'CREDENTIAL_INVALID', async () => ({ authorization: `Bearer ${await jwt(stranger)}` })],
    [
      'an expired JWT',
      'CREDENTIAL_EXPIRED',
      async () => ({ authorization: `Bearer ${await jwt(issuer, { exp: inMinutes(-5) })}` }),
    ],
    [
      'a JWT for another audience',
      'CREDENTIAL_INVALID',
      async () => ({ authorization: `Bearer ${await jwt(issuer, { aud: 'shop' })}` }),
    ],
  ])('%s is refused by every method of every service', async (_name, reason, make) => {
    const told = await answers(await make());
    expect(told.length).toBeGreaterThanOrEqual(SERVED.length);
    expect(told.filter((one) => !one.endsWith(`: UNAUTHENTICATED ${reason}`))).toEqual([]);
  });

  it('a caller with a JWT is the same caller in every service behind', async () => {
    const channel = openChannel(mesh.addressOf('orchestrator'));
    try {
      const metadata = { authorization: `Bearer ${await jwt(issuer)}` };
      const client = createClient(DefinitionServiceDefinition, channel);
      const requestId = `identity-${randomBytes(4).toString('hex')}`;
      const { definition, degraded } = await client.generateDefinition(
        { term: 'river', narrate: true, allowDuplicate: true },
        { metadata, requestId, timeoutMs: 30_000 },
      );
      expect(degraded).toEqual([]);
      expect(definition!.examples).toHaveLength(6);
      for (const service of SERVICES)
        await mesh.hopOf(service, (hop) => hop.requestId === requestId && hop.service === service);
      const hops = mesh.hops.filter((hop) => hop.requestId === requestId);
      expect(hops.filter(({ tenant }) => tenant !== 'acme')).toEqual([]);
    } finally {
      channel.close();
    }
  });
});

async function outcome(reply: Promise<unknown> | AsyncIterable<unknown>): Promise<string> {
  try {
    if (Symbol.asyncIterator in reply) for await (const one of reply) void one;
    else await reply;
    return 'OK';
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return `${status[error.code]} ${error.reason}`;
  }
}
