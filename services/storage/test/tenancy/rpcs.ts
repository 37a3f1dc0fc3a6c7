import { readdir } from 'node:fs/promises';
import { createClient, type Channel, type GenericService } from '@exempla/rpc';
import { type AnyMove, MOVES } from './moves.ts';

/** An RPC of the storage service, with how a tenant calls it. */
export interface Rpc {
  /** `Service/method`. */
  readonly name: string;
  readonly method: string;
  readonly service: GenericService;
  readonly isStream: { readonly request: boolean; readonly response: boolean };
  readonly move: AnyMove;
}

const GENERATED = new URL('../../../../packages/contracts/src/gen/exempla/storage/v1/', import.meta.url);

const isService = (value: unknown): value is GenericService =>
  typeof value === 'object' && value !== null && 'fullName' in value && 'methods' in value;

/** The service definitions that were generated from the protos of storage, whoever serves them. */
export async function storageServices(): Promise<GenericService[]> {
  const files = (await readdir(GENERATED)).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3));
  const modules = await Promise.all(
    files.map((file) => import(`@exempla/contracts/storage/v1/${file}`) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) => Object.values(module).filter(isService));
}

/** Every RPC there is, as far as a tenant knows how to call it: a spec demands that this is all of them. */
export async function storageRpcs(): Promise<Rpc[]> {
  return (await storageServices()).flatMap((service) =>
    Object.entries(service.methods).flatMap(([method, { requestStream, responseStream }]) => {
      const move = MOVES[service.name]?.[method];
      if (move === undefined) return [];
      const isStream = { request: requestStream, response: responseStream };
      return [{ name: `${service.name}/${method}`, method, service, isStream, move }];
    }),
  );
}

type Call = (request: unknown, options: { tenant: string; signal: AbortSignal }) => unknown;

/** The whole answer: the messages of a stream in a list, and the error in place of an answer that is none. */
export async function ask(channel: Channel, rpc: Rpc, request: unknown, tenant: string): Promise<unknown> {
  const client = createClient(rpc.service, channel) as Record<string, Call>;
  const leave = new AbortController();
  const sent = rpc.isStream.request ? messages(request as unknown[]) : request;
  try {
    const answering = client[rpc.method]?.(sent, { tenant, signal: leave.signal });
    return await (rpc.isStream.response ? collected(answering as AsyncIterable<unknown>, rpc.move) : answering);
  } catch (error) {
    return error;
  } finally {
    leave.abort();
  }
}

async function* messages(all: readonly unknown[]): AsyncGenerator<unknown> {
  yield* all;
}

async function collected(answers: AsyncIterable<unknown>, { until }: AnyMove): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const answer of answers) {
    all.push(answer);
    if (until?.(answer)) break;
  }
  return all;
}
