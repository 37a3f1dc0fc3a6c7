import { type ErrorTable, status } from '@exempla/rpc';
import type { ExampleErrorReason } from '../examples/index.ts';

/** Which status each reason becomes. */
export const errorTable: ErrorTable = {
  domain: 'examples.exempla',
  codes: {
    TERM_UNKNOWN: status.NOT_FOUND,
    LANGUAGE_UNSUPPORTED: status.FAILED_PRECONDITION,
    TERM_INVALID: status.INVALID_ARGUMENT,
    LEXICON_UNAVAILABLE: status.UNAVAILABLE,
    PROVIDER_UNKNOWN: status.NOT_FOUND,
    OUT_OF_TIME: status.DEADLINE_EXCEEDED,
  } satisfies Record<ExampleErrorReason, status>,
};
