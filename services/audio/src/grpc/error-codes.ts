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
    SOUND_UNUSABLE: status.UNAVAILABLE,
    PROVIDER_UNAVAILABLE: status.UNAVAILABLE,
    PROVIDER_TIMEOUT: status.DEADLINE_EXCEEDED,
    PROVIDER_RATE_LIMITED: status.RESOURCE_EXHAUSTED,
    PROVIDER_CREDIT_EXHAUSTED: status.RESOURCE_EXHAUSTED,
    PROVIDER_KEY_REFUSED: status.FAILED_PRECONDITION,
    PROVIDER_REJECTED: status.FAILED_PRECONDITION,
    PROVIDER_VOICE_UNKNOWN: status.FAILED_PRECONDITION,
    PAGE_TOKEN_INVALID: status.INVALID_ARGUMENT,
  } satisfies Record<SpeechErrorReason, status>,
};
