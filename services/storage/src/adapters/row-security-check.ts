import type pg from 'pg';

/** Tables, and what else holds rows, with a column that says whose they are. */
const OF_TENANTS = `
  pg_class join pg_namespace on pg_namespace.oid = relnamespace and nspname = 'storage'
    join pg_attribute on attrelid = pg_class.oid and attname = 'tenant' and not attisdropped`;

/**
 * What does not keep tenants apart for the role that asks: tables without row-level security, views that read with the
 * rights of their owner, what cannot have it at all, and policies that let the role see more than its tenant's rows.
 */
const OPEN = `
  select format('%I.%I', nspname, relname) as name from ${OF_TENANTS}
  where case relkind
    when 'r' then not row_security_active(pg_class.oid)
    when 'p' then not row_security_active(pg_class.oid)
    when 'v' then not exists (
      select from pg_options_to_table(reloptions) where option_name = 'security_invoker' and option_value::boolean)
    else relkind in ('m', 'f') end
  union all
  select format('%I.%I (policy %I)', nspname, relname, polname) from ${OF_TENANTS} join pg_policy on polrelid = pg_class.oid
  where polname <> 'own_tenant' and polpermissive and exists (
    select from unnest(polroles) as everyone_or (role)
    where case role when 0 then true else pg_has_role(role, 'member') end)
  order by 1`;

/** Throws when a table with a tenant column is open to the role of the client. */
export async function assertRowSecurity(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(OPEN);
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new Error(
    `row-level security does not keep tenants apart in ${names}. As the owner: "alter table … enable row level ` +
      'security" with the policy own_tenant and no other for this role, "alter view … set (security_invoker)"',
  );
}
