import { describe, expect, it } from '@jest/globals';
import { status, type MethodDefinition, type UntypedHandleCall } from '@grpc/grpc-js';
import { recordingLogger } from '@exempla/testing';
import { Admission, LATE_LOOP_FLOOR, type GrpcMethod } from '../src/server/admission.ts';
import { LAG_LIMIT_MS, LoopLag } from '../src/server/loop-lag.ts';
import { serviceConfig } from '../src/client/service-config.ts';
import { ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';

/** A door whose load the test sets. */
function door(maxInFlight: number): { admission: Admission; load: { inFlight: number }; loop: LoopLag } {
  const load = { inFlight: 0 };
  const loop = new LoopLag();
  const { logger } = recordingLogger('door');
  const options = { maxInFlight, inFlight: () => load.inFlight, maxWatches: 1, watches: () => 0, logger, loop };
  return { admission: new Admission(options), load, loop };
}

/** A method that counts what is asked of it. */
function method(requestStream = false): { counts: { decoded: number; handled: number }; method: GrpcMethod } {
  const counts = { decoded: 0, handled: 0 };
  const definition = {
    requestStream,
    requestDeserialize: () => (counts.decoded += 1),
  } as unknown as MethodDefinition<unknown, unknown>;
  const handler = (() => (counts.handled += 1)) as unknown as UntypedHandleCall;
  return { counts, method: { definition, handler, isWatch: false } };
}

/** One call as grpc-js makes it; its status when it was refused. */
function callOf({ definition, handler }: GrpcMethod): { code: status } | undefined {
  let refused: { code: status } | undefined;
  const request = definition.requestDeserialize(Buffer.alloc(0));
  const serve = handler as unknown as (call: object, reply: (answer: { code: status }) => void) => void;
  serve({ request }, (answer) => (refused = answer));
  return refused;
}

describe('Admission', () => {
  it('neither decodes nor handles what it refuses', () => {
    const { admission, load } = door(2);
    const probe = method();
    const guarded = admission.protect(probe.method);
    load.inFlight = 1;
    expect(callOf(guarded)).toBeUndefined();
    load.inFlight = 2;
    expect(callOf(guarded)).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    expect(probe.counts).toEqual({ decoded: 1, handled: 1 });
    load.inFlight = 1;
    expect(callOf(guarded)).toBeUndefined();
    expect(admission.refused).toBe(1);
  });

  it('goes on decoding the requests of a stream that was let in', () => {
    const { admission, load } = door(1);
    const probe = method(true);
    const guarded = admission.protect(probe.method);
    load.inFlight = 1;
    guarded.definition.requestDeserialize(Buffer.alloc(0));
    expect(probe.counts.decoded).toBe(1);
  });

  it('takes a late loop for full above the floor only', () => {
    const { admission, load, loop } = door(1_000);
    loop.record(LAG_LIMIT_MS + 1);
    loop.record(LAG_LIMIT_MS + 1);
    load.inFlight = LATE_LOOP_FLOOR - 1;
    expect(admission.isFull()).toBe(false);
    load.inFlight = LATE_LOOP_FLOOR;
    expect(admission.isFull()).toBe(true);
    loop.record(0);
    expect(admission.isFull()).toBe(false);
  });
});

describe('the retry policy', () => {
  it('leaves watches out: their end is no failure, and they resume', () => {
    const named = serviceConfig([ProbeServiceDefinition]).methodConfig.flatMap(({ name }) => name);
    expect(named.map((one) => one.method)).toEqual(['Read']);
  });
});
