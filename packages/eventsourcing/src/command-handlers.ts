import type { Call } from './event-store.ts';
import type { Handled, Handler } from './handle.ts';
import type { Command, Fact } from './message.ts';

export class DuplicateHandlerError extends Error {
  override readonly name = 'DuplicateHandlerError';

  constructor(type: string) {
    super(`"${type}" has a handler already; a command is handled in one place`);
  }
}

export class UnhandledCommandError extends Error {
  override readonly name = 'UnhandledCommandError';

  constructor(type: string) {
    super(`nothing handles "${type}"`);
  }
}

type AnyHandler = (call: Call, command: never) => Promise<Handled<Fact>>;

/** Which handler carries out which type of command: modules register theirs, doors ask here. */
export class CommandHandlers {
  readonly #handlers = new Map<string, AnyHandler>();

  register<C extends Fact, E extends Fact>(type: C['type'], handler: Handler<C, E>): void {
    if (this.#handlers.has(type)) throw new DuplicateHandlerError(type);
    this.#handlers.set(type, handler);
  }

  async handle(call: Call, command: Command): Promise<Handled<Fact>> {
    const handler = this.#handlers.get(command.type);
    if (handler === undefined) throw new UnhandledCommandError(command.type);
    call.signal.throwIfAborted();
    return handler(call, command as never);
  }
}
