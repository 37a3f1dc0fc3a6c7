import type { Call } from '../records/index.ts';
import type { StoryStore, StoryUnit } from '../stories/index.ts';
import { HEROES } from './hero-table.ts';
import { PageTokenKey } from './page-token-key.ts';
import { PostgresChildren } from './postgres-children.ts';
import type { PostgresPool } from './postgres-pool.ts';
import { PostgresParts } from './postgres-parts.ts';
import { PostgresRepository, type TenantSession } from './postgres-repository.ts';
import { GENERATIONS, STORY_REVISIONS } from './story-part-tables.ts';
import { STORIES } from './story-table.ts';

const unitOf = (session: TenantSession): StoryUnit => ({
  children: new PostgresChildren(session),
  heroes: new PostgresRepository(HEROES, session),
  stories: new PostgresRepository(STORIES, session),
  storyRevisions: new PostgresParts(STORY_REVISIONS, session),
  generations: new PostgresParts(GENERATIONS, session),
});

/** Children, heroes, and the stories told to and of them. */
export class PostgresRecords implements StoryStore {
  readonly #pool: PostgresPool;
  readonly #pageTokenKey: PageTokenKey;

  constructor(pool: PostgresPool) {
    this.#pool = pool;
    this.#pageTokenKey = new PageTokenKey(pool);
  }

  withTransaction<T>(call: Call, work: (unit: StoryUnit) => Promise<T>): Promise<T> {
    return this.#pool.transaction(call, (session) =>
      work(unitOf({ tenant: call.tenant, run: (text, values) => session.run(text, values) })),
    );
  }

  reading(call: Call): StoryUnit {
    return unitOf({ tenant: call.tenant, run: (text, values) => this.#pool.query(call, text, values) });
  }

  pageTokenKey(call: Call): Promise<Uint8Array> {
    return this.#pageTokenKey.read(call);
  }
}
