import type { Call, ObjectIndex, Replaced, Sha256, StoredObject, Suspicion } from '../objects/index.ts';
import { MAY_REMOVE } from './bytes-removal.ts';
import type { PostgresPool } from './postgres-pool.ts';
import type { PostgresSession } from './postgres-session.ts';

interface ObjectRow {
  path: string;
  sha256: Buffer;
  /** int8 comes as text. */
  size_bytes: string;
  content_type: string;
  etag: string;
  create_time: Date;
}

interface SuspicionRow {
  tenant: string;
  id: string;
  sha256: Buffer;
}

const COLUMNS = 'path, sha256, size_bytes, content_type, etag, create_time';
const ONE = `select ${COLUMNS} from storage.objects where tenant = $1 and path = $2`;
const SUSPECT = 'insert into storage.byte_suspicions (tenant, sha256) values ($1, $2) returning tenant, id, sha256';
const LIFT = 'delete from storage.byte_suspicions where tenant = $1 and id = $2 returning id';
/** Held until the transaction has ended and can be seen by all. */
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';

const toObject = (row: ObjectRow): StoredObject => ({
  path: row.path,
  contentType: row.content_type,
  sizeBytes: BigInt(row.size_bytes),
  sha256: row.sha256.toString('hex'),
  etag: row.etag,
  createTime: row.create_time,
});

const toSuspicion = (row: SuspicionRow): Suspicion => ({
  tenant: row.tenant,
  id: row.id,
  sha256: row.sha256.toString('hex'),
});

const bytesOf = (sha256: Sha256): Buffer => Buffer.from(sha256, 'hex');

/** Locks are taken in one order, path before bytes, so two transactions cannot wait for each other. */
const lockPath = (session: PostgresSession, tenant: string, path: string): Promise<unknown> =>
  session.run(LOCK, [JSON.stringify(['object path', tenant, path])]);

const lockBytes = (session: PostgresSession, sha256: Sha256): Promise<unknown> =>
  session.run(LOCK, [JSON.stringify(['object bytes', sha256])]);

export class PostgresObjects implements ObjectIndex {
  readonly #pool: PostgresPool;

  constructor(pool: PostgresPool) {
    this.#pool = pool;
  }

  async get(call: Call, path: string): Promise<StoredObject | undefined> {
    const [row] = await this.#pool.query<ObjectRow>(call, ONE, [call.tenant, path]);
    return row && toObject(row);
  }

  async suspect(call: Call, sha256: Sha256): Promise<Suspicion> {
    const [row] = await this.#pool.query<SuspicionRow>(call, SUSPECT, [call.tenant, bytesOf(sha256)]);
    if (!row) throw new Error('the suspicion was not stored');
    return toSuspicion(row);
  }

  put(
    call: Call,
    object: Omit<StoredObject, 'createTime'>,
    suspicion: Suspicion,
    steps: { allow: (current: StoredObject | undefined) => void; place: () => Promise<void> },
  ): Promise<Replaced> {
    return this.#pool.transaction(call, async (session) => {
      await lockPath(session, call.tenant, object.path);
      const [before] = await session.run<ObjectRow>(ONE, [call.tenant, object.path]);
      const current = before && toObject(before);
      steps.allow(current);
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
      const [lock] = await session.run<{ may: boolean }>(MAY_REMOVE);
      if (!lock?.may) throw new Error('a backup reads the bytes of objects');
      await lockBytes(session, suspicion.sha256);
      const bytes = bytesOf(suspicion.sha256);
      const [held] = await session.run<{ by_anyone: boolean }>('select storage.bytes_in_use($1) as by_anyone', [bytes]);
      if (held?.by_anyone !== true) await drop();
      await session.run(LIFT, [suspicion.tenant, suspicion.id]);
    });
  }

  async suspicionsOlderThan(call: Call, ageMs: number, limit: number): Promise<Suspicion[]> {
    const rows = await this.#pool.withoutTenant<SuspicionRow>(
      call,
      'select tenant, id, sha256 from storage.suspicions_older_than(make_interval(secs => $1), $2)',
      [ageMs / 1000, limit],
    );
    return rows.map(toSuspicion);
  }
}

async function suspectIn(session: PostgresSession, tenant: string, sha256: Sha256): Promise<Suspicion> {
  const [row] = await session.run<SuspicionRow>(SUSPECT, [tenant, bytesOf(sha256)]);
  if (!row) throw new Error('the suspicion was not stored');
  return toSuspicion(row);
}

async function upsert(
  session: PostgresSession,
  tenant: string,
  object: Omit<StoredObject, 'createTime'>,
): Promise<ObjectRow> {
  const [row] = await session.run<ObjectRow>(
    `insert into storage.objects (tenant, path, sha256, size_bytes, content_type, etag) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant, path) do update set sha256 = excluded.sha256, size_bytes = excluded.size_bytes,
       content_type = excluded.content_type, etag = excluded.etag, create_time = clock_timestamp()
     returning ${COLUMNS}`,
    [tenant, object.path, bytesOf(object.sha256), String(object.sizeBytes), object.contentType, object.etag],
  );
  if (!row) throw new Error('the object was not stored');
  return row;
}
