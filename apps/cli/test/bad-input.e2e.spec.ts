import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@grpc/grpc-js';
import {
  DefinitionServiceDefinition,
  type GenerateDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { AUDIO_ROWS } from './bad-input/audio.ts';
import { DEFINITION_ROWS } from './bad-input/definitions.ts';
import { EXAMPLES_ROWS } from './bad-input/examples.ts';
import { OBJECT_ROWS, REFUSED_OBJECT } from './bad-input/objects.ts';
import { ORCHESTRATOR_ROWS } from './bad-input/orchestrator.ts';
import type { Made, Row } from './bad-input/row.ts';
import { bareCall, type BareCall, makeCall, openBare, type Outcome } from './bare-call.ts';
import { SERVICES, type ServiceName, startTestMesh, type TestMesh } from './test-mesh.ts';

const ROWS: readonly Row[] = [
  ...ORCHESTRATOR_ROWS,
  ...EXAMPLES_ROWS,
  ...AUDIO_ROWS,
  ...DEFINITION_ROWS,
  ...OBJECT_ROWS,
];
const NEVER = ['UNKNOWN', 'INTERNAL'];
const REQUEST = { id: 'bad-input-1', term: 'estuary' };

const titleOf = ({ at, case: what, code, reason = '', fields = [] }: Row): string =>
  [`${at}: ${what} →`, code, reason, ...fields].filter(Boolean).join(' ');

describe('bad input', () => {
  let mesh: TestMesh;
  let made: Made;
  const clients: Partial<Record<ServiceName, { plain: Client; gzip: Client }>> = {};
  const send = (service: ServiceName, call: BareCall, way: 'plain' | 'gzip' = 'plain'): Promise<Outcome> =>
    makeCall(clients[service]![way], call);

  beforeAll(async () => {
    mesh = await startTestMesh();
    for (const service of SERVICES) {
      const address = mesh.addressOf(service);
      clients[service] = { plain: openBare(address), gzip: openBare(address, { gzip: true }) };
    }
    const generated = await send(
      'orchestrator',
      bareCall(DefinitionServiceDefinition, 'generateDefinition', { term: REQUEST.term, requestId: REQUEST.id }),
    );
    expect(generated).toMatchObject({ code: 'OK' });
    const definition = (generated.replies[0] as GenerateDefinitionResponse).definition!.name;
    const object = 'objects/here';
    const stored = await send(
      'storage',
      bareCall(ObjectServiceDefinition, 'uploadObject', [{ part: { $case: 'header', value: { name: object } } }]),
    );
    expect(stored).toMatchObject({ code: 'OK' });
    made = { definition, object, request: REQUEST };
  });

  afterAll(async () => {
    for (const client of Object.values(clients).flatMap(Object.values<Client>)) client.close();
    await mesh?.[Symbol.asyncDispose]();
  });

  it.each(ROWS.map((row) => [titleOf(row), row] as const))('%s', async (_, row) => {
    const { at, call, gzip, code, reason = '', fields = [] } = row;
    const sent = await send(at, call(made), gzip ? 'gzip' : 'plain');
    // Both sides keep the deadline: whichever is first answers, grpc-js without a reason, a server of ours with one.
    const isLate = code === 'DEADLINE_EXCEEDED' && sent.reason === 'DEADLINE_EXCEEDED';
    const outcome = isLate ? { ...sent, reason: '', domain: '' } : sent;
    expect(NEVER).not.toContain(outcome.code);
    expect({ code: outcome.code, reason: outcome.reason, fields: outcome.fields }).toEqual({ code, reason, fields });
    expect(outcome.domain).toMatch(reason === '' ? /^$/ : /^[a-z]+\.exempla$/);
  });

  describe('afterwards', () => {
    it('nothing refused was stored', async () => {
      const call = bareCall(ObjectServiceDefinition, 'getObject', { name: REFUSED_OBJECT });
      expect(await send('storage', call)).toMatchObject({ code: 'NOT_FOUND', reason: 'OBJECT_NOT_FOUND' });
    });

    it('no service has ended a call with UNKNOWN or INTERNAL', () => {
      expect(mesh.hops.filter(({ status }) => NEVER.includes(status))).toEqual([]);
    });

    it('a call without a deadline has had its default, one above the maximum the maximum', () => {
      const left = mesh.hops
        .filter(({ method }) => method.endsWith('DefinitionService/GenerateDefinition'))
        .map(({ deadlineLeftMs }) => deadlineLeftMs);
      expect(left.length).toBeGreaterThan(20);
      // Nothing longer than the 120 s of the method's option, and the one that asked for a day had those.
      expect(Math.max(...left)).toBeLessThanOrEqual(120_000);
      expect(Math.max(...left)).toBeGreaterThan(119_000);
    });

    it('no service has complained of anything', () => {
      expect(mesh.complaints()).toEqual([]);
    });

    it('every service still serves, in the process it started in', async () => {
      expect(await mesh.health()).toEqual(Object.fromEntries(SERVICES.map((service) => [service, 'SERVING'])));
      const started = new Set(mesh.hops.map(({ service, pid }) => `${service} ${pid}`));
      expect([...started].toSorted()).toEqual(SERVICES.map((name) => `${name} ${mesh.pidOf(name)}`).toSorted());
    });
  });
});
