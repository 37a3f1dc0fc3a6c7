import type { Session } from './session.ts';

/** What the command line asks for. */
export interface Invocation {
  /** What is made, for failures to speak of. */
  noun?: string;
  /** With `noun` definition: the term. */
  term?: string;
  /** Runs even when variables cannot be used, and is given the problems. */
  onConfigProblem?: (message: string) => void;
  /** Returns an exit code where it is not 0. */
  run: (session: Session) => Promise<number | void>;
}

/** Commands of the command line choose; whoever parsed it runs. */
export type Choose = (invocation: Invocation) => void;
