/** What a long job tells of itself. */
export interface Progress {
  /** A part of the job begins. */
  begin(what: string): void;
  /** More of it is done. */
  advance(bytes: number): void;
}

export const quiet: Progress = { begin: () => {}, advance: () => {} };
