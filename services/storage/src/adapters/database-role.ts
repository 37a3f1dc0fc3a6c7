import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { assertHarmlessRole } from './role-check.ts';

/** What the service may do, and nothing else. */
const GRANTS = [
  'usage on schema storage',
  'select on storage.migrations, storage.page_token_key',
  'select, insert, update, delete on storage.definitions, storage.objects, storage.uploads',
  'select, insert on storage.definition_revisions',
  'select, insert, delete on storage.byte_suspicions',
  'select on storage.events',
  'select, insert, update, delete on storage.children, storage.heroes, storage.stories, storage.generations',
  'select, insert, update, delete on storage.story_revisions',
  'execute on function storage.current_tenant, storage.bytes_in_use, storage.suspicions_older_than',
  'execute on function storage.append_events, storage.read_log, storage.log_head',
  'execute on function storage.unused_bytes, storage.unknown_parts, storage.take_expired_uploads',
  'select, insert, update, delete on storage.budgets, storage.budget_reservations, storage.usage',
  'execute on function storage.period_start, storage.lock_budget, storage.keep_budget, storage.reserve, storage.settle',
  'execute on function storage.set_budget_limit',
];

/** Makes the role that DATABASE_URL names, or brings its password and grants up to date. */
export async function ensureServiceRole(client: pg.ClientBase, url: string): Promise<void> {
  const { user: name, password } = new pg.Client(url);
  if (!name || typeof password !== 'string' || password === '') {
    throw new Error('DATABASE_URL has no user or no password: the role of the service needs both');
  }
  await assertHarmlessRole(client, name);
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  const quoted = pg.escapeIdentifier(name);
  const login = `login noinherit password ${pg.escapeLiteral(await scramVerifier(password))}`;
  await changeRole(client, rowCount ? `alter role ${quoted} ${login}` : `create role ${quoted} ${login}`);
  await changeRole(client, `grant ${GRANTS.join(` to ${quoted}; grant `)} to ${quoted}`);
}

const ATTEMPTS = 5;

/**
 * Roles belong to the whole server, our lock to one database: two databases that are migrated at once may meet.
 * PostgreSQL then says "tuple concurrently updated" (XX000), and what failed can simply be done again.
 */
async function changeRole(client: pg.ClientBase, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(statement);
      return;
    } catch (error) {
      const isMeeting = error instanceof pg.DatabaseError && error.message.includes('concurrently');
      if (!isMeeting || attempt === ATTEMPTS) throw error;
    }
  }
}

const ITERATIONS = 4096;
const derive = promisify(pbkdf2);

/** What the server keeps of a password (RFC 5803), made here so that the password itself is in no log of the server. */
export async function scramVerifier(password: string, salt: Buffer = randomBytes(16)): Promise<string> {
  const salted = await derive(password.normalize('NFKC'), salt, ITERATIONS, 32, 'sha256');
  const mac = (key: string): Buffer => createHmac('sha256', salted).update(key).digest();
  const storedKey = createHash('sha256').update(mac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${mac('Server Key').toString('base64')}`;
}
