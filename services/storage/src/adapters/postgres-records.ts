import type { Call, RecordEvent, Telling } from '../records/index.ts';
import type { StoryStore, StoryUnit } from '../stories/index.ts';
import { HEROES } from './hero-table.ts';
import { PageTokenKey } from './page-token-key.ts';
import { PostgresChildren } from './postgres-children.ts';
import type { PostgresPool } from './postgres-pool.ts';
import { PostgresParts } from './postgres-parts.ts';
import { PostgresRepository, type TenantSession } from './postgres-repository.ts';
import { GENERATIONS, STORY_REVISIONS } from './story-part-tables.ts';
import { appendRecordEvents } from './record-events.ts';
import { STORIES } from './story-table.ts';

const repositoriesOf = (session: TenantSession): StoryUnit => ({
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
  readonly #onAppended: () => void;

  /** `onAppended` is told when there are new events in the log. */
  constructor(pool: PostgresPool, onAppended: () => void = () => {}) {
    this.#pool = pool;
    this.#pageTokenKey = new PageTokenKey(pool);
    this.#onAppended = onAppended;
  }

  async withTransaction<T>(call: Call, work: (unit: StoryUnit & Telling) => Promise<T>): Promise<T> {
    const told: RecordEvent[] = [];
    const result = await this.#pool.transaction(call, async (session) => {
      const repositories = repositoriesOf({ tenant: call.tenant, run: (text, values) => session.run(text, values) });
      const done = await work({ ...repositories, tell: (event) => told.push(event) });
      await appendRecordEvents(session, call.tenant, told);
      return done;
    });
    if (told.length > 0) this.#onAppended();
    return result;
  }

  reading(call: Call): StoryUnit {
    return repositoriesOf({ tenant: call.tenant, run: (text, values) => this.#pool.query(call, text, values) });
  }

  pageTokenKey(call: Call): Promise<Uint8Array> {
    return this.#pageTokenKey.read(call);
  }
}
