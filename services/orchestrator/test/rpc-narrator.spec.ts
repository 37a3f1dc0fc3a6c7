import { describe, expect, it } from '@jest/globals';
import { currentCall, Deadline, runInCall, type CallContext } from '@exempla/rpc';
import { RpcNarrator } from '../src/adapters/rpc-narrator.ts';

const cancelled: CallContext = {
  service: 'orchestrator',
  method: 'exempla.orchestrator.v1.DefinitionService/GenerateDefinition',
  signal: AbortSignal.abort(new Error('the caller is gone')),
  deadline: Deadline.after(0),
  reserveMs: 30,
  tenant: 'acme',
  subject: 'ann',
  requestId: 'r-1',
  traceId: 'a'.repeat(32),
  trace: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true },
  metadata: { get: () => [] },
  reply: { header() {}, trailer() {}, sendHeaders() {} },
};

describe('RpcNarrator', () => {
  it('discards a sound although the call that made it was cancelled', async () => {
    const calls: (CallContext | undefined)[] = [];
    const objects = {
      deleteObject: async () => {
        calls.push(currentCall());
        return {};
      },
    };
    const narrator = new RpcNarrator({} as never, objects as never);
    await runInCall(cancelled, () => narrator.discard('objects/definitions/1/narration.wav'));
    expect(calls).toHaveLength(1);
    expect(calls[0]!.signal.aborted).toBe(false);
    expect(calls[0]!.deadline.remainingMs()).toBeGreaterThan(0);
    expect(calls[0]!.tenant).toBe('acme');
  });
});
