import pg from 'pg';

/** What the driver's connection offers and its types leave out: messages of the extended protocol, sent unawaited. */
interface WireConnection {
  readonly stream: { cork(): void; uncork(): void };
  /** Statements the server holds under a name, by that name. */
  readonly parsedStatements: Record<string, string>;
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: string[] }): void;
  execute(message: { portal: string }): void;
}

/** What the driver tells a query, and its types leave out. */
interface Listener {
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: WireConnection): void;
  handleError(error: Error, connection: WireConnection): void;
}

const inherited = pg.Query.prototype as unknown as Listener;
const submitStatement = (query: pg.Query, connection: WireConnection): unknown =>
  (pg.Query.prototype.submit as (this: pg.Query, connection: unknown) => unknown).call(query, connection);

const SET_TENANT = "select set_config('app.tenant', $1, true)";

/**
 * A statement that runs for a tenant. Everything up to one Sync message is one transaction, so the tenant is set in the
 * transaction of the statement, in the same round trip, and gone after it: nothing is left on the connection.
 * https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export class TenantQuery extends pg.Query {
  #isTenantSet = false;
  readonly #tenant: string;

  constructor(
    tenant: string,
    config: pg.QueryConfig,
    done: (error: Error | undefined, result: pg.QueryResult) => void,
  ) {
    // "extended": also a statement without values comes after the tenant, not before it.
    super({ ...config, queryMode: 'extended' } as pg.QueryConfig, done as never);
    this.#tenant = tenant;
  }

  override submit = (connection: pg.Connection): unknown => {
    const wire = connection as unknown as WireConnection;
    wire.stream.cork();
    try {
      wire.parse({ name: '', text: SET_TENANT });
      wire.bind({ statement: '', values: [this.#tenant] });
      wire.execute({ portal: '' });
      return submitStatement(this, wire);
    } finally {
      wire.stream.uncork();
    }
  };

  /** The first row and the first completion are those of the setting. */
  handleDataRow(message: unknown): void {
    if (this.#isTenantSet) inherited.handleDataRow.call(this, message);
  }

  handleCommandComplete(message: unknown, connection: WireConnection): void {
    if (this.#isTenantSet) inherited.handleCommandComplete.call(this, message, connection);
    this.#isTenantSet = true;
  }

  handleError(error: Error, connection: WireConnection): void {
    // The driver took the first "parsed" for the statement's.
    const { name } = this as unknown as { name?: string };
    if (!this.#isTenantSet && name) delete connection.parsedStatements[name];
    inherited.handleError.call(this, error, connection);
  }
}

/** Runs a statement for a tenant, in a transaction of its own. */
export function queryAs<R extends pg.QueryResultRow>(
  client: pg.ClientBase,
  tenant: string,
  config: pg.QueryConfig,
): Promise<pg.QueryResult<R>> {
  return new Promise((resolve, reject) => {
    client.query(
      new TenantQuery(tenant, config, (error, result) => (error ? reject(error) : resolve(result as never))),
    );
  });
}
