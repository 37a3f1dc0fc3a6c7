import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, gate, type Gate } from '@exempla/testing';
import {
  deleteUpload,
  getObject,
  getUpload,
  type StoredObject,
  sweepParts,
  sweepUploads,
  type UploadHeader,
  uploadObject,
  type UploadPart,
} from '../src/objects/index.ts';
import { callOf } from './calls.ts';
import { losingAfterPlacing, type ObjectStoreUnderTest, withSilence } from './object-store-under-test.ts';
import { someBytes, type TestCall, type UseCases, useCasesOf } from './object-use-cases.ts';
import { chunk, header, messages, reasonOf, sha256Of } from './upload-messages.ts';

const SIZE = 600_000;
const isGone = 'UPLOAD_NOT_FOUND';

/** Uploads that break off and go on. */
export function objectUploadsContract(make: () => Promise<ObjectStoreUnderTest>): void {
  let store: ObjectStoreUnderTest;
  let cases: UseCases;
  beforeAll(async () => {
    store = await make();
    cases = useCasesOf(store);
  });
  const part = (change: Partial<UploadHeader>): UploadPart => header({ declaredSizeBytes: BigInt(SIZE), ...change });
  const received = async (call: TestCall, id: string): Promise<number> =>
    Number((await getUpload(cases.ports.index, call, id)).receivedBytes);
  const partsOf = async (ids: readonly string[]): Promise<number> => {
    const { parts } = await store.inventory();
    return ids.filter((id) => parts.includes(id)).length;
  };
  const idsOf = async (call: TestCall, id: string): Promise<string[]> =>
    (await getUpload(cases.ports.index, call, id)).parts.map((one) => one.id);

  /** Sends a piece and then leaves; resolves when the call has ended. */
  async function breakOff(
    { tenant }: TestCall,
    { bytes, ...change }: Partial<UploadHeader> & { bytes: Uint8Array },
    use = cases,
  ): Promise<void> {
    const leave = new AbortController();
    const sent = gate();
    async function* halting(): AsyncGenerator<UploadPart> {
      yield part(change);
      yield chunk(bytes);
      sent.open();
      await new Promise(() => {});
    }
    const uploading = uploadObject(use.ports, callOf(tenant, { signal: leave.signal }), halting());
    await Promise.race([sent.promise, uploading]);
    leave.abort(new Error('left'));
    await expect(uploading).rejects.toThrow('left');
  }

  /** One that sends a piece and stays. */
  function standing(call: TestCall, change: Partial<UploadHeader>, bytes: Uint8Array, use = cases) {
    const [sent, goOn]: [Gate, Gate] = [gate(), gate()];
    async function* halting(): AsyncGenerator<UploadPart> {
      yield part(change);
      yield chunk(bytes);
      sent.open();
      await goOn.promise;
    }
    const uploading = uploadObject(use.ports, call, halting());
    uploading.catch(() => {});
    return { uploading, sent: sent.promise, goOn: () => goOn.open() };
  }

  const goOnWith = (call: TestCall, bytes: Uint8Array, change: Partial<UploadHeader>): Promise<StoredObject> =>
    uploadObject(cases.ports, call, messages(part(change), chunk(bytes)));

  it.each([[[]], [[1]], [[300_000]], [[65_536, 131_072, 131_073, 599_999]], [[SIZE]]])(
    'broken off at %j, it becomes the whole object',
    async (breaks) => {
      const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
      let offset = 0;
      for (const at of breaks) {
        await breakOff(call, { upload, offset: BigInt(offset), bytes: bytes.subarray(offset, at) });
        expect(await received(call, upload)).toBe(at);
        expect(await reasonOf(getObject(cases.ports.index, call, 'a/b.wav'))).toBe('OBJECT_NOT_FOUND');
        offset = at;
      }
      const parts = breaks.length === 0 ? [] : await idsOf(call, upload);
      expect(await partsOf(parts)).toBe(parts.length);
      const declaredSha256 = sha256Of(bytes);
      const rest = { upload, offset: BigInt(offset), declaredSha256 };
      const stored = await goOnWith(call, bytes.subarray(offset), rest);
      expect(stored).toMatchObject({ sizeBytes: BigInt(SIZE), sha256: declaredSha256 });
      expect((await cases.download(call)).equals(bytes)).toBe(true);
      expect(
        (await cases.download(call, { offset: 299_990n, length: 20n })).equals(bytes.subarray(299_990, 300_010)),
      ).toBe(true);
      expect(await partsOf(parts)).toBe(0);
      expect(await getUpload(cases.ports.index, call, upload)).toMatchObject({ etag: stored.etag, parts: [] });
      expect(await reasonOf(goOnWith(call, bytes, { upload }))).toBe('UPLOAD_FINISHED');
    },
  );

  it('keeps what arrived also when the end looks like that of a whole upload', async () => {
    const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
    expect(await reasonOf(goOnWith(call, bytes.subarray(0, 1000), { upload }))).toBe('OBJECT_SIZE_MISMATCH');
    expect(await received(call, upload)).toBe(1000);
    await goOnWith(call, bytes.subarray(1000), { upload, offset: 1000n });
    expect((await cases.download(call)).equals(bytes)).toBe(true);
  });

  it('keeps all of it when only the etag was another', async () => {
    const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
    const { etag } = await cases.upload(call, Buffer.of(1));
    const writing = standing(call, { upload, ifEtag: etag }, bytes);
    await writing.sent;
    const other = await cases.upload(call, Buffer.of(2));
    writing.goOn();
    expect(await reasonOf(writing.uploading)).toBe('ETAG_MISMATCH');
    const nothingMore = part({ upload, offset: BigInt(SIZE), ifEtag: other.etag });
    await uploadObject(cases.ports, call, messages(nothingMore));
    expect((await cases.download(call)).equals(bytes)).toBe(true);
  });

  it('goes on after the database was lost between bytes and object', async () => {
    const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
    const ports = { ...cases.ports, index: losingAfterPlacing(store.index) };
    await expect(uploadObject(ports, call, messages(part({ upload }), chunk(bytes)))).rejects.toThrow('went away');
    expect(await received(call, upload)).toBe(SIZE);
    expect((await store.inventory()).placed).not.toContain(sha256Of(bytes));
    await uploadObject(cases.ports, call, messages(part({ upload, offset: BigInt(SIZE) })));
    expect((await cases.download(call)).equals(bytes)).toBe(true);
  });

  describe('refuses', () => {
    const wrong: [string, string, Partial<UploadHeader>][] = [
      ['an offset before what arrived', 'UPLOAD_OFFSET_MISMATCH', { offset: 99n }],
      ['an offset behind it', 'UPLOAD_OFFSET_MISMATCH', { offset: 101n }],
      ['to begin again', 'UPLOAD_OFFSET_MISMATCH', { offset: 0n }],
      ['another object', 'UPLOAD_REUSED', { offset: 100n, path: 'other' }],
      ['an upload there is not', 'UPLOAD_NOT_FOUND', { offset: 100n, upload: randomUUID() }],
    ];
    it.each(wrong)('%s: %s', async (_, reason, change) => {
      const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
      await breakOff(call, { upload, bytes: bytes.subarray(0, 100) });
      expect(await reasonOf(goOnWith(call, bytes.subarray(100), { upload, ...change }))).toBe(reason);
      await goOnWith(call, bytes.subarray(100), { upload, offset: 100n });
      expect((await cases.download(call)).equals(bytes)).toBe(true);
    });

    const hopeless: [string, string, Partial<UploadHeader>][] = [
      ['a lying hash', 'OBJECT_HASH_MISMATCH', { declaredSha256: 'ab'.repeat(32) }],
      ['more bytes than declared', 'OBJECT_SIZE_MISMATCH', { declaredSizeBytes: BigInt(SIZE - 1) }],
    ];
    it.each(hopeless)('%s: %s, and keeps nothing', async (_, reason, change) => {
      const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
      await breakOff(call, { upload, bytes: bytes.subarray(0, 100) });
      const parts = await idsOf(call, upload);
      expect(await reasonOf(goOnWith(call, bytes.subarray(100), { upload, offset: 100n, ...change }))).toBe(reason);
      expect(await reasonOf(getUpload(cases.ports.index, call, upload))).toBe(isGone);
      expect(await partsOf(parts)).toBe(0);
      expect((await store.inventory()).placed).not.toContain(sha256Of(bytes));
    });

    it('to go on where bytes are lost, and keeps nothing', async () => {
      const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
      await breakOff(call, { upload, bytes: bytes.subarray(0, 100) });
      const [lost = ''] = await idsOf(call, upload);
      await store.bytes.removePart(lost);
      expect(await reasonOf(goOnWith(call, bytes.subarray(100), { upload, offset: 100n }))).toBe('UPLOAD_DAMAGED');
      expect(await reasonOf(getUpload(cases.ports.index, call, upload))).toBe(isGone);
    });

    it('another tenant, in the words for an upload there is not', async () => {
      const [call, other, upload] = [cases.tenant(), cases.tenant(), randomUUID()];
      await breakOff(call, { upload, bytes: someBytes(100) });
      expect(await reasonOf(getUpload(cases.ports.index, other, upload))).toBe(isGone);
      expect(await reasonOf(deleteUpload(cases.ports, other, upload))).toBe(isGone);
      expect(await reasonOf(goOnWith(other, someBytes(9), { upload, offset: 100n }))).toBe(isGone);
      expect(await received(call, upload)).toBe(100);
    });
  });

  describe('two writers', () => {
    it('the second is refused while the first writes', async () => {
      const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
      const first = standing(call, { upload }, bytes);
      await first.sent;
      expect(await reasonOf(goOnWith(call, bytes, { upload }))).toBe('UPLOAD_BUSY');
      first.goOn();
      await first.uploading;
      expect((await cases.download(call)).equals(bytes)).toBe(true);
    });

    it('20 that begin at once: one writes', async () => {
      const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
      const reasons = await Promise.all(Array.from({ length: 20 }, () => reasonOf(goOnWith(call, bytes, { upload }))));
      expect(reasons.filter((reason) => reason === 'nothing was thrown')).toHaveLength(1);
      const refusals = new Set(['UPLOAD_BUSY', 'UPLOAD_FINISHED', 'nothing was thrown']);
      expect(reasons.filter((reason) => !refusals.has(reason))).toEqual([]);
      expect((await cases.download(call)).equals(bytes)).toBe(true);
    });

    it('one that gave no sign of life is taken over, and can neither change nor store anything after', async () => {
      const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
      const use = useCasesOf(store, { leaseMs: 1, onNotKept: () => {} });
      const stale = standing(call, { upload }, someBytes(SIZE), { ...use, ports: withSilence(use.ports) });
      await stale.sent;
      expect(await received(call, upload)).toBe(0);
      await eventually('the lease is over', async () => {
        const { writerUntil } = await getUpload(cases.ports.index, call, upload);
        return writerUntil.getTime() < Date.now() - 5;
      });
      const second = standing(call, { upload }, bytes);
      await second.sent;
      stale.goOn();
      expect(await reasonOf(stale.uploading)).toBe('UPLOAD_BUSY');
      second.goOn();
      const stored = await second.uploading;
      expect(stored.sha256).toBe(sha256Of(bytes));
      expect((await cases.download(call)).equals(bytes)).toBe(true);
    });

    it('is told within its lease that it has lost the upload, although its caller is silent', async () => {
      const [call, upload] = [cases.tenant(), randomUUID()];
      const use = useCasesOf(store, { leaseMs: 150 });
      const writing = standing(call, { upload }, someBytes(100), use);
      await writing.sent;
      const parts = await idsOf(call, upload);
      await deleteUpload(cases.ports, call, upload);
      expect(await reasonOf(writing.uploading)).toBe('UPLOAD_BUSY');
      expect(await partsOf(parts)).toBe(0);
    });
  });

  it('tells how far it has come while it is written', async () => {
    const [call, upload, bytes] = [cases.tenant(), randomUUID(), someBytes(SIZE)];
    const use = useCasesOf(store, { checkpointBytes: 1n });
    const writing = standing(call, { upload }, bytes.subarray(0, 500_000), use);
    await writing.sent;
    await eventually('it is on record', async () => (await received(call, upload)) === 500_000);
    writing.goOn();
    expect(await reasonOf(writing.uploading)).toBe('OBJECT_SIZE_MISMATCH');
    await goOnWith(call, bytes.subarray(500_000), { upload, offset: 500_000n });
    expect((await cases.download(call)).equals(bytes)).toBe(true);
  });

  describe('the sweep', () => {
    const sweep = () => ({ index: store.index, bytes: store.bytes, budgetMs: 10_000 });

    it('gives up uploads whose time is over, and no others', async () => {
      const [call, old, young] = [cases.tenant(), randomUUID(), randomUUID()];
      const brief = useCasesOf(store, { keepMs: 1 });
      await breakOff(call, { upload: young, bytes: someBytes(100) });
      await breakOff(call, { upload: old, bytes: someBytes(100) }, brief);
      const kept = await idsOf(call, young);
      await eventually('its time is over', async () => (await reasonOf(getUpload(store.index, call, old))) === isGone);
      expect(await reasonOf(goOnWith(call, someBytes(9), { upload: old, offset: 100n }))).toBe(isGone);
      expect(await sweepUploads(sweep())).toBeGreaterThanOrEqual(1);
      expect(await partsOf(kept)).toBe(1);
      expect(await received(call, young)).toBe(100);
      expect(await sweepUploads(sweep())).toBe(0);
    });

    it('removes parts that are on no record, and no others', async () => {
      const [call, upload, orphan] = [cases.tenant(), randomUUID(), randomUUID()];
      await breakOff(call, { upload, bytes: someBytes(100) });
      const kept = await idsOf(call, upload);
      const left = await store.bytes.stagePart(orphan);
      await left.write(someBytes(10));
      await left.keep();
      expect(await sweepParts(sweep())).toBe(1);
      expect(await partsOf([...kept, orphan])).toBe(1);
      expect(await sweepParts(sweep())).toBe(0);
    });

    it('an upload that is deleted is gone at once', async () => {
      const [call, upload] = [cases.tenant(), randomUUID()];
      await breakOff(call, { upload, bytes: someBytes(100) });
      const parts = await idsOf(call, upload);
      await deleteUpload(cases.ports, call, upload);
      expect(await partsOf(parts)).toBe(0);
      expect(await reasonOf(deleteUpload(cases.ports, call, upload))).toBe(isGone);
    });
  });
}
