import { beforeAll, describe, expect, it } from '@jest/globals';
import { downloadObject, listObjects } from '../src/objects/index.ts';
import { FLIPPED_BYTE, type ObjectStoreUnderTest } from './object-store-under-test.ts';
import { someBytes, type TestCall, type UseCases, useCasesOf } from './object-use-cases.ts';
import { reasonOf } from './upload-messages.ts';

const SIZE = 300_000;
const BLOCK = 65_536;

/** Parts of objects, and lists of them. */
export function objectRangesContract(make: () => Promise<ObjectStoreUnderTest>): void {
  let store: ObjectStoreUnderTest;
  let cases: UseCases;
  beforeAll(async () => {
    store = await make();
    cases = useCasesOf(store);
  });

  describe('ranges', () => {
    const bytes = someBytes(SIZE);
    const rows: [string, number, number][] = [
      ['the first byte', 0, 1],
      ['a block', BLOCK, BLOCK],
      ['the end of a block and the beginning of the next', BLOCK - 1, 2],
      ['across several blocks', 10, 200_000],
      ['from the middle to the end', 123_456, 0],
      ['the last byte', SIZE - 1, 1],
      ['all of it by its size', 0, SIZE],
      ['nothing at the end', SIZE, 0],
    ];
    for (const known of ['with', 'without'] as const) {
      it.each(rows)(`%s, ${known} checksums kept`, async (_, offset, length) => {
        const call = cases.tenant();
        await cases.upload(call, bytes);
        if (known === 'without') await store.forgetChecks(call, 'a/b.wav');
        const end = length === 0 ? SIZE : offset + length;
        const range = { offset: BigInt(offset), length: BigInt(length) };
        expect((await cases.download(call, range)).equals(bytes.subarray(offset, end))).toBe(true);
      });
    }

    it.each([
      ['one byte too many', 299_999n, 2n],
      ['behind the end', 300_001n, 0n],
      ['as far as numbers go', 2n ** 63n - 1n, 2n ** 63n - 1n],
    ])('%s is refused with the size', async (_, offset, length) => {
      const call = cases.tenant();
      await cases.upload(call, bytes);
      await expect(cases.download(call, { offset, length })).rejects.toMatchObject({
        reason: 'RANGE_BEYOND_END',
        metadata: { name: 'objects/a/b.wav', offset: `${offset}`, length: `${length}`, size_bytes: '300000' },
      });
    });

    it('an empty object has one range, of no bytes', async () => {
      const call = cases.tenant();
      await cases.upload(call, Buffer.alloc(0));
      expect(await cases.download(call)).toHaveLength(0);
      expect(await reasonOf(cases.download(call, { offset: 1n }))).toBe('RANGE_BEYOND_END');
    });

    it('a download that broke off goes on with the version it began with, and with no other', async () => {
      const call = cases.tenant();
      const { etag } = await cases.upload(call, bytes);
      const reading = downloadObject(cases.ports, call, { path: 'a/b.wav', offset: 0n, length: 0n, ifEtag: etag });
      const received: Buffer[] = [];
      for await (const part of reading) {
        if (part.type === 'chunk') received.push(part.bytes);
        if (received.length === 2) break;
      }
      const offset = BigInt(Buffer.concat(received).length);
      received.push(await cases.download(call, { offset, ifEtag: etag }));
      expect(Buffer.concat(received).equals(bytes)).toBe(true);
      await cases.upload(call, bytes);
      expect(await reasonOf(cases.download(call, { offset, ifEtag: etag }))).toBe('ETAG_MISMATCH');
    });

    it('a flipped byte is never handed out, and does not spoil the blocks beside it', async () => {
      const call = cases.tenant();
      const content = someBytes(SIZE);
      const { sha256 } = await cases.upload(call, content);
      await store.damage(sha256, 'flipped');
      const at = BigInt(FLIPPED_BYTE);
      for (const [offset, length] of [
        [at, 1n],
        [at + 1n, 1n],
        [0n, 0n],
        [65_530n, 7n],
      ] as const) {
        expect(await reasonOf(cases.download(call, { offset, length }))).toBe('OBJECT_DAMAGED');
      }
      const received: Buffer[] = [];
      const reading = (async () => {
        const all = { path: 'a/b.wav', offset: 0n, length: 0n, ifEtag: '' };
        for await (const part of downloadObject(cases.ports, call, all))
          if (part.type === 'chunk') received.push(part.bytes);
      })();
      expect(await reasonOf(reading)).toBe('OBJECT_DAMAGED');
      expect(Buffer.concat(received).equals(content.subarray(0, BLOCK))).toBe(true);
      const [before, after] = [content.subarray(0, BLOCK), content.subarray(2 * BLOCK)];
      expect((await cases.download(call, { length: BigInt(BLOCK) })).equals(before)).toBe(true);
      expect((await cases.download(call, { offset: 2n * BigInt(BLOCK) })).equals(after)).toBe(true);
    });

    it.each(['missing', 'truncated', 'flipped'] as const)(
      'of an object without checksums whose bytes are %s, nothing is handed out',
      async (how) => {
        const call = cases.tenant();
        const { sha256 } = await cases.upload(call, someBytes(SIZE));
        await store.forgetChecks(call, 'a/b.wav');
        await store.damage(sha256, how);
        expect(await reasonOf(cases.download(call, { offset: 200_000n, length: 1n }))).toBe('OBJECT_DAMAGED');
      },
    );
  });

  describe('lists', () => {
    const PATHS = ['a', 'a-b', 'a.b', 'a/1', 'a/2', 'a/2/x', 'a0', 'aa', 'B', 'b', 'z'];
    const list = async (call: TestCall, prefix: string, pageSize: number): Promise<string[]> => {
      const paths: string[] = [];
      let pageToken = '';
      do {
        const page = await listObjects(cases.ports.index, call, { prefix, pageSize, pageToken });
        expect(page.items.length).toBeLessThanOrEqual(pageSize);
        paths.push(...page.items.map(({ path }) => path));
        pageToken = page.nextPageToken;
      } while (pageToken !== '');
      return paths;
    };
    const stored = async (): Promise<TestCall> => {
      const call = cases.tenant();
      for (const path of PATHS) await cases.upload(call, Buffer.from(path), { path });
      return call;
    };

    it.each(['', 'a', 'a/', 'a/2', 'a-', 'B', 'b', 'zz', 'A'])(
      'of prefix "%s": each once, by bytes',
      async (prefix) => {
        const call = await stored();
        const expected = PATHS.filter((path) => path.startsWith(prefix)).sort();
        for (const pageSize of [1, 3, 1000]) expect(await list(call, prefix, pageSize)).toEqual(expected);
        expect(await list(cases.tenant(), prefix, 9)).toEqual([]);
      },
    );

    it('stay as they are while others are stored and deleted', async () => {
      const call = await stored();
      const { index, collector } = cases.ports;
      const first = await listObjects(index, call, { prefix: '', pageSize: 4, pageToken: '' });
      await cases.upload(call, Buffer.of(1), { path: 'A' });
      const suspicion = await index.remove(call, 'a', () => {});
      if (suspicion) await collector.collect(suspicion);
      const next = await listObjects(index, call, { prefix: '', pageSize: 50, pageToken: first.nextPageToken });
      const seen = [...first.items, ...next.items].map(({ path }) => path);
      expect(seen).toEqual([...PATHS].sort());
    });

    it('are refused with the token of another prefix or tenant', async () => {
      const call = await stored();
      const { index } = cases.ports;
      const { nextPageToken: pageToken } = await listObjects(index, call, { prefix: 'a', pageSize: 1, pageToken: '' });
      const invalid = { reason: 'PAGE_TOKEN_INVALID' };
      await expect(listObjects(index, call, { prefix: '', pageSize: 1, pageToken })).rejects.toMatchObject(invalid);
      await expect(listObjects(index, cases.tenant(), { prefix: 'a', pageSize: 1, pageToken })).rejects.toMatchObject(
        invalid,
      );
    });
  });
}
