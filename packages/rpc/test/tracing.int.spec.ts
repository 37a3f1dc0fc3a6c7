import { BinaryReader } from '@bufbuild/protobuf/wire';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { spanExport, type EndedSpan } from '@exempla/telemetry';
import { eventually, gate, recordSpans } from '@exempla/testing';
import { failure, startProbe } from './probe-server.ts';

const ASK = 'exempla.rpctest.v1.ProbeService/Ask';

/** Every span that ends while `work` runs. */
async function recorded(work: () => Promise<void>): Promise<readonly EndedSpan[]> {
  using recording = recordSpans();
  await work();
  return recording.spans;
}

describe('spans', () => {
  it('form one trace over hops: client above server above client above server', async () => {
    await using setup = await startProbe();
    const spans = await recorded(async () => {
      await setup.client.ask({ behaviour: 'chain' }, { tenant: 'acme', requestId: 'r-1' });
      await eventually('all are over', () => setup.server.inFlight() === 0);
    });
    expect(spans).toHaveLength(4);
    expect(new Set(spans.map(({ trace }) => trace.traceId)).size).toBe(1);
    const root = spans.find(({ trace }) => !trace.parentSpanId)!;
    const below = (span: EndedSpan) => spans.find(({ trace }) => trace.parentSpanId === span.trace.spanId)!;
    const chain = [root, below(root), below(below(root)), below(below(below(root)))];
    expect(chain.map(({ kind }) => kind)).toEqual(['client', 'server', 'client', 'server']);
    expect(chain.every(({ status }) => status === 'OK')).toBe(true);
    const left = chain.map(({ attributes }) => attributes['exempla.deadline.left_ms'] as number);
    expect(left).toEqual(left.toSorted((a, b) => b - a));
    expect(chain[3]!.attributes).toMatchObject({ 'exempla.tenant': 'acme', 'exempla.request_id': 'r-1' });
  });

  it('end with every call: on an error, at the deadline, when the caller goes (S1-59)', async () => {
    await using setup = await startProbe();
    const { client } = setup;
    const spans = await recorded(async () => {
      await failure(client.ask({ behaviour: 'bug' }));
      await failure(client.ask({ behaviour: 'wait' }, { timeoutMs: 450 }));
      const cancel = new AbortController();
      setup.probe.waiting = gate();
      void setup.probe.waiting.promise.then(() => cancel.abort());
      await failure(client.ask({ behaviour: 'deaf' }, { signal: cancel.signal }));
      for await (const _ of client.count({ to: 100_000, payloadBytes: 1_000 })) break;
      await eventually('all are over', () => setup.server.inFlight() === 0);
    });
    const statuses = (kind: string) => spans.filter((span) => span.kind === kind).map(({ status }) => status);
    const expected = ['INTERNAL', 'DEADLINE_EXCEEDED', 'CANCELLED', 'CANCELLED'];
    expect(statuses('client')).toEqual(expected);
    expect(statuses('server')).toEqual(expected);
  });

  it('are not made where nobody takes them: the server is below the caller itself', async () => {
    await using setup = await startProbe();
    const trace = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true };
    await setup.client.ask({ behaviour: 'answer' }, { trace });
    expect(spanExport()).toBeUndefined();
    const line = setup.log.lines.find(({ kind }) => kind === 'span')!;
    expect(line).toMatchObject({ traceId: trace.traceId, parentSpanId: trace.spanId });
  });
});

describe('OTLP', () => {
  it('a collector gets every span of a sampled trace, and none of one that its caller does not sample', async () => {
    const collector = await recordingCollector();
    const before = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    // The exporter reads where to send to itself.
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${collector.port}`;
    try {
      const setup = await startProbe({ env: { ...process.env, EXEMPLA_DEV: '1' } });
      const seen = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true };
      const unseen = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), sampled: false };
      await setup.client.ask({ behaviour: 'chain' }, { trace: seen, tenant: 'acme' });
      await setup.client.ask({ behaviour: 'chain' }, { trace: unseen, tenant: 'acme' });
      await failure(setup.client.ask({ behaviour: 'bug' }, { trace: seen }));
      await setup[Symbol.asyncDispose]();
      const spans = collector.spans;
      expect(spans).toHaveLength(6);
      expect(spans.every(({ traceId, name }) => traceId === seen.traceId && name === ASK)).toBe(true);
      // SERVER is 2 and CLIENT 3; an ERROR is 2.
      expect(spans.map(({ kind }) => kind).toSorted((a, b) => a - b)).toEqual([2, 2, 2, 3, 3, 3]);
      expect(spans.filter(({ status }) => status === 2)).toHaveLength(2);
      const first = spans.find(({ parentSpanId }) => parentSpanId === seen.spanId)!;
      expect(spans.some(({ parentSpanId }) => parentSpanId === first.spanId)).toBe(true);
    } finally {
      if (before === undefined) delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
      else process.env.OTEL_EXPORTER_OTLP_ENDPOINT = before;
      collector.close();
    }
  });

  it('a collector that is away costs no call, and holds up no stop', async () => {
    const before = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:1';
    try {
      const setup = await startProbe({ env: { ...process.env, EXEMPLA_DEV: '1' } });
      expect((await setup.client.ask({ behaviour: 'answer' })).text).toBe('hello');
      await setup[Symbol.asyncDispose]();
      expect(spanExport()).toBeUndefined();
      expect(setup.log.lines.filter(({ event }) => event === 'spans-lost')).toHaveLength(1);
    } finally {
      if (before === undefined) delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
      else process.env.OTEL_EXPORTER_OTLP_ENDPOINT = before;
    }
  });
});

interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  status: number;
}

/** A collector that keeps what it is sent, read with the field numbers of opentelemetry/proto/trace/v1/trace.proto. */
async function recordingCollector(): Promise<{ port: number; spans: CollectedSpan[]; close: () => void }> {
  const spans: CollectedSpan[] = [];
  const server = new Server();
  const same = (bytes: Buffer): Buffer => bytes;
  const definition = {
    export: {
      path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  };
  server.addService(definition, {
    export: (call: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>) => {
      for (const resource of nested(call.request, 1))
        for (const scope of nested(resource, 2)) spans.push(...nested(scope, 2).map(spanOf));
      reply(null, Buffer.alloc(0));
    },
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, spans, close: () => server.forceShutdown() };
}

/** Every value of a message, by field number. */
function fieldsOf(bytes: Uint8Array): Map<number, (Uint8Array | number)[]> {
  const reader = new BinaryReader(bytes);
  const fields = new Map<number, (Uint8Array | number)[]>();
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const values = fields.get(field) ?? [];
    fields.set(field, values);
    if (wireType === 2) values.push(reader.bytes());
    else if (wireType === 0) values.push(Number(reader.uint64()));
    else reader.skip(wireType, field);
  }
  return fields;
}

const nested = (bytes: Uint8Array, field: number): Uint8Array[] => (fieldsOf(bytes).get(field) ?? []) as Uint8Array[];

function spanOf(bytes: Uint8Array): CollectedSpan {
  const fields = fieldsOf(bytes);
  const hex = (field: number): string => Buffer.from((fields.get(field)?.[0] ?? '') as Uint8Array).toString('hex');
  const status = fields.get(15)?.[0] as Uint8Array | undefined;
  return {
    traceId: hex(1),
    spanId: hex(2),
    parentSpanId: hex(4),
    name: Buffer.from(fields.get(5)?.[0] as Uint8Array).toString(),
    kind: fields.get(6)?.[0] as number,
    status: status ? Number(fieldsOf(status).get(3)?.[0] ?? 0) : 0,
  };
}
