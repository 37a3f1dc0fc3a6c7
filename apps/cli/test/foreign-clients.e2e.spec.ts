import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { HeroServiceDefinition } from '@exempla/contracts/orchestrator/v1/hero_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { EventStoreServiceDefinition } from '@exempla/contracts/storage/v1/event_store_service';
import { HeroStoreServiceDefinition } from '@exempla/contracts/storage/v1/hero_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { SERVICES, type ServiceName, startTestMesh, type TestMesh } from './test-mesh.ts';

const run = promisify(execFile);
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const IMAGE = pathOf('../../../packages/contracts/image/exempla.binpb');
const BUF = pathOf('../../../node_modules/.bin/buf');
/** Debian's, whatever other Python is in the path: the grpcio of its packages belongs to it. */
const PYTHON = '/usr/bin/python3';

let mesh: TestMesh;
beforeAll(async () => {
  mesh = await startTestMesh();
});
afterAll(async () => mesh?.[Symbol.asyncDispose]());

/** One case of `foreign_client.py`. */
interface Case {
  service: ServiceName;
  name: string;
  /** gRPC status code. */
  code: number;
  replies: Record<string, unknown>[];
  details: {
    ErrorInfo?: { reason: string; domain: string };
    BadRequest?: { fieldViolations: { field: string; description: string }[] };
  };
  same_hash?: boolean[];
}

const missing = await run(PYTHON, ['-c', 'import grpc, google.protobuf']).then(
  () => undefined,
  (error: Error) => error.message.trim(),
);
const isRequired = process.env['CI'] === 'true';
if (missing && !isRequired) {
  console.warn(`The Python client is skipped: apt-get install python3-grpcio gives it what it needs.\n${missing}`);
}

// Skipped only where the package is not installed and nobody asked for all tests.
(missing && !isRequired ? describe.skip : describe)('a client in Python with messages from the proto image', () => {
  let cases: Case[];
  const caseOf = (service: ServiceName, name: string): Case => {
    const found = cases.find((one) => one.service === service && one.name === name);
    if (!found) throw new Error(`the client did not get to ${service} ${name}`);
    return found;
  };
  const hopOf = (service: ServiceName, name: string) =>
    mesh.hopOf(
      `a span of ${service} ${name}`,
      // Services called on the way carry the same request id.
      (hop) => hop.service === service && hop.requestId === `foreign-${service}-${name}`,
    );

  beforeAll(async () => {
    const addresses = Object.fromEntries(SERVICES.map((service) => [service, mesh.addressOf(service)]));
    cases = await runPython(addresses);
  }, 60_000);

  const UNARY: Record<ServiceName, unknown> = {
    orchestrator: { definition: { term: 'river', text: expect.any(String) } },
    examples: { sense: { lemma: 'river' }, sets: [{ kind: 'EXAMPLE_KIND_EXPLANATION', status: 'STATUS_OK' }] },
    audio: { voices: expect.arrayContaining([expect.objectContaining({ engine: 'flite' })]) },
    storage: { definitions: [{ name: expect.stringMatching(/^definitions\//) }] },
  };
  const BAD_FIELDS: Record<ServiceName, string[]> = {
    orchestrator: ['term', 'max_examples'],
    examples: ['max_examples'],
    audio: ['speed'],
    storage: ['name'],
  };

  describe.each(SERVICES)('%s', (service) => {
    it('answers a unary call, whose deadline it has read', async () => {
      const { code, replies } = caseOf(service, 'unary');
      expect(code).toBe(0);
      expect(replies).toMatchObject([UNARY[service]]);
      // The method's default would be 10 s, its maximum may cut the 20 s asked for.
      const { deadlineLeftMs, status, pid } = await hopOf(service, 'unary');
      expect(status).toBe('OK');
      expect(pid).toBe(mesh.pidOf(service));
      const asked = service === 'audio' ? 10_000 : 20_000;
      expect(deadlineLeftMs).toBeLessThanOrEqual(asked);
      expect(deadlineLeftMs).toBeGreaterThan(asked - 1_000);
    });

    it('answers a stream', () => {
      const { code, replies } = caseOf(service, 'stream');
      expect(code).toBe(0);
      expect(replies.length).toBeGreaterThan(2);
      expect(Object.keys(replies[0]!)).toEqual(['header']);
    });

    it('a deadline that has passed is DEADLINE_EXCEEDED, bare', () => {
      expect(caseOf(service, 'deadline')).toMatchObject({ code: 4, replies: [], details: {} });
    });

    it('an unknown method is UNIMPLEMENTED, bare', () => {
      expect(caseOf(service, 'unknown-method')).toMatchObject({ code: 12, details: {} });
    });

    it('a bad field is INVALID_ARGUMENT, and BadRequest names it', () => {
      const { code, details } = caseOf(service, 'bad-field');
      expect(code).toBe(3);
      expect(details.ErrorInfo).toMatchObject({ reason: 'INVALID_REQUEST' });
      const violations = details.BadRequest?.fieldViolations ?? [];
      expect(violations.map(({ field }) => field)).toEqual(BAD_FIELDS[service]);
      for (const { description } of violations) expect(description).not.toBe('');
    });

    it('a cancelled call ends as CANCELLED here, and there', async () => {
      expect(caseOf(service, 'cancel').code).toBe(1);
      await mesh.hopOf(
        `a cancelled span of ${service}`,
        (hop) => hop.service === service && hop.requestId === `foreign-${service}-cancel` && hop.status === 'CANCELLED',
      );
    });

    it('tells its health', () => {
      expect(caseOf(service, 'health')).toMatchObject({ code: 0, replies: [{ status: 'SERVING' }] });
    });
  });

  it('an upload of 8 MiB arrives as it was sent, and comes back so', () => {
    expect(caseOf('storage', 'upload')).toMatchObject({
      code: 0,
      replies: [{ name: 'objects/foreign/sound.bin', sizeBytes: String(8 << 20) }],
      same_hash: [true],
    });
    expect(caseOf('storage', 'stream').same_hash).toEqual([true]);
  });

  it('an upload that breaks off is seen by the server and leaves nothing', async () => {
    expect(caseOf('storage', 'broken-upload').code).toBe(1);
    expect((await hopOf('storage', 'broken-upload')).status).toBe('CANCELLED');
    expect(caseOf('storage', 'after-broken-upload')).toMatchObject({
      code: 5,
      details: { ErrorInfo: { reason: 'OBJECT_NOT_FOUND' } },
    });
  });
});

/** Runs the client and reads its lines. */
async function runPython(addresses: Record<string, string>): Promise<Case[]> {
  const child = spawn(PYTHON, [pathOf('./foreign_client.py'), IMAGE], { stdio: 'pipe' });
  child.stdin.end(JSON.stringify(addresses));
  const [out, err, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (exitCode !== 0) throw new Error(`the client ended with ${String(exitCode)}: ${err}`);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
}

interface Served {
  readonly fullName: string;
  readonly methods: Readonly<Record<string, { readonly name: string }>>;
}

const methodsOf = (...services: readonly Served[]): string[] =>
  services.flatMap(({ fullName, methods }) => Object.values(methods).map(({ name }) => `${fullName}/${name}`));

describe('buf curl by reflection', () => {
  interface Calls {
    methods: string[];
    unary: readonly [method: string, request: object, reply: unknown];
    stream: readonly [method: string, request: object];
  }
  const CALLS: Record<ServiceName, Calls> = {
    orchestrator: {
      methods: methodsOf(
        ChildServiceDefinition,
        DefinitionServiceDefinition,
        HeroServiceDefinition,
        StoryServiceDefinition,
      ),
      unary: [
        'exempla.orchestrator.v1.DefinitionService/GenerateDefinition',
        { term: 'glacier', allowDuplicate: true },
        { definition: { term: 'glacier', text: expect.any(String) } },
      ],
      stream: [
        'exempla.orchestrator.v1.DefinitionService/StreamDefinition',
        { request: { term: 'valley', allow_duplicate: true } },
      ],
    },
    examples: {
      methods: methodsOf(ExampleServiceDefinition),
      unary: [
        'exempla.examples.v1.ExampleService/DefineTerm',
        { term: 'glacier' },
        { sense: { lemma: 'glacier' }, text: expect.any(String) },
      ],
      stream: ['exempla.examples.v1.ExampleService/StreamExamples', { request: { term: 'glacier' } }],
    },
    audio: {
      methods: methodsOf(SpeechServiceDefinition),
      unary: [
        'exempla.audio.v1.SpeechService/ListVoices',
        {},
        { voices: expect.arrayContaining([expect.objectContaining({ engine: 'flite' })]) },
      ],
      stream: ['exempla.audio.v1.SpeechService/Synthesize', { text: 'A glacier moves.' }],
    },
    storage: {
      methods: methodsOf(
        BudgetServiceDefinition,
        ChildStoreServiceDefinition,
        DefinitionStoreServiceDefinition,
        EventStoreServiceDefinition,
        HeroStoreServiceDefinition,
        ObjectServiceDefinition,
        StoryStoreServiceDefinition,
      ),
      unary: [
        'exempla.storage.v1.ObjectService/UploadObject',
        { header: { name: 'objects/curl', content_type: 'text/plain' } },
        { name: 'objects/curl', contentType: 'text/plain' },
      ],
      stream: ['exempla.storage.v1.ObjectService/DownloadObject', { name: 'objects/curl' }],
    },
  };

  const curl = async (...args: string[]): Promise<string> => {
    const flags = ['curl', '--protocol', 'grpc', '--http2-prior-knowledge', '--reflect', '--timeout', '10s'];
    return (await run(process.execPath, [BUF, ...flags, ...args], { maxBuffer: 64 << 20 })).stdout;
  };
  const call = async (service: ServiceName, method: string, request: object): Promise<unknown[]> =>
    documentsIn(await curl('-d', JSON.stringify(request), `http://${mesh.addressOf(service)}/${method}`));

  describe.each(SERVICES)('%s', (service) => {
    const { methods, unary, stream } = CALLS[service];

    it('lists its methods, and health', async () => {
      const listed = (await curl('--list-methods', `http://${mesh.addressOf(service)}`)).trim().split('\n');
      const expected = [...methods, 'grpc.health.v1.Health/Check', 'grpc.health.v1.Health/Watch'];
      expect(listed.toSorted()).toEqual(expect.arrayContaining(expected.toSorted()));
      expect(listed.filter((name) => name.startsWith('exempla.')).toSorted()).toEqual(methods.toSorted());
    });

    it('answers a unary call', async () => {
      const [method, request, reply] = unary;
      expect(await call(service, method, request)).toMatchObject([reply]);
    });

    it('answers a stream, header first', async () => {
      const replies = await call(service, ...stream);
      expect(Object.keys(replies[0] as object)).toEqual(['header']);
      expect(replies.length).toBeGreaterThan(service === 'storage' ? 0 : 1);
    });

    it('tells its health', async () => {
      expect(await call(service, 'grpc.health.v1.Health/Check', {})).toEqual([{ status: 'SERVING' }]);
    });
  });

  it('a refusal has its details', async () => {
    const failed = await call('examples', CALLS.examples.unary[0], { term: '' }).then(
      () => undefined,
      (error: { code: number; stderr: string }) => error,
    );
    // The status, shifted by three bits.
    expect(failed?.code).toBe(3 << 3);
    expect(failed?.stderr).toMatch(/"invalid_argument"/);
    expect(failed?.stderr).toMatch(/google\.rpc\.BadRequest/);
  });
});

/** JSON documents one behind the other, as `buf curl` prints a stream: each begins at the start of a line. */
const documentsIn = (output: string): unknown[] =>
  output
    .split(/^(?=\{)/m)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(part) as unknown);
