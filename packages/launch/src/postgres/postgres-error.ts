export type PostgresProblem =
  | 'PLATFORM_UNSUPPORTED'
  | 'PROGRAMS_MISSING'
  | 'DATA_OF_ANOTHER_MAJOR'
  | 'DATA_IN_USE'
  | 'USER_WITHOUT_NAME'
  | 'PORT_TAKEN'
  | 'SERVER_UNAVAILABLE'
  | 'START_FAILED';

/** Why there is no PostgreSQL; the message is written for the person at the terminal. */
export class PostgresError extends Error {
  readonly reason: PostgresProblem;

  constructor(reason: PostgresProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PostgresError';
    this.reason = reason;
  }
}
