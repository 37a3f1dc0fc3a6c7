import type { Upload, UploadStep } from '../objects/index.ts';
import { UPLOAD_COLUMNS, toUpload, type UploadRow, uploadValues } from './object-rows.ts';
import type { PostgresSession } from './postgres-session.ts';

export const ONE_UPLOAD = `select ${UPLOAD_COLUMNS} from storage.uploads where tenant = $1 and id = $2`;

/** Held until the transaction has ended, also when there is no row to lock yet. */
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';
/** In a statement of its own: the one that waited for the lock sees what was before. */
const ONE_NOW = `
  select clock_timestamp()::timestamptz(3) as now, found.*
  from (select 1) as one left join (${ONE_UPLOAD}) as found on true`;

/** One step of an upload, in a transaction of the tenant. */
export async function stepUpload(
  session: PostgresSession,
  tenant: string,
  { id, step }: { readonly id: string; readonly step: UploadStep },
): Promise<Upload | undefined> {
  await session.run(LOCK, [JSON.stringify(['upload', tenant, id])]);
  const [row] = await session.run<(UploadRow | { id: null }) & { now: Date }>(ONE_NOW, [tenant, id]);
  if (!row) throw new Error('the database returned no time');
  // All columns are null where there is no upload.
  const current = row.id === null ? undefined : toUpload(row as UploadRow);
  const next = step(current, row.now);
  if (next === current) return current;
  if (next === undefined) await session.run('delete from storage.uploads where tenant = $1 and id = $2', [tenant, id]);
  else await write(session, tenant, next);
  return next;
}

async function write(session: PostgresSession, tenant: string, upload: Upload): Promise<void> {
  await session.run(
    `insert into storage.uploads (tenant, ${UPLOAD_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (tenant, id) do update set path = excluded.path, received_bytes = excluded.received_bytes,
       part_ids = excluded.part_ids, part_offsets = excluded.part_offsets, writer = excluded.writer,
       writer_until = excluded.writer_until, etag = excluded.etag, create_time = excluded.create_time,
       expire_time = excluded.expire_time`,
    [tenant, ...uploadValues(upload)],
  );
}
