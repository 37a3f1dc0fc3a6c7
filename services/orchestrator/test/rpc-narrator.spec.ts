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

  const job = { text: 'Hello.', voice: '', language: 'en', object: 'objects/stories/1/narration.wav' };
  const time = { signal: new AbortController().signal, budgetMs: 1000 };
  const lost = new Error('the answer is lost');

  it.each([
    ['the whole sound was sent: it is removed', Infinity, [job.object]],
    ['only a part was sent: there is nothing to remove', 1, []],
  ])('the answer to an upload is lost and %s (S3-102)', async (_, taken, expected) => {
    const removed: string[] = [];
    async function* synthesize() {
      yield { part: { $case: 'header', value: { voice: 'slt', contentType: 'audio/wav' } } };
      yield { part: { $case: 'chunk', value: new Uint8Array(8) } };
    }
    const objects = {
      uploadObject: async (parts: AsyncIterable<unknown>) => {
        let count = 0;
        for await (const _part of parts) if ((count += 1) === taken) break;
        throw lost;
      },
      deleteObject: async ({ name }: { name: string }) => {
        removed.push(name);
        return {};
      },
    };
    const narrator = new RpcNarrator({ synthesize } as never, objects as never);
    await expect(narrator.narrate(job, time)).rejects.toBe(lost);
    expect(removed).toEqual(expected);
  });
});
