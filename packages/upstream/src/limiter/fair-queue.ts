import type { Priority } from '../call.ts';

/** Whose turn it is. */
export interface Turn {
  readonly tenant: string;
  readonly priority?: Priority | undefined;
}

/**
 * Who waits. Interactive goes before batch; of the tenants the one with the least under way comes next, of equals the one
 * that was served longest ago; a tenant's own wait in the order they came.
 */
export class FairQueue<T extends Turn> {
  readonly #waiting: Record<Priority, Map<string, Set<T>>> = { interactive: new Map(), batch: new Map() };
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(turn: T): void {
    const tenants = this.#tenantsOf(turn);
    const own = tenants.get(turn.tenant);
    if (own) own.add(turn);
    else tenants.set(turn.tenant, new Set([turn]));
    this.#size += 1;
  }

  /** Takes it out, wherever it stands. */
  remove(turn: T): void {
    const tenants = this.#tenantsOf(turn);
    const own = tenants.get(turn.tenant);
    if (!own?.delete(turn)) return;
    this.#size -= 1;
    if (own.size === 0) tenants.delete(turn.tenant);
  }

  /** Takes out who comes next; `underWay` says how much a tenant has running. */
  shift(underWay: (tenant: string) => number): T | undefined {
    const tenants = this.#waiting.interactive.size > 0 ? this.#waiting.interactive : this.#waiting.batch;
    let least: { tenant: string; load: number } | undefined;
    for (const tenant of tenants.keys()) {
      const load = underWay(tenant);
      if (!least || load < least.load) least = { tenant, load };
    }
    const own = least && tenants.get(least.tenant);
    const [next] = own ?? [];
    if (!least || !own || !next) return undefined;
    // Behind the others of equal load, for the next time.
    tenants.delete(least.tenant);
    tenants.set(least.tenant, own);
    this.remove(next);
    return next;
  }

  #tenantsOf({ priority = 'interactive' }: Turn): Map<string, Set<T>> {
    return this.#waiting[priority];
  }
}
