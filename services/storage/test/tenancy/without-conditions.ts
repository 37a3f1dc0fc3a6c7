import pg from 'pg';

const CONDITION = /\b(?:\w+\.)?tenant(?: collate "C")? = \$(\d+)/g;

/** While `work` runs, no statement of this process asks for a tenant. Tells how many would have. */
export async function withoutConditions<T>(work: () => Promise<T>): Promise<{ result: T; stripped: number }> {
  const client = pg.Client.prototype as { query: (...parts: unknown[]) => unknown };
  const { query } = client;
  let stripped = 0;
  const without = (text: string): string =>
    text.replace(CONDITION, (_, place: string) => {
      stripped += 1;
      return `$${place}::text is not null`;
    });
  // Under a name the server would keep it.
  const bare = ({ text }: { text: string }) => ({ text: without(text), name: undefined });
  client.query = function strip(this: unknown, first: unknown, ...rest: unknown[]) {
    if (typeof first === 'string') return query.call(this, without(first), ...rest);
    const statement = first as { text: string };
    // A query of ours is used once; what else there is may be a constant.
    if (statement instanceof pg.Query) return query.call(this, Object.assign(statement, bare(statement)), ...rest);
    return query.call(this, { ...statement, ...bare(statement) }, ...rest);
  };
  try {
    return { result: await work(), stripped };
  } finally {
    client.query = query;
  }
}
