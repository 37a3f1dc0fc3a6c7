import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { HeroServiceDefinition } from '@exempla/contracts/orchestrator/v1/hero_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import {
  type Channel,
  channelCredentials,
  createClient,
  type GenericService,
  openChannel,
  RemoteError,
  type CallOptions,
} from '@exempla/rpc/client';
import { readConfig } from '../config.ts';

/** One call, as it crosses to the worker. */
export interface SyncCall {
  /** `package.Service` */
  service: string;
  method: string;
  request: unknown;
  timeoutMs: number | undefined;
  target?: string;
  token?: string;
  tenant?: string;
}

/** What comes back. */
export type Answer = { value: unknown } | { remote: Pick<RemoteError, 'method' | 'code' | 'message' | 'details'> };

const SERVICES: readonly GenericService[] = [
  StoryServiceDefinition,
  ChildServiceDefinition,
  HeroServiceDefinition,
  DefinitionServiceDefinition,
  ExampleServiceDefinition,
  SpeechServiceDefinition,
];

type Method = (request: unknown, options: CallOptions) => Promise<unknown> | AsyncIterable<unknown>;

const channels = new Map<string, Channel>();

/** Makes the call; runs in the worker. */
export async function makeCall(call: SyncCall): Promise<Answer> {
  const definition = SERVICES.find(({ fullName }) => fullName === call.service);
  if (!definition)
    throw new Error(`${call.service} is not one of ${SERVICES.map(({ fullName }) => fullName).join(', ')}`);
  const { targets, caller, env } = await readConfig();
  const { token = caller.token, tenant = caller.tenant, timeoutMs } = call;
  const target = call.target ?? targets[call.service.split('.')[1] ?? ''] ?? '';
  const channel = channels.get(target) ?? openChannel(target, SERVICES, { credentials: await channelCredentials(env) });
  channels.set(target, channel);
  const method = (createClient(definition, channel) as unknown as Record<string, Method>)[call.method]!;
  try {
    const reply = method(call.request, {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(token === undefined ? {} : { metadata: { authorization: `Bearer ${token}` } }),
      ...(tenant === undefined ? {} : { tenant }),
    });
    return { value: reply instanceof Promise ? await reply : await all(reply) };
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return { remote: { method: error.method, code: error.code, message: error.message, details: error.details } };
  }
}

async function all(replies: AsyncIterable<unknown>): Promise<unknown[]> {
  const list = [];
  for await (const reply of replies) list.push(reply);
  return list;
}
