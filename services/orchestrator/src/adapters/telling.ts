import { joinDraft, type OnPart, type Part } from '../stories/index.ts';

/**
 * Tells of one story in the making to all who listen, from its beginning to who comes later. Kept for those is the last draft and
 * what follows, so no more than the story has.
 */
export class Telling {
  readonly #listeners = new Set<OnPart>();
  #told: Part[] = [];
  #change = Promise.withResolvers<void>();

  /** Waits when nobody keeps up. The fastest is not held up by the slowest: what that has not read is kept for it. */
  readonly tell: OnPart = (part) => {
    this.#keep(part);
    const rooms = Array.from(this.#listeners, (hear) => hear(part));
    if (rooms.length === 0 || rooms.includes(undefined)) return undefined;
    return Promise.race([...rooms, this.#change.promise]);
  };

  /** The result leaves again. */
  join(hear: OnPart): () => void {
    for (const part of this.#told) void hear(part);
    this.#listeners.add(hear);
    this.#changed();
    return () => {
      this.#listeners.delete(hear);
      this.#changed();
    };
  }

  #changed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  /** A draft takes the place of the one before. */
  #keep(part: Part): void {
    const joined = joinDraft(this.#told.at(-1), part);
    if (joined) this.#told[this.#told.length - 1] = joined;
    else if (part.type === 'draft') this.#told = [...this.#told.filter(({ type }) => type !== 'draft'), part];
    else this.#told.push(part);
  }
}
