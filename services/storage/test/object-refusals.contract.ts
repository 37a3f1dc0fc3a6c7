import { beforeAll, describe, expect, it } from '@jest/globals';
import { gate } from '@exempla/testing';
import { getObject, uploadObject, type UploadPart, type UploadPorts } from '../src/objects/index.ts';
import { callOf } from './calls.ts';
import { losingAfterPlacing, type ObjectStoreUnderTest } from './object-store-under-test.ts';
import { type UseCases, useCasesOf } from './object-use-cases.ts';
import { chunk, header, messages, reasonOf, sha256Of, unique } from './upload-messages.ts';

const MAX_BYTES = 1_000_000n;

/** Uploads that are refused, left or broken off leave nothing behind. */
export function objectRefusalsContract(make: () => Promise<ObjectStoreUnderTest>): void {
  let store: ObjectStoreUnderTest;
  let tenant: UseCases['tenant'];
  let ports: UploadPorts;
  const kept = async (text: string): Promise<boolean> =>
    (await store.inventory()).placed.includes(sha256Of(Buffer.from(text)));

  beforeAll(async () => {
    store = await make();
    const cases = useCasesOf(store);
    tenant = cases.tenant;
    ports = { ...cases.ports, maxObjectBytes: MAX_BYTES };
  });

  describe('what is refused leaves nothing', () => {
    const text = unique();
    const rows: [string, string, UploadPart[]][] = [
      ['nothing at all', 'UPLOAD_OUT_OF_ORDER', []],
      ['a chunk first', 'UPLOAD_OUT_OF_ORDER', [chunk(text)]],
      ['a second header', 'UPLOAD_OUT_OF_ORDER', [header(), chunk(text), header()]],
      ['fewer bytes than declared', 'OBJECT_SIZE_MISMATCH', [header({ declaredSizeBytes: 99n }), chunk(text)]],
      ['more bytes than declared', 'OBJECT_SIZE_MISMATCH', [header({ declaredSizeBytes: 3n }), chunk(text)]],
      ['another hash', 'OBJECT_HASH_MISMATCH', [header({ declaredSha256: sha256Of(Buffer.of(1)) }), chunk(text)]],
      ['a declared size above the limit', 'OBJECT_TOO_LARGE', [header({ declaredSizeBytes: MAX_BYTES + 1n })]],
      [
        'bytes above the limit',
        'OBJECT_TOO_LARGE',
        [header(), chunk(Buffer.alloc(600_000)), chunk(Buffer.alloc(600_000))],
      ],
      ['an etag of no object', 'ETAG_MISMATCH', [header({ ifEtag: 'x' }), chunk(text)]],
    ];
    it.each(rows)('%s: %s', async (_, reason, parts) => {
      const call = tenant();
      const before = await store.inventory();
      expect(await reasonOf(uploadObject(ports, call, messages(...parts)))).toBe(reason);
      expect(await reasonOf(getObject(ports.index, call, 'a/b.wav'))).toBe('OBJECT_NOT_FOUND');
      expect(await store.inventory()).toEqual(before);
      expect(await store.index.suspicionsOlderThan(call, 0, 9)).toEqual([]);
    });

    it.each(['before the header', 'between chunks'])('a caller who leaves %s', async (when) => {
      const leave = new AbortController();
      const call = callOf(tenant().tenant, { signal: leave.signal });
      const before = await store.inventory();
      const waiting = gate();
      async function* halting(): AsyncGenerator<UploadPart> {
        if (when === 'between chunks') {
          yield header();
          yield chunk(unique());
        }
        waiting.open();
        // A source that never notices: the signal alone must end the upload.
        await new Promise(() => {});
      }
      const uploading = uploadObject(ports, call, halting());
      await waiting.promise;
      leave.abort(new Error('left'));
      await expect(uploading).rejects.toThrow('left');
      expect(await store.inventory()).toEqual(before);
    });

    it('a source that merely ends because the caller left', async () => {
      const leave = new AbortController();
      const call = callOf(tenant().tenant, { signal: leave.signal });
      async function* ending(): AsyncGenerator<UploadPart> {
        yield header();
        yield chunk('half');
        leave.abort(new Error('left'));
      }
      await expect(uploadObject(ports, call, ending())).rejects.toThrow('left');
      expect(await reasonOf(getObject(ports.index, callOf(call.tenant), 'a/b.wav'))).toBe('OBJECT_NOT_FOUND');
    });

    it('a failure after the bytes were placed', async () => {
      const text = unique();
      const call = tenant();
      const failing = losingAfterPlacing(store.index);
      await expect(uploadObject({ ...ports, index: failing }, call, messages(header(), chunk(text)))).rejects.toThrow(
        'went away',
      );
      expect(await kept(text)).toBe(false);
      expect(await store.index.suspicionsOlderThan(call, 0, 9)).toEqual([]);
    });
  });

  it('clears up after an upload that broke off between its bytes and its object', async () => {
    const call = tenant();
    const text = unique();
    const staged = await store.bytes.stage();
    await staged.write(Buffer.from(text));
    const sha256 = await staged.seal();
    await store.index.suspect(call, sha256);
    await staged.place();
    expect(await kept(text)).toBe(true);
    expect(await ports.collector.sweep(3_600_000)).toBe(0);
    expect(await ports.collector.sweep(0)).toBeGreaterThanOrEqual(1);
    expect(await kept(text)).toBe(false);
    expect(await ports.collector.sweep(0)).toBe(0);
  });
}
