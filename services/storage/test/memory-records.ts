import { type ChildContent, childExists, matchKeyOf } from '../src/children/index.ts';
import {
  type Call,
  fold,
  type ListPage,
  type NewRecord,
  type RecordOf,
  type Repository,
} from '../src/records/index.ts';
import type { HeroContent, HeroFilter } from '../src/heroes/index.ts';
import type { Part, PartRepository, StoryContent, StoryFilter, StoryStore, StoryUnit } from '../src/stories/index.ts';

interface Row {
  readonly tenant: string;
  readonly table: string;
  readonly record: RecordOf<object>;
  readonly request: NewRecord<object>['request'];
}

/** What a transaction has done so far, over what is committed; its locks are freed when it ends. */
class Transaction {
  readonly rows = new Map<string, Row | undefined>();
  readonly ended = Promise.withResolvers<void>();
}

interface Table {
  readonly name: string;
  /** The same for what the table has once only. */
  readonly uniqueKey?: (content: never) => string;
  readonly taken?: (id: string) => Error;
  /** What a filter is compared with, by the names of its fields. */
  readonly filtered?: (content: never) => Record<string, unknown>;
}

class Memory {
  readonly committed = new Map<string, Row>();
  readonly #holders = new Map<string, Transaction>();
  #clock = Date.now();

  /** Never the same twice. */
  now(): Date {
    return new Date((this.#clock = Math.max(this.#clock + 1, Date.now())));
  }

  async lock(call: Call, transaction: Transaction, key: string): Promise<void> {
    for (;;) {
      call.signal.throwIfAborted();
      const holder = this.#holders.get(key);
      if (holder === undefined || holder === transaction) break;
      const left = Promise.withResolvers<void>();
      call.signal.addEventListener('abort', () => left.resolve(), { once: true });
      await Promise.race([holder.ended.promise, left.promise]);
    }
    this.#holders.set(key, transaction);
  }

  end(transaction: Transaction): void {
    for (const [key, holder] of this.#holders) if (holder === transaction) this.#holders.delete(key);
    transaction.ended.resolve();
  }
}

/** What is undefined in a filter does not matter. */
const matches = (content: Record<string, unknown>, filter: object): boolean =>
  Object.entries(filter).every(([name, value]) => value === undefined || content[name] === value);

class MemoryRepository<C extends object, F> implements Repository<C, F> {
  constructor(
    protected readonly memory: Memory,
    protected readonly call: Call,
    protected readonly transaction: Transaction,
    protected readonly table: Table,
  ) {}

  protected rows(): Row[] {
    this.call.signal.throwIfAborted();
    const all = new Map<string, Row | undefined>([...this.memory.committed, ...this.transaction.rows]);
    const isOurs = (row: Row | undefined): row is Row =>
      row?.tenant === this.call.tenant && row.table === this.table.name;
    return [...all.values()].filter(isOurs);
  }

  async save({ id, etag, content, request }: NewRecord<C>): Promise<RecordOf<C> | undefined> {
    if (request) await this.#lock(`request ${request.id}`);
    await this.#lock(this.#uniqueKey(content) ?? id);
    const isThere = this.rows().some(
      (row) =>
        (request && row.request?.id === request.id) ||
        (this.table.uniqueKey && this.#uniqueKey(row.record) === this.#uniqueKey(content)),
    );
    if (isThere) return undefined;
    const now = this.memory.now();
    return this.#put({ ...content, id, etag, createTime: now, updateTime: now }, request);
  }

  async findById(id: string): Promise<RecordOf<C> | undefined> {
    return this.rows().find(({ record }) => record.id === id)?.record as RecordOf<C> | undefined;
  }

  async findForChange(id: string): Promise<RecordOf<C> | undefined> {
    await this.#lock(id);
    return this.findById(id);
  }

  async findByRequest(requestId: string) {
    const row = this.rows().find(({ request }) => request?.id === requestId);
    return row?.request && { record: row.record as RecordOf<C>, fingerprint: row.request.fingerprint };
  }

  async findAll(filter: F, { after, limit }: ListPage) {
    const order = ({ record }: Row): string => `${record.createTime.getTime()} ${record.id}`;
    const found = this.rows()
      .filter(({ record }) => matches(this.table.filtered?.(record as never) ?? {}, filter as object))
      .filter((row) => !after || order(row) < `${after.createTime.getTime()} ${after.id}`)
      .sort((a, b) => (order(a) < order(b) ? 1 : -1));
    return { items: found.slice(0, limit).map(({ record }) => record as RecordOf<C>), more: found.length > limit };
  }

  async update(id: string, content: C, etag: string): Promise<RecordOf<C>> {
    const before = this.rows().find(({ record }) => record.id === id);
    if (!before) throw new Error('not found for change');
    const key = this.#uniqueKey(content);
    if (key !== undefined) await this.#lock(key);
    const other = this.rows().find(({ record }) => record.id !== id && key && this.#uniqueKey(record) === key);
    if (other) throw this.table.taken?.(id) ?? new Error('taken');
    const { createTime } = before.record;
    return this.#put({ ...content, id, etag, createTime, updateTime: this.memory.now() }, before.request);
  }

  async delete(id: string): Promise<boolean> {
    await this.#lock(id);
    if (!(await this.findById(id))) return false;
    this.transaction.rows.set(id, undefined);
    return true;
  }

  #uniqueKey(content: object): string | undefined {
    return this.table.uniqueKey?.(content as never);
  }

  #lock(key: string): Promise<void> {
    return this.memory.lock(this.call, this.transaction, JSON.stringify([this.table.name, this.call.tenant, key]));
  }

  #put(record: RecordOf<C>, request: Row['request']): RecordOf<C> {
    this.transaction.rows.set(record.id, { tenant: this.call.tenant, table: this.table.name, record, request });
    return record;
  }
}

class MemoryChildren extends MemoryRepository<ChildContent, object> {
  async findExactMatch(child: Pick<ChildContent, 'displayName' | 'age' | 'gender'>) {
    const row = this.rows().find(({ record }) => matchKeyOf(record as never) === matchKeyOf(child));
    return row?.record as RecordOf<ChildContent> | undefined;
  }
}

class MemoryStories extends MemoryRepository<StoryContent, StoryFilter> {
  /** Parts go with their story. */
  override async delete(id: string): Promise<boolean> {
    for (const [key, row] of [...this.memory.committed, ...this.transaction.rows]) {
      if ((row?.record as Partial<Part> | undefined)?.storyId === id) this.transaction.rows.set(key, undefined);
    }
    return super.delete(id);
  }
}

class MemoryParts<C extends Part> extends MemoryRepository<C, Pick<Part, 'storyId'>> implements PartRepository<C> {
  readonly #of = (storyId: string): RecordOf<C>[] =>
    this.rows()
      .map(({ record }) => record as RecordOf<C>)
      .filter((part) => part.storyId === storyId);

  async nextNumber(storyId: string): Promise<number> {
    return Math.max(0, ...this.#of(storyId).map((part) => part.number)) + 1;
  }

  async findNumberForChange(storyId: string, number: number): Promise<RecordOf<C> | undefined> {
    const part = this.#of(storyId).find((one) => one.number === number);
    return part && this.findForChange(part.id);
  }
}

const heroKeys = ({ language }: HeroContent) => ({ languageKey: fold(language) });
const storyKeys = ({ childId, child, language, state }: StoryContent) => ({
  childId,
  childNameKey: child && fold(child.displayName),
  languageKey: fold(language),
  state,
});

function unitOf(memory: Memory, call: Call, transaction: Transaction): StoryUnit {
  const session = [memory, call, transaction] as const;
  const part = ({ storyId }: Part) => ({ storyId });
  return {
    children: new MemoryChildren(...session, { name: 'children', uniqueKey: matchKeyOf, taken: childExists }),
    heroes: new MemoryRepository<HeroContent, HeroFilter>(...session, { name: 'heroes', filtered: heroKeys }),
    stories: new MemoryStories(...session, { name: 'stories', filtered: storyKeys }),
    storyRevisions: new MemoryParts(...session, { name: 'story revisions', filtered: part }),
    generations: new MemoryParts(...session, { name: 'generations', filtered: part }),
  };
}

/** Keeps records in memory. Transactions see what is committed and their own; who changes a record holds it. */
export function memoryRecords(): StoryStore {
  const memory = new Memory();
  return {
    withTransaction: async (call, work) => {
      call.signal.throwIfAborted();
      const transaction = new Transaction();
      try {
        const result = await work({ ...unitOf(memory, call, transaction), tell: () => {} });
        call.signal.throwIfAborted();
        for (const [id, row] of transaction.rows) {
          if (row) memory.committed.set(id, row);
          else memory.committed.delete(id);
        }
        return result;
      } finally {
        memory.end(transaction);
      }
    },
    reading: (call) => unitOf(memory, call, new Transaction()),
    pageTokenKey: async () => Buffer.alloc(32, 1),
  };
}
