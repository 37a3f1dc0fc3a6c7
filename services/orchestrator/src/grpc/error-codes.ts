import { status, type ErrorTable } from '@exempla/rpc';
import type { DefinitionReason } from '../definitions/index.ts';
import type { StoryReason } from '../stories/index.ts';

const codes: Record<DefinitionReason | StoryReason, status> = {
  TERM_UNKNOWN: status.NOT_FOUND,
  TERM_INVALID: status.INVALID_ARGUMENT,
  PROVIDER_UNKNOWN: status.NOT_FOUND,
  LANGUAGE_UNSUPPORTED: status.FAILED_PRECONDITION,
  DEFINITION_EXISTS: status.ALREADY_EXISTS,
  REQUEST_ID_REUSED: status.ALREADY_EXISTS,
  DEFINITION_NOT_FOUND: status.NOT_FOUND,
  ETAG_MISMATCH: status.ABORTED,
  PAGE_TOKEN_INVALID: status.INVALID_ARGUMENT,
  CHILD_NOT_FOUND: status.NOT_FOUND,
  HERO_NOT_FOUND: status.NOT_FOUND,
  STORY_NOT_FOUND: status.NOT_FOUND,
  CHILD_EXISTS: status.ALREADY_EXISTS,
  RECORD_INVALID: status.INVALID_ARGUMENT,
  DRAFT_UNUSABLE: status.UNAVAILABLE,
  UPDATE_MASK_INVALID: status.INVALID_ARGUMENT,
};

/** Which status each reason of this service becomes. */
export const errorTable: ErrorTable = { domain: 'orchestrator.exempla', codes };
