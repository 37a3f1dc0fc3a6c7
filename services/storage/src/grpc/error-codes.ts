import { type ErrorTable, status } from '@exempla/rpc';
import type { BudgetErrorReason } from '../budgets/index.ts';
import type { DefinitionErrorReason } from '../definitions/index.ts';
import type { EventErrorReason } from '../events/index.ts';
import type { ObjectErrorReason } from '../objects/index.ts';
import type { PagingErrorReason } from '../paging/index.ts';
import type { RecordErrorReason } from '../records/index.ts';

/** What the adapters throw, whichever room they serve. */
type DatabaseErrorReason = 'DATABASE_UNAVAILABLE' | 'POOL_EXHAUSTED';

/** Which status each reason becomes. */
export const errorTable: ErrorTable = {
  domain: 'storage.exempla',
  codes: {
    DEFINITION_NOT_FOUND: status.NOT_FOUND,
    DEFINITION_EXISTS: status.ALREADY_EXISTS,
    REQUEST_ID_REUSED: status.ALREADY_EXISTS,
    ETAG_MISMATCH: status.ABORTED,
    PAGE_TOKEN_INVALID: status.INVALID_ARGUMENT,
    UPDATE_MASK_INVALID: status.INVALID_ARGUMENT,
    CHILD_NOT_FOUND: status.NOT_FOUND,
    CHILD_EXISTS: status.ALREADY_EXISTS,
    RECORD_INVALID: status.INVALID_ARGUMENT,
    HERO_NOT_FOUND: status.NOT_FOUND,
    STORY_NOT_FOUND: status.NOT_FOUND,
    GENERATION_NOT_FOUND: status.NOT_FOUND,
    GENERATION_OVER: status.FAILED_PRECONDITION,
    OBJECT_NOT_FOUND: status.NOT_FOUND,
    UPLOAD_OUT_OF_ORDER: status.INVALID_ARGUMENT,
    OBJECT_SIZE_MISMATCH: status.INVALID_ARGUMENT,
    OBJECT_HASH_MISMATCH: status.INVALID_ARGUMENT,
    OBJECT_TOO_LARGE: status.INVALID_ARGUMENT,
    OBJECT_DAMAGED: status.DATA_LOSS,
    OBJECTS_FULL: status.RESOURCE_EXHAUSTED,
    WRONG_EXPECTED_REVISION: status.ABORTED,
    EVENT_ID_REUSED: status.ALREADY_EXISTS,
    POSITION_INVALID: status.INVALID_ARGUMENT,
    APPEND_QUEUE_FULL: status.RESOURCE_EXHAUSTED,
    APPEND_TOO_LARGE: status.INVALID_ARGUMENT,
    RANGE_BEYOND_END: status.OUT_OF_RANGE,
    UPLOAD_NOT_FOUND: status.NOT_FOUND,
    UPLOAD_BUSY: status.ABORTED,
    UPLOAD_OFFSET_MISMATCH: status.ABORTED,
    UPLOAD_REUSED: status.ALREADY_EXISTS,
    UPLOAD_FINISHED: status.FAILED_PRECONDITION,
    UPLOAD_DAMAGED: status.DATA_LOSS,
    BUDGET_EXHAUSTED: status.RESOURCE_EXHAUSTED,
    RESERVATION_OVER: status.FAILED_PRECONDITION,
    BUDGET_OF_ANOTHER: status.PERMISSION_DENIED,
    DATABASE_UNAVAILABLE: status.UNAVAILABLE,
    POOL_EXHAUSTED: status.RESOURCE_EXHAUSTED,
  } satisfies Record<
    | BudgetErrorReason
    | DefinitionErrorReason
    | EventErrorReason
    | ObjectErrorReason
    | PagingErrorReason
    | RecordErrorReason
    | DatabaseErrorReason,
    status
  >,
};
