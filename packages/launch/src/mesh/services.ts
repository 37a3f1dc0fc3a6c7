import { fileURLToPath } from 'node:url';
import { type Asks, namesProvider } from './environment.ts';

/** A service as the launcher knows it. The order is that of the printed lists. */
export interface ServiceSpec {
  name: string;
  /** Port of `npm run up`, on 127.0.0.1. */
  port: number;
  /** Services it calls; it is told their addresses, and starts after them. */
  calls: readonly string[];
  /** Whether it keeps data: it then gets the database and a directory for objects, and starts after PostgreSQL. */
  stores?: true;
  /** What it asks of providers, where there are any: it then gets the variables that name them. */
  asks?: Asks;
  /** What it speaks; gRPC when it is not said. Who speaks HTTP says at `/readyz` that it serves. */
  speaks?: 'http';
}

/** The way in from outside; a mesh does without it unless it is asked for. */
export const GATEWAY: ServiceSpec = {
  name: 'gateway',
  port: 8080,
  calls: ['orchestrator', 'examples', 'audio', 'storage'],
  speaks: 'http',
};

/** The services behind the gateway. */
export const SERVICES: readonly ServiceSpec[] = [
  { name: 'orchestrator', port: 50051, calls: ['examples', 'audio', 'storage'], asks: 'text' },
  { name: 'examples', port: 50052, calls: [], asks: 'text' },
  { name: 'audio', port: 50053, calls: [], asks: 'speech' },
  { name: 'storage', port: 50054, calls: [], stores: true },
];

/**
 * The services as they are in this environment: who asks providers pays from the budgets that storage keeps. Without a
 * provider it does not wait for storage.
 */
export const servicesIn = (env: NodeJS.ProcessEnv, services: readonly ServiceSpec[]): readonly ServiceSpec[] =>
  services.map((service) =>
    service.asks && namesProvider(env, service.asks)
      ? { ...service, calls: [...new Set([...service.calls, 'storage'])] }
      : service,
  );

/** `EXEMPLA_AUDIO_PORT` */
export const variable = (service: string, name: string): string => `EXEMPLA_${service.toUpperCase()}_${name}`;

/** The built program of a service. */
export const entryOf = (service: string): string =>
  fileURLToPath(new URL(`../../../../services/${service}/dist/main.js`, import.meta.url));

/** Who is called by nobody, who is called only by those, and so on. */
export function layersOf(services: readonly ServiceSpec[]): ServiceSpec[][] {
  const layers: ServiceSpec[][] = [];
  for (let left = services; left.length > 0;) {
    const called = new Set(left.flatMap(({ calls }) => calls));
    layers.push(left.filter(({ name }) => !called.has(name)));
    left = left.filter(({ name }) => called.has(name));
  }
  return layers;
}
