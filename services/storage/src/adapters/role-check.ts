import type pg from 'pg';

/** The worst first. What a role is a member of, it may become with "set role": that counts as its own. */
const POWERS = `
  with own as (
    select role.* from pg_roles as me join pg_roles as role on pg_has_role(me.oid, role.oid, 'member')
    where me.rolname = $1
  )
  select problem, rolname as through from (
    select 1 as rank, 'is a superuser' as problem, rolname from own where rolsuper
    union all select 2, 'bypasses row security', rolname from own where rolbypassrls
    union all select 3, 'makes roles', rolname from own where rolcreaterole
    union all select 4, 'replicates the server', rolname from own where rolreplication
    union all select 5, 'uses files or programs of the server', rolname from own
      where rolname in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
    union all select 6, format('owns database %I', datname), rolname
      from own join pg_database on datdba = own.oid where datname = current_database()
    union all select 7, format('owns schema %I', nspname), rolname
      from own join pg_namespace on nspowner = own.oid where nspname = 'storage'
    union all select 8, format('owns %I.%I', nspname, relname), rolname
      from own join pg_class on relowner = own.oid join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = 'storage'
  ) as found order by rank, rolname <> $1, problem limit 1`;

interface PowerRow {
  problem: string;
  through: string;
}

/** Throws when row-level security does not bind the role, or when the role could switch it off. */
export async function assertHarmlessRole(client: pg.ClientBase, name: string): Promise<void> {
  const { rows } = await client.query<PowerRow>(POWERS, [name]);
  const [power] = rows;
  if (!power) return;
  const how = power.through === name ? '' : ` as a member of "${power.through}"`;
  throw new Error(
    `role "${name}" of DATABASE_URL ${power.problem}${how}: it could see or change what other tenants have. Use ` +
      'another, one that owns nothing: "npm run migrate -w @exempla/storage" makes the role that DATABASE_URL names, ' +
      'as the owner in DATABASE_ADMIN_URL',
  );
}
