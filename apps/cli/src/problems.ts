/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** The command that helps. */
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}

/** The environment cannot be used as it is; the message names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** What the person asked for cannot be done now; the message says why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'that is not allowed',
  EDQUOT: 'the quota is used up',
  EEXIST: 'a file has that name',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EPERM: 'that is not allowed',
  EROFS: 'the disk is read-only',
};

/** What cannot be written, and why not. */
export function notWritable(what: string, error: unknown): RefusedError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = WHY[code ?? ''];
  return new RefusedError(`${what} cannot be written: ${code ?? message}${why ? `, ${why}` : ''}`, { cause: error });
}

/** nobody: the connection is refused · silent: nothing comes back · unresolved: no such host · other: somebody else. */
export type PeerProblem = 'nobody' | 'silent' | 'unresolved' | 'other';

/** A service of the mesh does not answer where it should. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
  readonly problem: PeerProblem;
  readonly service: string;
  readonly target: string;

  constructor(
    problem: PeerProblem,
    { service, target }: { service: string; target: string },
    options?: { cause: unknown },
  ) {
    super(`${service} does not answer at ${target}`, options);
    this.problem = problem;
    this.service = service;
    this.target = target;
  }
}

/** Whoever read the output went away, as `| head` does. */
export class NobodyReads extends Error {
  override readonly name = 'NobodyReads';
}
