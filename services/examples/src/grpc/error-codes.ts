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
  } satisfies Record<ExampleErrorReason, status>,
};
