import { status } from '@exempla/rpc/client';

/** What a program of the CLI ends with; docs/cli.md has the same table. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  invalidArgument: 3,
  notFound: 4,
  alreadyExists: 5,
  failedPrecondition: 6,
  notAllowed: 7,
  exhausted: 8,
  aborted: 9,
  deadlineExceeded: 10,
  unavailable: 11,
  /** 128 and SIGPIPE, as shells have it: nobody reads the output any more. */
  nobodyReads: 141,
} as const;

const BY_STATUS: Partial<Record<status, number>> = {
  [status.INVALID_ARGUMENT]: EXIT.invalidArgument,
  [status.OUT_OF_RANGE]: EXIT.invalidArgument,
  [status.NOT_FOUND]: EXIT.notFound,
  [status.ALREADY_EXISTS]: EXIT.alreadyExists,
  [status.FAILED_PRECONDITION]: EXIT.failedPrecondition,
  [status.UNAUTHENTICATED]: EXIT.notAllowed,
  [status.PERMISSION_DENIED]: EXIT.notAllowed,
  [status.RESOURCE_EXHAUSTED]: EXIT.exhausted,
  [status.ABORTED]: EXIT.aborted,
  [status.DEADLINE_EXCEEDED]: EXIT.deadlineExceeded,
  [status.UNAVAILABLE]: EXIT.unavailable,
};

/** The exit code of a call that failed; `failed` for statuses that a caller can do nothing about. */
export const exitCodeOf = (code: status): number => BY_STATUS[code] ?? EXIT.failed;
