import { Client, credentials, Metadata, type ServiceError, type StatusObject } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ECHO_BYTES, ECHO_INITIAL, ECHO_TEXT, ECHO_TRAILING } from './cases.ts';
import { startOurs, type OurServer } from './our-server.ts';
import { connectOurs } from './peers.ts';

/**
 * The case custom_metadata wants a handler to send initial and trailing metadata, and a client to read them. A handler of
 * ours is given metadata to read only, and a client of ours gives replies only: so it cannot run in any pairing yet. What
 * it wants of the server stands here, for a client of grpc-js alone.
 */
const itOnceHandlersSendMetadata = it.skip;

let server: OurServer;
beforeAll(async () => {
  server = await startOurs();
});
afterAll(async () => server[Symbol.asyncDispose]());

const asIs = (bytes: Buffer): Buffer => bytes;

/** An empty UnaryCall by grpc-js alone, and the metadata of its answer. */
async function unaryCall(requestId: string): Promise<{ initial: Metadata; trailing: Metadata }> {
  const client = new Client(server.target, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set('x-request-id', requestId);
  metadata.set(ECHO_INITIAL, ECHO_TEXT);
  metadata.set(ECHO_TRAILING, ECHO_BYTES);
  try {
    return await new Promise((resolve, reject) => {
      let initial = new Metadata();
      const done = (error: ServiceError | null): void => (error ? reject(error) : undefined);
      const path = '/grpc.testing.TestService/UnaryCall';
      const call = client.makeUnaryRequest(path, asIs, asIs, Buffer.alloc(0), metadata, done);
      call.on('metadata', (received: Metadata) => (initial = received));
      call.on('status', (status: StatusObject) => resolve({ initial, trailing: status.metadata }));
    });
  } finally {
    client.close();
  }
}

const metadataOf = (requestId: string) => server.calls.contexts.get(requestId)?.metadata;

describe('metadata', () => {
  it('of a client of grpc-js alone reaches the handler, text and bytes', async () => {
    await unaryCall('from-bare');
    expect(metadataOf('from-bare')?.get(ECHO_INITIAL)).toEqual([ECHO_TEXT]);
    expect(metadataOf('from-bare')?.get(ECHO_TRAILING)).toEqual([ECHO_BYTES]);
  });

  it('of our client reaches the handler, text only', async () => {
    const client = connectOurs(server.target);
    await client.test.unaryCall({}, { requestId: 'from-ours', metadata: { [ECHO_INITIAL]: ECHO_TEXT } });
    client.close();
    expect(metadataOf('from-ours')?.get(ECHO_INITIAL)).toEqual([ECHO_TEXT]);
  });

  itOnceHandlersSendMetadata('custom_metadata', async () => {
    const { initial, trailing } = await unaryCall('echoed');
    expect(initial.get(ECHO_INITIAL)).toEqual([ECHO_TEXT]);
    expect(trailing.get(ECHO_TRAILING)).toEqual([ECHO_BYTES]);
  });
});
