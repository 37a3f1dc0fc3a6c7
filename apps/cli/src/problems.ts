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
