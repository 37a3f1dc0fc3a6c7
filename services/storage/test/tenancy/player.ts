/** What a tenant has learned from its answers, and what others may have learned from theirs. */
interface Knowledge {
  /** Resource names by collection, such as `definitions`. */
  readonly names: Map<string, string[]>;
  /** The last etag of each name. */
  readonly etags: Map<string, string>;
  /** Page tokens by the method that gave them, and positions. */
  readonly tokens: Map<string, string[]>;
}

const NAME = /^([a-zA-Z]+)\/.+/;
const TOKEN_FIELD = /Token$|^token$/;
/** Both tenants choose from the same few: what is taken by one must be free for the other. */
const SHARED = 4;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !(value instanceof Date);

/** A tenant that calls at random, with what is its own, with what is the other's, and with what nobody has. */
export class Player {
  /** In every text it sends. */
  readonly marker: string;
  readonly tenant: string;
  /** All it has said so far: what comes back of it is no secret. */
  sent = '';
  /** What it may know of somebody else. */
  other: Player = this;
  readonly #random: () => number;
  readonly #known: Knowledge = { names: new Map(), etags: new Map(), tokens: new Map() };
  #texts = 0;

  constructor(marker: string, tenant: string, random: () => number) {
    this.marker = marker;
    this.tenant = tenant;
    this.#random = random;
  }

  chance = (of: number): boolean => this.#random() < of;
  below = (limit: number): number => Math.floor(this.#random() * limit);

  oneOf<T>(all: readonly T[]): T {
    if (all.length === 0) throw new Error('nothing to choose from');
    return all[this.below(all.length)] as T;
  }

  /** Says whose it is, and is never the same. */
  text = (what: string): string => `${what} of ${this.marker} ${(this.#texts += 1)}`;

  /** One of a few words that both tenants use. */
  word = (what: string): string => `${what}-${this.below(SHARED)}`;

  /** One of a few ids that both tenants use. */
  uuid = (): string => `00000000-0000-4000-8000-00000000000${this.below(SHARED)}`;

  /** A name of a collection: mostly one's own, often the other's, sometimes one that nobody has. */
  name(collection: string, invented: () => string): string {
    const whose = this.#whose();
    const names = whose && (whose.#known.names.get(collection) ?? []);
    return names === undefined || names.length === 0 ? `${collection}/${invented()}` : this.oneOf(names.slice(-20));
  }

  /** For a change of `name`: none, the right one, the other's of the same name, or one that was never given. */
  etag(name: string): string {
    if (this.chance(0.4)) return '';
    const whose = this.#whose();
    return (whose && whose.#known.etags.get(name)) ?? 'never-given';
  }

  /** To go on in a list: the beginning, a place of one's own, one of the other's, or one of another list. */
  token(method: string): string {
    if (this.chance(0.3)) return '';
    const { tokens } = (this.#whose() ?? this.other).#known;
    const all = this.chance(0.9) ? tokens.get(method) : [...tokens.values()].flat();
    return all === undefined || all.length === 0 ? '' : this.oneOf(all.slice(-20));
  }

  /** Remembers what an answer of `method` tells. */
  learn(method: string, answer: unknown): void {
    if (Array.isArray(answer)) for (const item of answer) this.learn(method, item);
    if (!isRecord(answer)) return;
    const { name, etag } = answer;
    if (typeof name === 'string' && typeof etag === 'string') this.#known.etags.set(name, etag);
    for (const [field, value] of Object.entries(answer)) {
      if (typeof value === 'string') this.#learnText(method, field, value);
      else this.learn(method, value);
    }
  }

  /** A name that was removed is no longer asked for, but by chance. */
  forget(name: string): void {
    for (const [collection, names] of this.#known.names) {
      const left = names.filter((known) => known !== name && !known.startsWith(`${name}/`));
      this.#known.names.set(collection, left);
    }
  }

  #learnText(method: string, field: string, value: string): void {
    const [, collection] = NAME.exec(value) ?? [];
    if (collection !== undefined) add(this.#known.names, collection, value);
    // A position is one to all methods, a page token only to the one that gave it.
    if (field === 'position') add(this.#known.tokens, field, value);
    if (TOKEN_FIELD.test(field) && value !== '') add(this.#known.tokens, method, value);
  }

  #whose(): Player | undefined {
    const place = this.#random();
    if (place < 0.75) return this;
    return place < 0.92 ? this.other : undefined;
  }
}

function add(all: Map<string, string[]>, key: string, value: string): void {
  const before = all.get(key) ?? [];
  if (!before.includes(value)) all.set(key, [...before, value]);
}

/** Two tenants that know each other. */
export function twoPlayers(random: () => number, name: (marker: string) => string): [Player, Player] {
  const [first, second] = ['alpha-7f3a', 'beta-91c2'].map((marker) => new Player(marker, name(marker), random));
  if (!first || !second) throw new Error('there are two');
  first.other = second;
  second.other = first;
  return [first, second];
}
