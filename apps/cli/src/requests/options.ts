import { UsageError } from '../problems.ts';
import { parseDurationMs } from './duration.ts';

/** `--deadline`, in milliseconds. */
export function durationOption(text: string, help: string): number {
  try {
    return parseDurationMs(text);
  } catch (error) {
    throw new UsageError(`--deadline: ${(error as Error).message}`, help);
  }
}

/** Which numbers are allowed is for the service to say; here it only has to be one that a request can carry. */
export function wholeNumberOption(name: string, text: string, help: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && Math.abs(value) < 2 ** 31) return value;
  throw new UsageError(`--${name}: "${text}" is not a whole number`, help);
}
