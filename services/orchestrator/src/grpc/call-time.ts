import type { CallContext } from '@exempla/rpc';
import type { CallTime } from '../parts/index.ts';

/** The time that the work of a call has: what is left, less what its answer needs. */
export const timeOf = ({ signal, deadline, reserveMs }: CallContext): CallTime => ({
  signal,
  remainingMs: () => deadline.remainingMs() - reserveMs,
});
