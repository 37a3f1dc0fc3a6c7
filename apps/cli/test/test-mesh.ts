import { eventually } from '@exempla/testing';
import type { Hop, Store } from '@exempla/launch';
import { checkHealth, openChannel } from '@exempla/rpc';
import { openLocalMesh, type LocalMeshOptions } from '../src/mesh/local-mesh.ts';

export const SERVICES = ['orchestrator', 'examples', 'audio', 'storage'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** What a service printed. */
export type MeshLine = Parameters<NonNullable<LocalMeshOptions['onLine']>>[0];

/** The mesh as separate processes of the built services, with everything they say kept. */
export interface TestMesh extends AsyncDisposable {
  /** `127.0.0.1:port` */
  addressOf(service: ServiceName | 'gateway'): string;
  pidOf(service: ServiceName): number;
  /** URL of the owner of the database. */
  readonly adminUrl: string;
  readonly store: Store;
  /** Every served call, as its server recorded it. */
  readonly hops: readonly Hop[];
  readonly lines: readonly MeshLine[];
  /** The hop that satisfies `wanted`, once its server has recorded it. */
  hopOf(what: string, wanted: (hop: Hop) => boolean): Promise<Hop>;
  /** Lines that tell of an error nobody expected, of a crash, or of a warning of the runtime. */
  complaints(): string[];
  /** What each service answers to gRPC health. */
  health(): Promise<Record<ServiceName, string>>;
}

/** Needs the services' `dist`. With DATABASE_ADMIN_URL set that server is used, in a database of its own. */
export async function startTestMesh(options: Partial<LocalMeshOptions> = {}): Promise<TestMesh> {
  const hops: Hop[] = [];
  const lines: MeshLine[] = [];
  const adminUrl = process.env['DATABASE_ADMIN_URL'];
  const local = await openLocalMesh({
    env: process.env,
    ...(adminUrl === undefined ? {} : { adminUrl }),
    ...options,
    onHop: (hop) => {
      hops.push(hop);
      options.onHop?.(hop);
    },
    onLine: (line) => {
      lines.push(line);
      options.onLine?.(line);
    },
  });
  return {
    addressOf: (service) => local.mesh.addressOf(service),
    pidOf: (service) => pidIn(local.mesh.processes(), service),
    adminUrl: local.adminUrl,
    store: local.store,
    hops,
    lines,
    hopOf: async (what, wanted) => {
      await eventually(what, () => hops.some(wanted));
      return hops.find(wanted)!;
    },
    complaints: () => lines.filter(isComplaint).map(({ process, text }) => `${process}: ${text}`),
    health: () => healthOf((service) => local.mesh.addressOf(service)),
    [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
  };
}

function pidIn(processes: readonly { name: string; pid: number }[], service: string): number {
  const found = processes.find(({ name }) => name === service);
  if (!found) throw new Error(`${service} does not run`);
  return found.pid;
}

/** `error` of the logger; what is no JSON was written by the runtime: a stack, a warning. */
const ERROR_LEVEL = 50;

const isComplaint = ({ json, text }: MeshLine): boolean =>
  json === undefined ? text.trim() !== '' : Number(json['level']) >= ERROR_LEVEL || json['msg'] === 'unexpected error';

async function healthOf(addressOf: (service: ServiceName) => string): Promise<Record<ServiceName, string>> {
  const answers = SERVICES.map(async (service) => {
    const channel = openChannel(addressOf(service));
    try {
      return [service, await checkHealth(channel, { timeoutMs: 2000 })] as const;
    } finally {
      channel.close();
    }
  });
  return Object.fromEntries(await Promise.all(answers)) as Record<ServiceName, string>;
}
