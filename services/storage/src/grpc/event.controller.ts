import { Controller, Inject } from '@nestjs/common';
import {
  type AppendBatchRequest,
  type AppendBatchResponse,
  type AppendRequest,
  type AppendResponse,
  EventStoreServiceDefinition,
  type ReadAllRequest,
  type ReadAllResponse,
  type ReadStreamRequest,
  type ReadStreamResponse,
  type SubscribeRequest,
  type SubscribeResponse,
} from '@exempla/contracts/storage/v1/event_store_service';
import { type CallContext, RpcMethod } from '@exempla/rpc';
import {
  appendBatch,
  appendEvents,
  type AppendQueue,
  type EventLog,
  positionInvalid,
  PositionTokens,
  readAll,
  readStream,
  type SharedTail,
  subscribe,
} from '../events/index.ts';
import {
  fromAppended,
  fromOutcome,
  fromPart,
  fromPosition,
  fromRecorded,
  streamOf,
  toAppend,
  toDirection,
  toFilter,
} from './event-mapping.ts';
import { checkRequest } from './request-checks.ts';

/** Injection token of what the use cases need. */
export const EVENT_PORTS = Symbol('event-ports');

export interface EventPorts {
  readonly log: EventLog;
  readonly queue: AppendQueue;
  readonly tail: SharedTail;
}

@Controller()
export class EventController {
  #tokens: PositionTokens | undefined;

  constructor(@Inject(EVENT_PORTS) private readonly ports: EventPorts) {}

  @RpcMethod(EventStoreServiceDefinition, 'append')
  async append(request: AppendRequest, context: CallContext): Promise<AppendResponse> {
    checkRequest(request);
    const tokens = await this.tokens(context);
    const append = toAppend(context.tenant, request);
    return fromAppended(tokens, context.tenant, await appendEvents(this.ports.queue, context, append));
  }

  @RpcMethod(EventStoreServiceDefinition, 'appendBatch')
  async appendBatch(request: AppendBatchRequest, context: CallContext): Promise<AppendBatchResponse> {
    checkRequest(request);
    const tokens = await this.tokens(context);
    const appends = request.requests.map((each) => toAppend(context.tenant, each));
    const outcomes = await appendBatch(this.ports.queue, context, appends);
    return { results: outcomes.map((outcome) => fromOutcome(tokens, context.tenant, outcome)) };
  }

  @RpcMethod(EventStoreServiceDefinition, 'readStream')
  async *readStream(request: ReadStreamRequest, context: CallContext): AsyncGenerator<ReadStreamResponse, void> {
    const tokens = await this.tokens(context);
    const reading = {
      stream: streamOf(request.stream),
      from: request.fromRevision,
      direction: toDirection(request.direction),
      limit: request.limit,
    };
    for await (const events of readStream(this.ports.log, context, reading)) {
      yield { events: fromRecorded(tokens, events) };
    }
  }

  @RpcMethod(EventStoreServiceDefinition, 'readAll')
  async *readAll(request: ReadAllRequest, context: CallContext): AsyncGenerator<ReadAllResponse, void> {
    const tokens = await this.tokens(context);
    const reading = {
      after: this.position(tokens, context.tenant, request.afterPosition),
      direction: toDirection(request.direction),
      limit: request.limit,
      filter: toFilter(request.filter),
    };
    for await (const { events, through } of readAll(this.ports.log, context, reading)) {
      yield { events: fromRecorded(tokens, events), position: fromPosition(tokens, context.tenant, through) };
    }
  }

  @RpcMethod(EventStoreServiceDefinition, 'subscribe')
  async *subscribe(request: SubscribeRequest, context: CallContext): AsyncGenerator<SubscribeResponse, void> {
    const tokens = await this.tokens(context);
    const after = this.position(tokens, context.tenant, request.afterPosition) ?? 0n;
    const subscription = { after: request.fromNow ? ('now' as const) : after, filter: toFilter(request.filter) };
    for await (const part of subscribe(this.ports, context, subscription)) {
      yield fromPart(tokens, context.tenant, part);
    }
  }

  private async tokens(context: CallContext): Promise<PositionTokens> {
    return (this.#tokens ??= new PositionTokens(await this.ports.log.positionKey(context)));
  }

  private position(tokens: PositionTokens, tenant: string, token: string): bigint | undefined {
    if (token === '') return undefined;
    const position = tokens.open(tenant, token);
    if (position === undefined) throw positionInvalid('after_position', token);
    return position;
  }
}
