import { status, type ErrorTable } from '@exempla/rpc';
import type { SpeechErrorReason } from '../speech/index.ts';

/** Which status each reason becomes. */
export const errorTable: ErrorTable = {
  domain: 'audio.exempla',
  codes: {
    TEXT_EMPTY: status.INVALID_ARGUMENT,
    VOICE_UNKNOWN: status.NOT_FOUND,
    LANGUAGE_WITHOUT_VOICE: status.FAILED_PRECONDITION,
    FORMAT_UNSUPPORTED: status.FAILED_PRECONDITION,
    ENGINE_FAILED: status.INTERNAL,
    ENGINE_BUSY: status.RESOURCE_EXHAUSTED,
    PAGE_TOKEN_INVALID: status.INVALID_ARGUMENT,
  } satisfies Record<SpeechErrorReason, status>,
};
