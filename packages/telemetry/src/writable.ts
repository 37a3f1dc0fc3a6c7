import { pino } from 'pino';
import { censored } from './censor.ts';

// A line is written whatever is in it: who writes it is often about to end something that has failed.

const UNWRITABLE = '[cannot be written]';

/** The fields of a line without its secrets; one that throws when it is looked at is named only. */
export function writable(line: Record<string, unknown>): Record<string, unknown> {
  const fields = (some: Record<string, unknown>): Record<string, unknown> => censored(some) as typeof some;
  try {
    return fields(line);
  } catch {
    const each = Object.entries(line).map(([name, value]) => orUnwritable(() => fields({ [name]: value }), name));
    return Object.assign({}, ...each) as Record<string, unknown>;
  }
}

function orUnwritable(look: () => Record<string, unknown>, name: string): Record<string, unknown> {
  try {
    return look();
  } catch {
    return { [name]: UNWRITABLE };
  }
}

/** What was thrown, which need not be an error, with its stack and its causes. */
export function writableError(thrown: unknown): unknown {
  if (typeof thrown !== 'object' || thrown === null) return thrown;
  try {
    return censored({ ...pino.stdSerializers.err(thrown as Error) });
  } catch {
    // pino leaves a mark on what it writes, which a frozen error does not take.
    return orUnwritable(() => {
      const { name: type, message, stack } = thrown as Error;
      return { type, message, stack };
    }, 'message');
  }
}
