import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { ObjectBytes, OpenBytes, Sha256 } from '../../objects/index.ts';
import type { Progress } from '../backup/progress.ts';
import type { Finding } from './finding.ts';

type Bytes = Pick<ObjectBytes, 'open'>;

interface BytesRow {
  sha256: Buffer;
  tenant: string;
  path: string;
  objects: number;
  /** int8 comes as text. */
  smallest: string;
  largest: string;
}

/** In order of hash, a page at a time: no transaction stands open while gigabytes are read. */
const NEXT = `
  select sha256, min(tenant) as tenant, (array_agg(path order by tenant, path))[1] as path, count(*)::int as objects,
    min(size_bytes) as smallest, max(size_bytes) as largest
  from storage.objects where sha256 > $1 group by sha256 order by sha256 limit 500`;

export interface BytesJob {
  readonly client: pg.ClientBase;
  readonly bytes: Bytes;
  readonly progress: Progress;
}

/** Reads the bytes of every object. Returns how many it has read. */
export async function* checkBytes(job: BytesJob): AsyncGenerator<Finding, number> {
  let checked = 0;
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const { rows } = await job.client.query<BytesRow>(NEXT, [after]);
    for (const row of rows) {
      const problem = await problemOf(job, row);
      if (problem && (await isStillNamed(job.client, row.sha256))) yield toFinding(row, problem);
      checked += 1;
    }
    const last = rows.at(-1);
    if (!last) return checked;
    after = last.sha256;
  }
}

/** What was deleted while the check ran is no finding. */
async function isStillNamed(client: pg.ClientBase, sha256: Buffer): Promise<boolean> {
  const { rowCount } = await client.query('select from storage.objects where sha256 = $1 limit 1', [sha256]);
  return rowCount === 1;
}

type Problem = Pick<Finding, 'kind' | 'detail'>;

function toFinding({ tenant, path, objects }: BytesRow, { kind, detail }: Problem): Finding {
  const others = objects > 1 ? `, as those of ${objects - 1} other objects` : '';
  return { kind, tenant, name: `objects/${path}`, detail: `${detail}${others}` };
}

async function problemOf({ bytes, progress }: BytesJob, row: BytesRow): Promise<Problem | undefined> {
  const sha256 = row.sha256.toString('hex');
  const opened = await bytes.open(sha256);
  if (!opened) return { kind: 'OBJECT_MISSING', detail: `its bytes are not there (sha256 ${sha256})` };
  try {
    const found = await hashOf(opened, progress);
    if (found.sha256 !== sha256)
      return { kind: 'OBJECT_DAMAGED', detail: `its bytes have sha256 ${found.sha256}, not ${sha256}` };
    const isSize = [row.smallest, row.largest].every((size) => BigInt(size) === found.sizeBytes);
    if (isSize) return undefined;
    return { kind: 'OBJECT_DAMAGED', detail: `it has ${found.sizeBytes} bytes, not ${row.smallest}` };
  } finally {
    await opened.close();
  }
}

async function hashOf(opened: OpenBytes, progress: Progress): Promise<{ sha256: Sha256; sizeBytes: bigint }> {
  const hash = createHash('sha256');
  let sizeBytes = 0n;
  for (let chunk = await opened.next(); chunk; chunk = await opened.next()) {
    hash.update(chunk);
    sizeBytes += BigInt(chunk.length);
    progress.advance(chunk.length);
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** Bytes that are on record as suspect belong to an upload under way or to the next sweep. */
const NAMED = `
  select from storage.objects where sha256 = $1 union all select from storage.byte_suspicions where sha256 = $1 limit 1`;

/** Bytes in their place that no object and no suspicion names. Returns how many it has looked at. */
export async function* checkOrphans(
  { client, bytes }: BytesJob,
  stored: AsyncIterable<Sha256>,
): AsyncGenerator<Finding, number> {
  let checked = 0;
  for await (const sha256 of stored) {
    const { rowCount } = await client.query(NAMED, [Buffer.from(sha256, 'hex')]);
    // Those that were removed between the two looks are none.
    if (rowCount === 0 && (await isThere(bytes, sha256))) {
      yield { kind: 'BYTES_ORPHANED', tenant: '', name: sha256, detail: 'no object has these bytes' };
    }
    checked += 1;
  }
  return checked;
}

async function isThere(bytes: Bytes, sha256: Sha256): Promise<boolean> {
  const opened = await bytes.open(sha256);
  await opened?.close();
  return opened !== undefined;
}
