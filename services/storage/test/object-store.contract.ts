import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Barrier } from '@exempla/testing';
import {
  BytesCollector,
  deleteObject,
  type DownloadInput,
  downloadObject,
  type DownloadPart,
  getObject,
  type StoredObject,
  type Suspicion,
  type UploadHeader,
  uploadObject,
  type UploadPorts,
} from '../src/objects/index.ts';
import { callOf } from './calls.ts';
import type { ObjectStoreUnderTest } from './object-store-under-test.ts';
import { chunk, header, keepingOf, messages, reasonOf, sha256Of, unique } from './upload-messages.ts';

const MAX_BYTES = 1_000_000n;
const whole = (path: string): DownloadInput => ({ path, offset: 0n, length: 0n, ifEtag: '' });
type Call = ReturnType<typeof callOf>;

/** The use cases over one pair of ports. Each test has a tenant of its own. */
export function objectStoreContract(make: () => Promise<ObjectStoreUnderTest>): void {
  let store: ObjectStoreUnderTest;
  let ports: UploadPorts;
  const postponed: Suspicion[] = [];
  const tenant = (): Call => callOf(`t-${randomUUID()}`);
  const upload = (call: Call, text: string, change: Partial<UploadHeader> = {}): Promise<StoredObject> =>
    uploadObject(ports, call, messages(header(change), chunk(text)));
  const download = async (call: Call, path = 'a/b.wav'): Promise<{ object?: StoredObject; bytes: Buffer }> => {
    const parts: DownloadPart[] = [];
    for await (const part of downloadObject(ports, call, whole(path))) parts.push(part);
    const [first, ...rest] = parts;
    const bytes = Buffer.concat(rest.map((part) => (part.type === 'chunk' ? part.bytes : Buffer.alloc(0))));
    return first?.type === 'header' ? { object: first.object, bytes } : { bytes };
  };
  const kept = async (text: string): Promise<boolean> =>
    (await store.inventory()).placed.includes(sha256Of(Buffer.from(text)));

  beforeAll(async () => {
    store = await make();
    const { index, bytes } = store;
    const collector = new BytesCollector({
      index,
      bytes,
      budgetMs: 10_000,
      onPostponed: (suspicion) => postponed.push(suspicion),
    });
    ports = { index, bytes, collector, maxObjectBytes: MAX_BYTES, keeping: keepingOf() };
  });

  describe('upload and download', () => {
    it('gives back what was stored', async () => {
      const call = tenant();
      const [one, two] = [unique(), unique()];
      const stored = await uploadObject(ports, call, messages(header(), chunk(one), chunk(''), chunk(two)));
      const whole = Buffer.from(one + two);
      expect(stored).toMatchObject({ path: 'a/b.wav', contentType: 'audio/wav', sizeBytes: BigInt(whole.length) });
      expect(stored.sha256).toBe(sha256Of(whole));
      expect(await getObject(ports.index, call, 'a/b.wav')).toEqual(stored);
      expect(await download(call)).toEqual({ object: stored, bytes: whole });
    });

    it.each([0, 1, 65_535, 65_536, 65_537, 200_000])('keeps %d bytes, in chunks of at most 64 KiB', async (size) => {
      const call = tenant();
      const bytes = Buffer.alloc(size, 7);
      const declared = { declaredSizeBytes: BigInt(size), declaredSha256: sha256Of(bytes), contentType: '' };
      const stored = await uploadObject(ports, call, messages(header(declared), ...(size ? [chunk(bytes)] : [])));
      expect(stored).toMatchObject({ sizeBytes: BigInt(size), contentType: 'application/octet-stream' });
      for await (const part of downloadObject(ports, call, whole('a/b.wav'))) {
        if (part.type === 'chunk') expect(part.bytes.length).toBeLessThanOrEqual(65_536);
      }
      expect((await download(call)).bytes.equals(bytes)).toBe(true);
    });

    it('hides an object from every other tenant', async () => {
      const [owner, stranger] = [tenant(), tenant()];
      await upload(owner, unique());
      expect(await reasonOf(getObject(ports.index, stranger, 'a/b.wav'))).toBe('OBJECT_NOT_FOUND');
      expect(await reasonOf(download(stranger))).toBe('OBJECT_NOT_FOUND');
      expect(await reasonOf(deleteObject(ports, stranger, 'a/b.wav', ''))).toBe('OBJECT_NOT_FOUND');
      await getObject(ports.index, owner, 'a/b.wav');
    });
  });

  describe('replace and delete', () => {
    it('replaces an object and lets go of the old bytes', async () => {
      const call = tenant();
      const [old, young] = [unique(), unique()];
      const first = await upload(call, old);
      const second = await upload(call, young, { ifEtag: first.etag });
      expect(second.etag).not.toBe(first.etag);
      expect((await download(call)).bytes.toString()).toBe(young);
      expect([await kept(old), await kept(young)]).toEqual([false, true]);
      expect(await reasonOf(upload(call, unique(), { ifEtag: first.etag }))).toBe('ETAG_MISMATCH');
      expect((await download(call)).bytes.toString()).toBe(young);
    });

    it('gives a new etag to the same bytes', async () => {
      const call = tenant();
      const text = unique();
      const [first, second] = [await upload(call, text), await upload(call, text)];
      expect(second).toEqual({ ...first, etag: second.etag, createTime: second.createTime });
      expect(second.etag).not.toBe(first.etag);
      expect(await kept(text)).toBe(true);
    });

    it('keeps equal bytes once and until the last object of any tenant goes', async () => {
      const text = unique();
      const [one, other] = [tenant(), tenant()];
      await upload(one, text);
      await upload(one, text, { path: 'second' });
      await upload(other, text);
      const { placed } = await store.inventory();
      expect(placed.filter((sha256) => sha256 === sha256Of(Buffer.from(text)))).toHaveLength(1);
      await deleteObject(ports, one, 'a/b.wav', '');
      await deleteObject(ports, one, 'second', '');
      expect((await download(other)).bytes.toString()).toBe(text);
      await deleteObject(ports, other, 'a/b.wav', '');
      expect(await kept(text)).toBe(false);
      expect(postponed).toEqual([]);
    });

    it('deletes only the version that is named', async () => {
      const call = tenant();
      const { etag } = await upload(call, unique());
      expect(await reasonOf(deleteObject(ports, call, 'a/b.wav', 'other'))).toBe('ETAG_MISMATCH');
      await deleteObject(ports, call, 'a/b.wav', etag);
      expect(await reasonOf(deleteObject(ports, call, 'a/b.wav', ''))).toBe('OBJECT_NOT_FOUND');
    });
  });

  describe('at the same time', () => {
    it('20 uploads of one name: one whole object is left, and no bytes of the others', async () => {
      const call = tenant();
      const texts = Array.from({ length: 20 }, unique);
      const barrier = new Barrier(20);
      const all = texts.map(async (text) => {
        await barrier.wait();
        return upload(call, text);
      });
      const stored = await Promise.all(all);
      const { object, bytes } = await download(call);
      expect(stored.map(({ etag }) => etag)).toContain(object?.etag);
      expect(sha256Of(bytes)).toBe(object?.sha256);
      const left = await Promise.all(texts.map(kept));
      expect(left.filter(Boolean)).toHaveLength(1);
    });

    it('20 uploads with one if_etag: one wins', async () => {
      const call = tenant();
      const { etag } = await upload(call, unique());
      const reasons = await Promise.all(
        Array.from({ length: 20 }, () => reasonOf(upload(call, unique(), { ifEtag: etag }))),
      );
      expect(reasons.filter((reason) => reason === 'ETAG_MISMATCH')).toHaveLength(19);
    });

    it('uploads and deletes of equal bytes: an object that is there has its bytes', async () => {
      const text = unique();
      const calls = Array.from({ length: 10 }, tenant);
      for (let round = 0; round < 5; round += 1) {
        await Promise.all(calls.map((call) => upload(call, text)));
        await Promise.all(
          calls.map(async (call, i) => {
            await deleteObject(ports, call, 'a/b.wav', '');
            if (i % 2 === round % 2) await upload(call, text);
          }),
        );
        const there = calls.filter((_, i) => i % 2 === round % 2);
        for (const call of there) expect((await download(call)).bytes.toString()).toBe(text);
      }
      for (const call of calls) await deleteObject(ports, call, 'a/b.wav', '').catch(() => {});
      expect(await kept(text)).toBe(false);
    });

    it('a reader goes on reading what is replaced under it', async () => {
      const call = tenant();
      const old = Buffer.alloc(300_000, 1);
      await uploadObject(ports, call, messages(header(), chunk(old)));
      const reading = downloadObject(ports, call, whole('a/b.wav'));
      await reading.next();
      await upload(call, unique());
      const chunks: Buffer[] = [];
      for await (const part of reading) if (part.type === 'chunk') chunks.push(part.bytes);
      expect(Buffer.concat(chunks).equals(old)).toBe(true);
    });
  });

  describe('damage', () => {
    it.each(['missing', 'truncated', 'flipped'] as const)(
      'bytes that are %s are not handed out as good',
      async (how) => {
        const call = tenant();
        const bytes = Buffer.alloc(200_000, how);
        const { sha256 } = await uploadObject(ports, call, messages(header(), chunk(bytes)));
        await store.damage(sha256, how);
        let received = 0;
        const reading = (async () => {
          for await (const part of downloadObject(ports, call, whole('a/b.wav'))) {
            received += part.type === 'chunk' ? part.bytes.length : 0;
          }
        })();
        expect(await reasonOf(reading)).toBe('OBJECT_DAMAGED');
        expect(received).toBeLessThan(bytes.length);
        await uploadObject(ports, call, messages(header(), chunk(bytes)));
        expect((await download(call)).bytes.equals(bytes)).toBe(true);
      },
    );
  });
}
