import type { TestDatabase } from '../database.ts';

/** Tables that have a tenant column. */
export async function tenantTables(database: TestDatabase): Promise<string[]> {
  const rows = await database.admin<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
     where table_schema = 'storage' and column_name = 'tenant' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Switches row security off for a while, as the owner may. */
export async function withoutPolicies<T>(database: TestDatabase, work: () => Promise<T>): Promise<T> {
  const tables = await tenantTables(database);
  const set = async (state: string): Promise<void> => {
    for (const table of tables) await database.admin(`alter table ${table} ${state} row level security`);
  };
  await set('disable');
  try {
    return await work();
  } finally {
    await set('enable');
  }
}

const REFUSED = '42501';

/** Rows that can be seen in each table; where nothing may be read, that is none. */
export async function countsOf(
  tables: readonly string[],
  ask: (text: string) => Promise<{ count: number }[]>,
): Promise<{ table: string; count: number }[]> {
  const counts = [];
  for (const table of tables) {
    const rows = await ask(`select count(*)::int as count from ${table}`).catch((error: { code?: string }) => {
      if (error.code === REFUSED) return [{ count: 0 }];
      throw error;
    });
    counts.push({ table, count: rows[0]?.count ?? -1 });
  }
  return counts;
}
