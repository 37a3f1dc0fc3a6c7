/** A process that did not come up; the message holds the end of what it printed. */
export class ProcessError extends Error {
  readonly process: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = 'ProcessError';
    this.process = name;
  }
}
