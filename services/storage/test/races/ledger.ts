/** What writers were told, and what they know will never be: the database and the readers are held to it. */
export class Ledger {
  /** Ids of events that somebody was told are stored. */
  readonly acknowledged = new Set<string>();
  /** Ids of events that were refused or rolled back: nobody may ever see one. */
  readonly refused = new Set<string>();
  readonly counts = { conflicts: 0, left: 0, rollbacks: 0, retries: 0, repeated: 0 };
  /** Errors that nothing in the race explains. */
  readonly surprises: string[] = [];

  acknowledge(ids: readonly string[]): void {
    for (const id of ids) this.acknowledged.add(id);
  }

  refuse(ids: readonly string[]): void {
    for (const id of ids) this.refused.add(id);
  }

  surprise(who: string, error: unknown): void {
    this.surprises.push(`${who}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
