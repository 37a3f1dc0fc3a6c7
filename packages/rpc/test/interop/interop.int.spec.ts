import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { CASE_NAMES, caseOf, type CaseName, type Seen } from './cases.ts';
import { connectBare, startBare } from './bare-peers.ts';
import { startOurs, type OurServer } from './our-server.ts';
import { connectOurs, type Connect, type InteropServer } from './peers.ts';
import { pythonMissing, runPythonClient, startPython } from './python-peers.ts';
import { startRelay, type Relay } from './relay.ts';

/** The request is 271,828 zeros: this few bytes cannot carry it as it is. */
const COMPRESSED_BYTES = 20_000;
const TIMEOUT_MS = 10_000;
const ECHO_INITIAL = 'x-grpc-test-echo-initial';
const ECHO_TRAILING = 'x-grpc-test-echo-trailing-bin';

const missing = await pythonMissing();
const isRequired = process.env['CI'] === 'true';
if (missing && !isRequired) {
  console.warn(`Python is left out: apt-get install python3-grpcio gives it what it needs.\n${missing}`);
}
/** Skipped only where the package is not installed and nobody asked for all tests. */
const describePython = missing && !isRequired ? describe.skip : describe;

/** The cases by a client in this process. */
function describeCases(connect: Connect, serverOf: () => InteropServer): void {
  it.each(CASE_NAMES)('%s', async (name) => {
    const { run, compressed = false, expected } = caseOf(name);
    await using relay = await startRelay(serverOf().target);
    const client = connect(compressed ? relay.target : serverOf().target, { compressed });
    try {
      expect(await run(client, { requestId: name, timeoutMs: TIMEOUT_MS })).toMatchObject(expected);
      if (compressed) expectCompressed(relay);
    } finally {
      client.close();
    }
  });
}

function expectCompressed(relay: Relay): void {
  expect(relay.sentBytes()).toBeGreaterThan(0);
  expect(relay.sentBytes()).toBeLessThan(COMPRESSED_BYTES);
}

/** Our own server beside the cases: what its handlers were told of the end, and that nothing is left of any call. */
function expectOurServer(serverOf: () => OurServer): void {
  afterEach(() => eventually('every call is over', () => serverOf().inFlight() === 0));

  it.each(CASE_NAMES.filter((name) => caseOf(name).serverEnd))('the handler of %s was told why', async (name) => {
    await eventually('the signal has aborted', () => serverOf().calls.ends.has(name));
    expect(serverOf().calls.ends.get(name)).toBe(caseOf(name).serverEnd);
  });
}

describe('our client and our server', () => {
  let server: OurServer;
  beforeAll(async () => {
    server = await startOurs();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  describeCases(connectOurs, () => server);
  expectOurServer(() => server);
});

describe('our client and a server of grpc-js alone', () => {
  let server: InteropServer;
  beforeAll(async () => {
    server = await startBare();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  describeCases(connectOurs, () => server);
});

describePython('our client and a server in Python', () => {
  let server: InteropServer;
  beforeAll(async () => {
    server = await startPython();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  describeCases(connectOurs, () => server);
});

describe('a client of grpc-js alone and our server', () => {
  let server: OurServer;
  beforeAll(async () => {
    server = await startOurs();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  describeCases(connectBare, () => server);
  expectOurServer(() => server);

  it('request_metadata', async () => {
    const client = new Client(server.target, credentials.createInsecure());
    const metadata = new Metadata();
    metadata.set('x-request-id', 'request_metadata');
    metadata.set(ECHO_INITIAL, 'test_initial_metadata_value');
    metadata.set(ECHO_TRAILING, Buffer.from('ababab', 'hex'));
    const asIs = (bytes: Buffer): Buffer => bytes;
    const path = '/grpc.testing.TestService/UnaryCall';
    await new Promise<void>((resolve, reject) => {
      client.makeUnaryRequest(path, asIs, asIs, Buffer.alloc(0), metadata, (error) =>
        error ? reject(error) : resolve(),
      );
    });
    client.close();
    expectMetadata(server);
  });
});

describePython('a client in Python and our server', () => {
  let server: OurServer;
  let relay: Relay;
  let seen: Map<string, Seen[]>;
  beforeAll(async () => {
    server = await startOurs();
    relay = await startRelay(server.target);
    seen = await runPythonClient(server.target, relay.target, [...CASE_NAMES, 'request_metadata']);
  });
  afterAll(async () => {
    await relay?.[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  it.each(CASE_NAMES)('%s', (name: CaseName) => {
    expect(seen.get(name)).toMatchObject(caseOf(name).expected);
    if (caseOf(name).compressed) expectCompressed(relay);
  });
  expectOurServer(() => server);

  it('request_metadata', () => {
    expect(seen.get('request_metadata')).toMatchObject([{ code: 0 }]);
    expectMetadata(server);
  });
});

/** What of custom_metadata the server's side can do: the handler reads what was sent, text and bytes. */
function expectMetadata({ calls }: OurServer): void {
  const metadata = calls.contexts.get('request_metadata')?.metadata;
  expect(metadata?.get(ECHO_INITIAL)).toEqual(['test_initial_metadata_value']);
  expect(metadata?.get(ECHO_TRAILING)).toEqual([Buffer.from('ababab', 'hex')]);
}
