import { describe, expect, it } from '@jest/globals';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError } from '@connectrpc/connect';
import { readImage } from '@exempla/contracts';
import { MeshTokens } from '@exempla/rpc';
import { recordingLogger } from '@exempla/testing';
import fastify from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDoor } from '../../src/connect/connect-door.ts';
import { openDoor, PROTOCOLS } from './open-door.ts';

const STORIES = 'exempla.orchestrator.v1.StoryService';
const MESH_KEY = randomBytes(32).toString('hex');
const ISSUER = { EXEMPLA_JWT_ISSUER: 'https://issuer.test', EXEMPLA_JWT_AUDIENCE: 'exempla' };

/** An issuer with a key of its own, and the environment of whoever believes it. */
async function startIssuer() {
  const directory = await mkdtemp(join(tmpdir(), 'exempla-door-'));
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const [keys, mesh] = [join(directory, 'jwks.json'), join(directory, 'mesh.key')];
  await writeFile(keys, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA' }] }));
  await writeFile(mesh, MESH_KEY);
  const token = (): Promise<string> =>
    new SignJWT({ tenant: 'acme', sub: 'ann', iss: ISSUER.EXEMPLA_JWT_ISSUER, aud: ISSUER.EXEMPLA_JWT_AUDIENCE })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setExpirationTime('5m')
      .sign(privateKey);
  const env = { ...ISSUER, EXEMPLA_JWT_KEYS_FILE: keys, EXEMPLA_MESH_KEY_FILE: mesh };
  return { env, token, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

/** The image with one method made one of services only. */
async function withServiceMethod(service: string, method: string): Promise<Uint8Array> {
  const set = fromBinary(FileDescriptorSetSchema, await readImage());
  const services = set.file.flatMap((file) => file.service);
  const found = services.find(({ name }) => name === service)!.method.find(({ name }) => name === method)!;
  // ACCESS_SERVICE of exempla.options.v1.access.
  (found.options!.$unknown ??= []).push({ no: 50102, wireType: 0, data: Uint8Array.of(4) });
  return toBinary(FileDescriptorSetSchema, set);
}

describe('who is behind the Connect door', () => {
  it('is the bearer of the token: services are told by a token of the mesh, and never see the other', async () => {
    await using issuer = await startIssuer();
    await using door = await openDoor(issuer.env);
    const authorization = `Bearer ${await issuer.token()}`;
    expect((await door.post(`${STORIES}/GetStory`, { name: 'stories/1' }, { authorization })).status).toBe(200);
    const [context] = door.mesh.probe.contexts;
    expect(context).toMatchObject({ tenant: 'acme', subject: 'ann' });
    expect(context!.metadata.get('authorization')).toEqual([]);
    expect(context!.metadata.get('exempla-identity')).toHaveLength(1);
  });

  it.each(PROTOCOLS)('nobody without a credential is let in, and hears why by %s', async (protocol) => {
    await using issuer = await startIssuer();
    await using door = await openDoor(issuer.env);
    for (const call of ['getStory', 'rateStory']) {
      const client = door.client(protocol, STORIES) as unknown as Record<string, (request: object) => Promise<unknown>>;
      const error = await client[call]!({ name: 'stories/1' }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ConnectError);
      expect((error as ConnectError).code).toBe(Code.Unauthenticated);
      const [info] = (error as ConnectError).findDetails(door.registry.getMessage('google.rpc.ErrorInfo')!);
      expect(info).toMatchObject({ reason: 'CREDENTIAL_MISSING' });
    }
    expect(door.mesh.probe.contexts).toEqual([]);
  });

  it('what services say to each other is believed of nobody outside', async () => {
    await using issuer = await startIssuer();
    await using door = await openDoor(issuer.env);
    const own = new MeshTokens([MESH_KEY]).mint({ tenant: 'acme', subject: 'eve', admin: true }, Date.now() + 60_000);
    const headers = { 'exempla-identity': own, 'exempla-tenant': 'acme' };
    expect((await door.post(`${STORIES}/GetStory`, { name: 'stories/1' }, headers)).status).toBe(401);
    const authorization = `Bearer ${own}`;
    expect((await door.post(`${STORIES}/GetStory`, { name: 'stories/1' }, { authorization })).status).toBe(401);
    expect(door.mesh.probe.contexts).toEqual([]);
  });

  it('who calls too often hears so in the protocol that he speaks', async () => {
    await using door = await openDoor({ EXEMPLA_DEV: '1' }, { requestsPerMinute: 1 });
    expect((await door.post(`${STORIES}/GetStory`, { name: 'stories/1' })).status).toBe(200);
    const response = await door.post(`${STORIES}/GetStory`, { name: 'stories/1' });
    expect([response.status, await response.json()]).toMatchObject([
      429,
      {
        code: 'resource_exhausted',
        details: [{ debug: { reason: 'RATE_LIMITED' } }, { type: 'google.rpc.RetryInfo' }],
      },
    ]);
  });

  it('pages of named origins may call, and answers have the headers of all answers', async () => {
    await using door = await openDoor({ EXEMPLA_DEV: '1' }, { corsOrigins: ['https://stories.example'] });
    const headers = { origin: 'https://stories.example' };
    const asked = { ...headers, 'access-control-request-method': 'POST' };
    const preflight = await fetch(`${door.url}/${STORIES}/GetStory`, { method: 'OPTIONS', headers: asked });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('connect-protocol-version');
    const { headers: answered } = await door.post(`${STORIES}/GetStory`, { name: 'stories/1' }, headers);
    expect(answered.get('access-control-allow-origin')).toBe('https://stories.example');
    expect(answered.get('x-content-type-options')).toBe('nosniff');
    expect(answered.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('a method for services only is not here', async () => {
    await using door = await openDoor(
      { EXEMPLA_DEV: '1' },
      {
        image: await withServiceMethod('StoryService', 'RateStory'),
      },
    );
    expect((await door.post(`${STORIES}/RateStory`, { name: 'stories/1', rating: 1 })).status).toBe(404);
    expect((await door.post(`${STORIES}/GetStory`, { name: 'stories/1' })).status).toBe(200);
    expect(door.mesh.probe.contexts).toHaveLength(1);
  });

  it('a service whose address nobody knows is told of at the start', async () => {
    const { logger } = recordingLogger('gateway');
    const targets = { orchestrator: '127.0.0.1:1', audio: '127.0.0.1:1', storage: '127.0.0.1:1' };
    const door = connectDoor({ image: await readImage(), targets, logger });
    await expect(async () => fastify().register(door)).rejects.toThrow(
      'exempla.examples.v1.ExampleService is in the image, but nothing serves examples',
    );
  });
});
