/** A point in time by which a call must have answered. */
export class Deadline {
  /** Milliseconds since the epoch. */
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }

  /** The deadline `ms` from now. */
  static after(ms: number): Deadline {
    return new Deadline(Date.now() + ms);
  }

  /** Milliseconds left; negative when it has passed. */
  remainingMs(): number {
    return this.at - Date.now();
  }

  /** The earlier of the two. */
  min(other: Deadline): Deadline {
    return other.at < this.at ? other : this;
  }

  /** This deadline, `ms` earlier. */
  minus(ms: number): Deadline {
    return new Deadline(this.at - ms);
  }
}

/** The deadline a server holds: the caller's cut to the method's maximum, or the method's default when there is none. */
export function servedDeadline(asked: Date | number, policy: { defaultMs: number; maxMs: number }): Deadline {
  const at = typeof asked === 'number' ? asked : asked.getTime();
  if (!Number.isFinite(at)) return Deadline.after(policy.defaultMs);
  return new Deadline(at).min(Deadline.after(policy.maxMs));
}
