import type { DescService, FileRegistry } from '@bufbuild/protobuf';
import { createClient, type Client, type Transport } from '@connectrpc/connect';
import { createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { readImage } from '@exempla/contracts';
import { edgeIdentity } from '@exempla/rpc';
import { recordingLogger, type RecordingLogger } from '@exempla/testing';
import { connectDoor } from '../../src/connect/connect-door.ts';
import { createEdge, type AppOptions, type Edge } from '../../src/http/app.ts';
import { readRegistry } from '../../src/connect/forwarded-services.ts';
import { startFakeMesh, type FakeMesh } from './fake-mesh.ts';

const SERVERS = ['orchestrator', 'examples', 'audio', 'storage'];

export interface OpenDoor extends AsyncDisposable {
  mesh: FakeMesh;
  edge: Edge;
  url: string;
  log: RecordingLogger;
  registry: FileRegistry;
  service(name: string): DescService;
  /** By Connect in binary, by Connect in JSON, or by gRPC-Web. */
  client(protocol: Protocol, service: string, httpVersion?: '1.1'): Client<DescService>;
  /** A POST of Connect JSON, as curl would. */
  post(path: string, body: unknown, headers?: Record<string, string>, signal?: AbortSignal): Promise<Response>;
}

export type Protocol = 'connect' | 'connect-json' | 'grpc-web';
export const PROTOCOLS: Protocol[] = ['connect', 'connect-json', 'grpc-web'];

/** The door of an edge in front of a server that stands for all, in one process. */
export async function openDoor(
  env: NodeJS.ProcessEnv = { EXEMPLA_DEV: '1' },
  { image, ...options }: { image?: Uint8Array } & Partial<AppOptions> = {},
): Promise<OpenDoor> {
  const mesh = await startFakeMesh(env);
  const log = recordingLogger('gateway');
  const { logger } = log;
  const known = image ?? (await readImage());
  const targets = Object.fromEntries(SERVERS.map((name) => [name, mesh.target]));
  const edge = await createEdge({
    logger,
    credentials: { identity: await edgeIdentity(env) },
    bodyLimitBytes: 1 << 20,
    maxConnections: 1_000,
    requestsPerMinute: 0,
    failedCredentialsPerMinute: 0,
    trustedHops: 0,
    corsOrigins: [],
    doors: [connectDoor({ image: known, targets, logger })],
    open: [],
    ...options,
  });
  const { app } = edge;
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const registry = readRegistry(known);
  const service = (name: string): DescService => registry.getService(name)!;
  return {
    mesh,
    edge,
    url,
    log,
    registry,
    service,
    client: (protocol, name) => createClient(service(name), transportOf(protocol, url)),
    post: (path, body, headers, signal) =>
      fetch(`${url}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(signal ? { signal } : {}),
      }),
    [Symbol.asyncDispose]: async () => {
      app.server.closeAllConnections();
      await app.close();
      await mesh[Symbol.asyncDispose]();
    },
  };
}

function transportOf(protocol: Protocol, baseUrl: string): Transport {
  const options = { baseUrl, httpVersion: '1.1' } as const;
  if (protocol === 'grpc-web') return createGrpcWebTransport(options);
  return createConnectTransport({ ...options, useBinaryFormat: protocol === 'connect' });
}
