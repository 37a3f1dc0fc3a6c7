import { isIP } from 'node:net';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { findPortHolder, type PortHolder, variable } from '@exempla/launch';
import {
  checkHealth,
  openChannel,
  ReceivedMetadata,
  RemoteError,
  SERVICE_HEADER,
  VERSION_HEADER,
} from '@exempla/rpc/client';
import { peerError } from '../commands/peers.ts';
import type { PeerProblem } from '../problems.ts';
import { harmless } from '../terminal/text.ts';
import { type Check, fail, ok, warn } from './check.ts';

/** One service of the proto for each that is asked for its health. */
const PROBES: Readonly<Record<string, string>> = {
  orchestrator: StoryServiceDefinition.fullName,
  examples: ExampleServiceDefinition.fullName,
  audio: SpeechServiceDefinition.fullName,
  storage: ObjectServiceDefinition.fullName,
};

/** What was found where a service should be. */
export interface Found {
  service: string;
  target: string;
  state: 'serving' | 'not-serving' | PeerProblem;
  /** Who it says it is; empty when it does not. */
  says: { service: string; version: string };
  ms: number;
  /** Who listens on the port, when that is on this machine and may be seen. */
  holder: PortHolder | undefined;
}

const LIMIT_MS = 3000;

/** Asks every service for its health. */
export const findServices = (targets: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Found[]> =>
  Promise.all(Object.keys(PROBES).map((service) => find(service, targets[service] ?? '', signal)));

async function find(service: string, target: string, signal: AbortSignal): Promise<Found> {
  const channel = openChannel(target);
  const received = new ReceivedMetadata();
  const began = performance.now();
  const ask = checkHealth(channel, { service: PROBES[service] ?? '', timeoutMs: LIMIT_MS, signal, received });
  const state = await ask.then(
    (health) => (health === 'SERVING' ? 'serving' : 'not-serving'),
    (error: unknown) => {
      if (error instanceof RemoteError) return peerError(service, target, error).problem;
      throw error;
    },
  );
  const ms = performance.now() - began;
  channel.close();
  const header = (name: string): string => String(received.headers?.get(name)[0] ?? '');
  const says = { service: header(SERVICE_HEADER), version: header(VERSION_HEADER) };
  return { service, target, state, says, ms, holder: await holderAt(target) };
}

/** Only of an address of this machine. */
async function holderAt(target: string): Promise<PortHolder | undefined> {
  const [, host = '', port] = /^(?:ipv4:)?([^:/]+):(\d+)$/.exec(target) ?? [];
  const local = host === 'localhost' || (isIP(host) === 4 && host.startsWith('127.'));
  return local ? findPortHolder(Number(port)) : undefined;
}

/** What is as it should be. */
export interface Expected {
  /** Ours. */
  version: string;
  /** Where `exempla up` has them. */
  ports: Readonly<Record<string, number>>;
}

const DATABASE_FIRST = 'It serves again when its database is there';

/** What there is to say of the services. */
export function checkServices(found: readonly Found[], expected: Expected): Check[] {
  if (found.every(({ state }) => state === 'nobody'))
    return [
      fail(
        'mesh',
        `nothing runs at ${found.map(({ target }) => target).join(', ')}`,
        'Start it: exempla up, or npm run up. Does it run elsewhere? EXEMPLA_ORCHESTRATOR_TARGET=host:port, and so for the others',
      ),
    ];
  return found.flatMap((one) => [checkService(one, expected), ...(one.service === 'storage' ? databaseOf(one) : [])]);
}

function checkService(found: Found, { version, ports }: Expected): Check {
  const { service, target, state, says, ms, holder } = found;
  const log = `See .exempla/logs/${service}.log, or where its log goes`;
  switch (state) {
    case 'serving': {
      const text = `${target} serving, ${says.version || 'version unknown'}, ${ms.toFixed(0)} ms${ofProcess(holder)}`;
      if (says.version === '' || says.version === version) return ok(service, text);
      return warn(service, text, `This is exempla ${version}: npm ci && npm run build, then start the mesh again`);
    }
    case 'not-serving':
      return fail(
        service,
        `${target} answers, but does not serve${ofProcess(holder)}`,
        service === 'storage' ? DATABASE_FIRST : log,
      );
    case 'nobody':
      return fail(service, `nothing runs at ${target}, though others of the mesh do`, `${log}; exempla up starts all`);
    case 'unresolved':
      return fail(service, `the host of ${target} is not known`, `Correct ${variable(service, 'TARGET')}`);
    case 'silent':
    case 'other':
      return fail(service, strangerAt(found), todoAbout(found, ports[service] ?? 0));
  }
}

const ofProcess = (holder: PortHolder | undefined): string => (holder ? `, process ${holder.pid}` : '');

function strangerAt({ service, target, state, says, holder }: Found): string {
  if (says.service !== '') return `${target} is ${harmless(says.service)}, not ${service}`;
  const who = holder ? `process ${holder.pid} (${harmless(holder.command)})` : 'what listens there';
  if (state === 'silent') return `nothing comes back from ${target}: ${who} hangs, or is not ${service}`;
  return `${target} is taken: ${who} is not ${service}`;
}

function todoAbout({ service, target, says, holder }: Found, usual: number): string {
  const name = variable(service, 'TARGET');
  if (says.service !== '') return `Correct ${name}; the usual one is 127.0.0.1:${usual}`;
  if (!holder) return `Correct ${name}, or its TLS: EXEMPLA_TLS_CA_FILE when ${target} speaks TLS`;
  return `End it: kill ${holder.pid}. Or take another port: ${variable(service, 'PORT')}=${usual + 100} exempla up`;
}

/** The database is seen through the service that needs it. */
function databaseOf({ state }: Found): Check[] {
  if (state === 'serving') return [ok('database', 'reachable, as storage says')];
  if (state !== 'not-serving') return [];
  const todo = 'Start exempla up again, or check the server of DATABASE_ADMIN_URL; .exempla/logs/storage.log says more';
  return [fail('database', 'storage cannot reach it', todo)];
}
