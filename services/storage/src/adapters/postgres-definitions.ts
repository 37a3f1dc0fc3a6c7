import type {
  Call,
  CreateOutcome,
  Definition,
  DefinitionChange,
  DefinitionKeys,
  DefinitionStore,
  NewDefinition,
  NewRevision,
  RequestedDefinition,
  Revision,
} from '../definitions/index.ts';
import type { ListPosition, Slice } from '../paging/index.ts';
import { PageTokenKey } from './page-token-key.ts';
import type { PostgresPool } from './postgres-pool.ts';
import type { PostgresSession } from './postgres-session.ts';
import { slice, toSlice } from './postgres-slice.ts';
import {
  contentColumns,
  DEFINITION_COLUMNS,
  type DefinitionRow,
  revisionArrays,
  type RevisionRow,
  toDefinition,
  toRevision,
} from './definition-rows.ts';

const ONE = `select ${DEFINITION_COLUMNS} from storage.definitions where tenant = $1 and id = $2`;
const BY_REQUEST = `select ${DEFINITION_COLUMNS} from storage.definitions where tenant = $1 and request_id = $2`;
const BY_KEYS =
  'select id from storage.definitions where tenant = $1 and term_key = $2 and context_key = $3 and language_key = $4 ' +
  'order by create_time, id limit 1';
/** Held to the end of the transaction: what the next statement sees stays true until then. */
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';

const DEFINITION_BYTES =
  'octet_length(term || context::text || category || text || sense_reason || narration || examples::text || ' +
  "other_senses::text || coalesce(sense::text, '') || coalesce(assessment::text, ''))";
const REVISION_BYTES = "octet_length(text || note || coalesce(assessment::text, ''))";

export class PostgresDefinitions implements DefinitionStore {
  readonly #pool: PostgresPool;
  readonly #pageTokenKey: PageTokenKey;

  constructor(pool: PostgresPool) {
    this.#pool = pool;
    this.#pageTokenKey = new PageTokenKey(pool);
  }

  /** Locks are taken in one order, request before keys, so two creations cannot wait for each other. */
  create(call: Call, definition: NewDefinition): Promise<CreateOutcome> {
    const { tenant } = call;
    return this.#pool.transaction(call, async (session): Promise<CreateOutcome> => {
      if (definition.request) {
        await session.run(LOCK, [JSON.stringify(['definition request', tenant, definition.request.id])]);
        const before = await byRequest(session, tenant, definition.request.id);
        if (before) return { type: 'requested-before', ...before };
      }
      if (!definition.allowDuplicate) {
        await session.run(LOCK, [JSON.stringify(['definition keys', tenant, ...keyValues(definition.keys)])]);
        const [taken] = await session.run<{ id: string }>(BY_KEYS, [tenant, ...keyValues(definition.keys)]);
        if (taken) return { type: 'duplicate', id: taken.id };
      }
      const [row] = await insertDefinition(session, tenant, definition);
      if (!row) return { type: 'duplicate', id: definition.id };
      await insertRevisions(session, tenant, definition.id, definition.revisions);
      return { type: 'created', definition: toDefinition(row) };
    });
  }

  async findByRequest(call: Call, requestId: string): Promise<RequestedDefinition | undefined> {
    const [row] = await this.#pool.query<DefinitionRow>(call, BY_REQUEST, [call.tenant, requestId]);
    return row && { definition: toDefinition(row), fingerprint: row.request_fingerprint };
  }

  async findDuplicate(call: Call, keys: DefinitionKeys): Promise<string | undefined> {
    const [row] = await this.#pool.query<{ id: string }>(call, BY_KEYS, [call.tenant, ...keyValues(keys)]);
    return row?.id;
  }

  async get(call: Call, id: string): Promise<Definition | undefined> {
    const [row] = await this.#pool.query<DefinitionRow>(call, ONE, [call.tenant, id]);
    return row && toDefinition(row);
  }

  change(call: Call, id: string, decide: (current: Definition) => DefinitionChange): Promise<Definition | undefined> {
    return this.#pool.transaction(call, async (session) => {
      const [row] = await session.run<DefinitionRow>(`${ONE} for update`, [call.tenant, id]);
      if (!row) return undefined;
      const change = decide(toDefinition(row));
      const [changed] = await updateDefinition(session, call.tenant, id, change);
      if (change.revision) await insertRevisions(session, call.tenant, id, [change.revision]);
      return changed && toDefinition(changed);
    });
  }

  remove(call: Call, id: string, allow: (current: Definition) => void): Promise<boolean> {
    return this.#pool.transaction(call, async (session) => {
      const [row] = await session.run<DefinitionRow>(`${ONE} for update`, [call.tenant, id]);
      if (!row) return false;
      allow(toDefinition(row));
      await session.run('delete from storage.definitions where tenant = $1 and id = $2', [call.tenant, id]);
      return true;
    });
  }

  async list(
    call: Call,
    page: { termKey: string | undefined; after: ListPosition | undefined; limit: number },
  ): Promise<Slice<Definition>> {
    const values: unknown[] = [call.tenant, page.limit];
    const place = (value: unknown): string => `$${values.push(value)}`;
    let from = 'storage.definitions where tenant = $1';
    if (page.termKey !== undefined) from += ` and term_key = ${place(page.termKey)}`;
    if (page.after) from += ` and (create_time, id) < (${place(page.after.createTime)}, ${place(page.after.id)})`;
    const text = slice(DEFINITION_COLUMNS, DEFINITION_BYTES, from, 'create_time desc, id desc', '$2::int');
    return toSlice(await this.#pool.query<DefinitionRow & { more: boolean }>(call, text, values), toDefinition);
  }

  async listRevisions(
    call: Call,
    id: string,
    page: { below: number | undefined; limit: number },
  ): Promise<Slice<Revision>> {
    const from = `storage.definition_revisions where tenant = $1 and definition_id = $2 and ($3::int is null or number < $3)`;
    const text = slice('number, text, assessment, note, create_time', REVISION_BYTES, from, 'number desc', '$4::int');
    const values = [call.tenant, id, page.below ?? null, page.limit];
    return toSlice(await this.#pool.query<RevisionRow & { more: boolean }>(call, text, values), toRevision);
  }

  pageTokenKey(call: Call): Promise<Uint8Array> {
    return this.#pageTokenKey.read(call);
  }
}

const keyValues = (keys: DefinitionKeys): string[] => [keys.termKey, keys.contextKey, keys.languageKey];

async function byRequest(
  session: PostgresSession,
  tenant: string,
  requestId: string,
): Promise<RequestedDefinition | undefined> {
  const [row] = await session.run<DefinitionRow>(BY_REQUEST, [tenant, requestId]);
  return row && { definition: toDefinition(row), fingerprint: row.request_fingerprint };
}

/** No row when the tenant has one of this id. */
function insertDefinition(
  session: PostgresSession,
  tenant: string,
  definition: NewDefinition,
): Promise<DefinitionRow[]> {
  const columns: Record<string, unknown> = {
    tenant,
    id: definition.id,
    ...contentColumns(definition.content),
    term_key: definition.keys.termKey,
    context_key: definition.keys.contextKey,
    language_key: definition.keys.languageKey,
    state: definition.state,
    etag: definition.etag,
    request_id: definition.request?.id ?? null,
    request_fingerprint: definition.request?.fingerprint ?? '',
  };
  const names = Object.keys(columns);
  return session.run<DefinitionRow>(
    `insert into storage.definitions (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})
     on conflict (tenant, id) do nothing returning ${DEFINITION_COLUMNS}`,
    Object.values(columns),
  );
}

function updateDefinition(
  session: PostgresSession,
  tenant: string,
  id: string,
  change: DefinitionChange,
): Promise<DefinitionRow[]> {
  const columns = { ...contentColumns(change.content), state: change.state, etag: change.etag };
  const settings = Object.keys(columns).map((name, i) => `${name} = $${i + 3}`);
  return session.run<DefinitionRow>(
    `update storage.definitions set ${settings.join(', ')}, update_time = clock_timestamp()
     where tenant = $1 and id = $2 returning ${DEFINITION_COLUMNS}`,
    [tenant, id, ...Object.values(columns)],
  );
}

/** Numbers go on from the newest; the caller holds the definition's row. */
async function insertRevisions(
  session: PostgresSession,
  tenant: string,
  id: string,
  revisions: readonly NewRevision[],
): Promise<void> {
  await session.run(
    `insert into storage.definition_revisions (tenant, definition_id, number, text, assessment, note)
     select $1, $2, newest.number + given.place, given.text, given.assessment, given.note
     from unnest($3::text[], $4::jsonb[], $5::text[]) with ordinality as given (text, assessment, note, place),
       (select coalesce(max(number), 0) as number from storage.definition_revisions
        where tenant = $1 and definition_id = $2) as newest`,
    [tenant, id, ...revisionArrays(revisions)],
  );
}
