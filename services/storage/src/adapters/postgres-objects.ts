import { createHmac } from 'node:crypto';
import {
  type BlockRange,
  type Call,
  CHECK_BYTES,
  type FoundObject,
  type NewObject,
  type ObjectIndex,
  type PutSteps,
  type Replaced,
  type Sha256,
  type StoredObject,
  type Suspicion,
  type Upload,
  type UploadStep,
} from '../objects/index.ts';
import type { Slice } from '../paging/index.ts';
import {
  bytesOf,
  OBJECT_COLUMNS,
  type ObjectRow,
  type SuspicionRow,
  toObject,
  toSuspicion,
  toUpload,
  type UploadRow,
} from './object-rows.ts';
import { MAY_REMOVE } from './bytes-removal.ts';
import { PageTokenKey } from './page-token-key.ts';
import type { PostgresPool } from './postgres-pool.ts';
import type { PostgresSession } from './postgres-session.ts';
import { slice, toSlice } from './postgres-slice.ts';
import { ONE_UPLOAD, stepUpload } from './upload-rows.ts';

const ONE = `select ${OBJECT_COLUMNS} from storage.objects where tenant = $1 and path = $2`;
const SUSPECT = 'insert into storage.byte_suspicions (tenant, sha256) values ($1, $2) returning tenant, id, sha256';
const LIFT = 'delete from storage.byte_suspicions where tenant = $1 and id = $2 returning id';
const HASH_BYTES = 32;
/**
 * The checksums stand behind the hash of the bytes they are of: a replica of the version before, which knows nothing of
 * them, leaves those of other bytes behind. `substring` counts from 1; without a length it goes to the end.
 */
const WITH_CHECKS = `
  select ${OBJECT_COLUMNS},
    case when substring(block_checks for ${HASH_BYTES}) is distinct from sha256 then null
      when $4::int is null then substring(block_checks from $3::int)
      else substring(block_checks from $3::int for $4::int) end as block_checks
  from storage.objects where tenant = $1 and path = $2`;
/** No byte of a path is as large as the one that ends the range: so a prefix is a range, which an index can find. */
const BELOW = 'storage.objects where tenant = $1 and path >= $2 and path < $3 and path > $4';
const OBJECT_BYTES = 'octet_length(path || content_type) + 200';
const MAX_INT = 2 ** 31 - 1;
/** Held until the transaction has ended and can be seen by all. */
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';

/** Locks are taken in one order, path before bytes, so two transactions cannot wait for each other. */
const lockPath = (session: PostgresSession, tenant: string, path: string): Promise<unknown> =>
  session.run(LOCK, [JSON.stringify(['object path', tenant, path])]);

const lockBytes = (session: PostgresSession, sha256: Sha256): Promise<unknown> =>
  session.run(LOCK, [JSON.stringify(['object bytes', sha256])]);

export class PostgresObjects implements ObjectIndex {
  readonly #pool: PostgresPool;

  readonly #pageTokenKey: PageTokenKey;

  constructor(pool: PostgresPool) {
    this.#pool = pool;
    this.#pageTokenKey = new PageTokenKey(pool);
  }

  /** Goes with the database, also into a backup. */
  async identity(call: Call): Promise<string> {
    return createHmac('sha256', await this.pageTokenKey(call))
      .update('objects')
      .digest('hex');
  }

  pageTokenKey(call: Call): Promise<Uint8Array> {
    return this.#pageTokenKey.read(call);
  }

  async get(call: Call, path: string): Promise<StoredObject | undefined> {
    const [row] = await this.#pool.query<ObjectRow>(call, ONE, [call.tenant, path]);
    return row && toObject(row);
  }

  async getWithChecks(call: Call, path: string, { first, count }: BlockRange): Promise<FoundObject | undefined> {
    const [row] = await this.#pool.query<ObjectRow & { block_checks: Buffer | null }>(call, WITH_CHECKS, [
      call.tenant,
      path,
      Math.min(HASH_BYTES + first * CHECK_BYTES + 1, MAX_INT),
      count === undefined ? null : Math.min(count * CHECK_BYTES, MAX_INT),
    ]);
    return row && { object: toObject(row), blockChecks: row.block_checks ?? undefined };
  }

  async list(call: Call, page: { prefix: string; after: string; limit: number }): Promise<Slice<StoredObject>> {
    const rows = await this.#pool.query<ObjectRow & { more: boolean }>(
      call,
      slice(OBJECT_COLUMNS, OBJECT_BYTES, BELOW, 'path', '$5'),
      [call.tenant, page.prefix, `${page.prefix}\u007f`, page.after, page.limit],
    );
    return toSlice(rows, toObject);
  }

  async suspect(call: Call, sha256: Sha256): Promise<Suspicion> {
    const [row] = await this.#pool.query<SuspicionRow>(call, SUSPECT, [call.tenant, bytesOf(sha256)]);
    if (!row) throw new Error('the suspicion was not stored');
    return toSuspicion(row);
  }

  /** An upload that is finished comes before the bytes: who has lost it must not place them. */
  put(call: Call, object: NewObject, suspicion: Suspicion, steps: PutSteps): Promise<Replaced> {
    return this.#pool.transaction(call, async (session) => {
      await lockPath(session, call.tenant, object.path);
      const [before] = await session.run<ObjectRow>(ONE, [call.tenant, object.path]);
      const current = before && toObject(before);
      steps.allow(current);
      if (steps.upload) await stepUpload(session, call.tenant, steps.upload);
      await lockBytes(session, object.sha256);
      const lifted = await session.run(LIFT, [call.tenant, suspicion.id]);
      if (lifted.length === 0) throw new Error('the upload took so long that its bytes were given up');
      await steps.place();
      const row = await upsert(session, call.tenant, object);
      const isOther = current !== undefined && current.sha256 !== object.sha256;
      const left = isOther ? await suspectIn(session, call.tenant, current.sha256) : undefined;
      return { object: toObject(row), suspicion: left };
    });
  }

  remove(call: Call, path: string, allow: (current: StoredObject) => void): Promise<Suspicion | undefined> {
    return this.#pool.transaction(call, async (session) => {
      await lockPath(session, call.tenant, path);
      const [row] = await session.run<ObjectRow>(ONE, [call.tenant, path]);
      if (!row) return undefined;
      const current = toObject(row);
      allow(current);
      await session.run('delete from storage.objects where tenant = $1 and path = $2', [call.tenant, path]);
      return suspectIn(session, call.tenant, current.sha256);
    });
  }

  settle(call: Call, suspicion: Suspicion, drop: () => Promise<void>): Promise<void> {
    return this.#pool.transaction(call, async (session) => {
      await dropUnused(session, suspicion.sha256, drop);
      await session.run(LIFT, [suspicion.tenant, suspicion.id]);
    });
  }

  dropUnused(call: Call, sha256: Sha256, drop: () => Promise<void>): Promise<boolean> {
    return this.#pool.transaction(call, (session) => dropUnused(session, sha256, drop));
  }

  async unused(call: Call, hashes: readonly Sha256[]): Promise<Sha256[]> {
    const rows = await this.#pool.withoutTenant<{ sha256: Buffer }>(
      call,
      'select sha256 from storage.unused_bytes($1)',
      [hashes.map(bytesOf)],
    );
    return rows.map(({ sha256 }) => sha256.toString('hex'));
  }

  async suspicionsOlderThan(call: Call, ageMs: number, limit: number): Promise<Suspicion[]> {
    const rows = await this.#pool.withoutTenant<SuspicionRow>(
      call,
      'select tenant, id, sha256 from storage.suspicions_older_than(make_interval(secs => $1), $2)',
      [ageMs / 1000, limit],
    );
    return rows.map(toSuspicion);
  }

  async getUpload(call: Call, id: string): Promise<Upload | undefined> {
    const current = `${ONE_UPLOAD} and expire_time > clock_timestamp()`;
    const [row] = await this.#pool.query<UploadRow>(call, current, [call.tenant, id]);
    return row && toUpload(row);
  }

  changeUpload(call: Call, id: string, step: UploadStep): Promise<Upload | undefined> {
    return this.#pool.transaction(call, (session) => stepUpload(session, call.tenant, { id, step }));
  }

  async takeExpiredUploads(call: Call, limit: number): Promise<string[][]> {
    const rows = await this.#pool.withoutTenant<{ part_ids: string[] }>(
      call,
      'select part_ids from storage.take_expired_uploads($1)',
      [limit],
    );
    return rows.map(({ part_ids }) => part_ids);
  }

  async unknownParts(call: Call, ids: readonly string[]): Promise<string[]> {
    const rows = await this.#pool.withoutTenant<{ id: string }>(call, 'select id from storage.unknown_parts($1)', [
      ids,
    ]);
    return rows.map(({ id }) => id);
  }
}

async function dropUnused(session: PostgresSession, sha256: Sha256, drop: () => Promise<void>): Promise<boolean> {
  const [lock] = await session.run<{ may: boolean }>(MAY_REMOVE);
  if (!lock?.may) throw new Error('a backup reads the bytes of objects');
  await lockBytes(session, sha256);
  const asked = 'select storage.bytes_in_use($1) as by_anyone';
  const [held] = await session.run<{ by_anyone: boolean }>(asked, [bytesOf(sha256)]);
  if (held?.by_anyone !== false) return false;
  await drop();
  return true;
}

async function suspectIn(session: PostgresSession, tenant: string, sha256: Sha256): Promise<Suspicion> {
  const [row] = await session.run<SuspicionRow>(SUSPECT, [tenant, bytesOf(sha256)]);
  if (!row) throw new Error('the suspicion was not stored');
  return toSuspicion(row);
}

async function upsert(session: PostgresSession, tenant: string, object: NewObject): Promise<ObjectRow> {
  const [row] = await session.run<ObjectRow>(
    `insert into storage.objects (tenant, path, sha256, size_bytes, content_type, etag, block_checks)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant, path) do update set sha256 = excluded.sha256, size_bytes = excluded.size_bytes,
       content_type = excluded.content_type, etag = excluded.etag, block_checks = excluded.block_checks,
       create_time = clock_timestamp()
     returning ${OBJECT_COLUMNS}`,
    [
      tenant,
      object.path,
      bytesOf(object.sha256),
      String(object.sizeBytes),
      object.contentType,
      object.etag,
      Buffer.concat([bytesOf(object.sha256), object.blockChecks]),
    ],
  );
  if (!row) throw new Error('the object was not stored');
  return row;
}
