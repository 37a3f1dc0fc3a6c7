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

  const job = { text: 'Hello.', voice: '', language: 'en', name: 'stories/1' };
  const time = { signal: new AbortController().signal, budgetMs: 1000 };
  const lost = new Error('the answer is lost');

  it.each([
    ['the whole sound was sent: it is removed', Infinity, ['objects/stories/1/narration.wav']],
    ['only a part was sent: there is nothing to remove', 1, []],
  ])('the answer to an upload is lost and %s (S3-102)', async (_, taken, expected) => {
    const removed: string[] = [];
    async function* synthesize() {
      yield {
        part: { $case: 'header', value: { voice: 'slt', contentType: 'audio/wav', soundKey: new Uint8Array() } },
      };
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

  const wav = Buffer.alloc(44 + 48_000);
  wav.write('RIFF');
  wav.writeUInt32LE(24_000, 24);
  // 32 kbit/s: 4,000 bytes a second.
  const mp3 = Buffer.alloc(8_000);
  mp3.set([0xff, 0xf3, 0x44, 0xc4]);

  it.each([
    ['audio/wav', wav, 1_000, 'objects/stories/1/narration.wav'],
    ['audio/mpeg', mp3, 2_000, 'objects/stories/1/narration.mp3'],
    ['audio/mpeg', Buffer.from('what nobody knows'), 0, 'objects/stories/1/narration.mp3'],
  ])(
    'passes %s on by the name of its type and knows how long it lasts, also when it finds it again (S3-120)',
    async (contentType, sound, durationMs, object) => {
      const stored: Buffer[] = [];
      const headers: { name: string; contentType: string }[] = [];
      async function* synthesize() {
        yield {
          part: {
            $case: 'header',
            value: { voice: 'ada', contentType, sampleRateHz: 24_000, soundKey: Buffer.alloc(0) },
          },
        };
        yield { part: { $case: 'chunk', value: sound.subarray(0, 20) } };
        yield { part: { $case: 'chunk', value: sound.subarray(20) } };
      }
      const objects = {
        uploadObject: async (parts: AsyncIterable<{ part: { $case: string; value: never } }>) => {
          for await (const { part } of parts)
            if (part.$case === 'chunk') stored.push(part.value);
            else headers.push(part.value);
          return { ...headers[0], sizeBytes: BigInt(sound.length) };
        },
        getObject: async ({ name }: { name: string }) => ({ name, sizeBytes: BigInt(sound.length), contentType }),
        async *downloadObject({ length }: { length: bigint }) {
          yield { part: { $case: 'header', value: {} } };
          yield { part: { $case: 'chunk', value: sound.subarray(0, Number(length)) } };
        },
      };
      const narrator = new RpcNarrator({ synthesize } as never, objects as never);
      expect(await narrator.narrate(job, time)).toMatchObject({
        object,
        contentType,
        durationMs,
        sizeBytes: sound.length,
      });
      expect([Buffer.concat(stored).equals(sound), headers]).toEqual([true, [{ name: object, contentType }]]);
      expect(await narrator.find(object, job.text)).toMatchObject({ object, contentType, durationMs });
    },
  );
});
