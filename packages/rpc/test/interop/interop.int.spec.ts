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
    const { target } = serverOf();
    await using relay = compressed ? await startRelay(target) : undefined;
    const client = connect(relay?.target ?? target, { compressed });
    try {
      expect(await run(client, { requestId: name, timeoutMs: TIMEOUT_MS })).toMatchObject(expected);
      if (relay) expectCompressed(relay);
    } finally {
      client.close();
    }
  });
}

function expectCompressed(relay: Relay): void {
  expect(relay.sentBytes()).toBeGreaterThan(0);
  expect(relay.sentBytes()).toBeLessThan(COMPRESSED_BYTES);
}

const NOTICED = CASE_NAMES.filter((name) => caseOf(name).serverEnd);
/**
 * node:http2 ends the requests of a stream before it resets it, so a call that grpc-js cancels may look finished to the
 * handler: what it was told depends on which of the two frames it came to see. A client of ours leaves the first out.
 */
const NOTICED_OF_GRPC_JS = NOTICED.filter((name) => name !== 'cancel_after_first_response');

/** Our own server beside the cases: what its handlers were told of the end, and that nothing is left of any call. */
function expectOurServer(serverOf: () => OurServer, noticed: readonly CaseName[]): void {
  afterEach(() => eventually('every call is over', () => serverOf().inFlight() === 0));

  it.each(noticed)('the handler of %s was told why', async (name) => {
    const { ends } = serverOf().calls;
    await eventually('the signal has aborted', () => ends.has(name));
    expect(caseOf(name).serverEnd).toContain(ends.get(name));
  });
}

describe('our client and our server', () => {
  let server: OurServer;
  beforeAll(async () => {
    server = await startOurs();
  });
  afterAll(async () => server[Symbol.asyncDispose]());
  describeCases(connectOurs, () => server);
  expectOurServer(() => server, NOTICED);
});

describe('our client and a server of grpc-js alone', () => {
  let server: InteropServer;
  beforeAll(async () => {
    server = await startBare();
  });
  afterAll(async () => server[Symbol.asyncDispose]());
  describeCases(connectOurs, () => server);
});

describePython('our client and a server in Python', () => {
  let server: InteropServer;
  beforeAll(async () => {
    server = await startPython();
  });
  afterAll(async () => server[Symbol.asyncDispose]());
  describeCases(connectOurs, () => server);
});

describe('a client of grpc-js alone and our server', () => {
  let server: OurServer;
  beforeAll(async () => {
    server = await startOurs();
  });
  afterAll(async () => server[Symbol.asyncDispose]());
  describeCases(connectBare, () => server);
  expectOurServer(() => server, NOTICED_OF_GRPC_JS);
});

describePython('a client in Python and our server', () => {
  let server: OurServer;
  let relay: Relay;
  let seen: Map<string, Seen[]>;
  beforeAll(async () => {
    server = await startOurs();
    relay = await startRelay(server.target);
    seen = await runPythonClient(server.target, relay.target, CASE_NAMES);
  });
  afterAll(async () => {
    await relay?.[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  it.each(CASE_NAMES)('%s', (name: CaseName) => {
    expect(seen.get(name)).toMatchObject(caseOf(name).expected);
    if (caseOf(name).compressed) expectCompressed(relay);
  });
  expectOurServer(() => server, NOTICED);
});
