import { RemoteError, status, StatusError } from '@exempla/rpc';
import { DefinitionError, type DefinitionReason } from '../definitions/index.ts';
import type { FailureReader } from '../parts/index.ts';
import { StoryError, type StoryReason } from '../stories/index.ts';

/** The reasons of our peers that mean something to callers of definitions, and of stories. */
const OF_DEFINITIONS: ReadonlySet<string> = new Set<DefinitionReason>([
  'TERM_UNKNOWN',
  'TERM_INVALID',
  'PROVIDER_UNKNOWN',
  'LANGUAGE_UNSUPPORTED',
  'DEFINITION_EXISTS',
  'REQUEST_ID_REUSED',
  'DEFINITION_NOT_FOUND',
  'ETAG_MISMATCH',
  'PAGE_TOKEN_INVALID',
]);
const OF_STORIES: ReadonlySet<string> = new Set<StoryReason>([
  'CHILD_NOT_FOUND',
  'HERO_NOT_FOUND',
  'STORY_NOT_FOUND',
  'CHILD_EXISTS',
  'RECORD_INVALID',
  'UPDATE_MASK_INVALID',
  'ETAG_MISMATCH',
  'REQUEST_ID_REUSED',
  'PAGE_TOKEN_INVALID',
]);

/** What a model fails with means the same to whoever asked for it, however many services are between. */
const OF_MODELS = 'text.exempla';

/** A peer's failure as our own room says it; what has no meaning there stays what it is. */
export function fromPeer(error: unknown): unknown {
  if (error instanceof RemoteError && error.domain === OF_MODELS) {
    const { code, reason, message, domain, metadata, details } = error;
    const { retryAfterMs, isFinal = false } = details;
    return new StatusError(code, reason, message, {
      domain,
      metadata,
      isFinal,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  if (!(error instanceof RemoteError) || !OF_DEFINITIONS.has(error.reason)) return error;
  return new DefinitionError(error.reason as DefinitionReason, error.message, { ...error.metadata });
}

function storyErrorOf(error: unknown): unknown {
  if (!(error instanceof RemoteError) || !OF_STORIES.has(error.reason)) return error;
  return new StoryError(error.reason as StoryReason, error.message, { ...error.metadata });
}

const asking =
  (inOurWords: (error: unknown) => unknown) =>
  async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      throw inOurWords(error);
    }
  };

/** Awaits a call to a peer for definitions, its known failures in our own words. */
export const askPeer = asking(fromPeer);

/** As `askPeer`, for stories, children and heroes. */
export const askForStories = asking(storyErrorOf);

const CODES = new Map<status, { reason: string; message: string }>([
  [status.DEADLINE_EXCEEDED, { reason: 'TIMEOUT', message: 'did not finish in the time it had' }],
  [status.UNAVAILABLE, { reason: 'UNAVAILABLE', message: 'its service cannot be reached' }],
  [status.CANCELLED, { reason: 'CANCELLED', message: 'was cancelled' }],
  [status.RESOURCE_EXHAUSTED, { reason: 'RESOURCE_EXHAUSTED', message: 'its service has no capacity left' }],
]);

/** What a failed optional part tells the caller: the peer's own reason when it gave one, never its internals. */
export const readFailure: FailureReader = (error) => {
  if (error instanceof DefinitionError || error instanceof StoryError)
    return { reason: error.reason, message: error.message };
  if (error instanceof RemoteError || error instanceof StatusError) {
    if (error.reason === 'BUDGET_EXHAUSTED')
      return { reason: error.reason, message: 'its cost has no room in the budget' };
    const byCode = CODES.get(error.code);
    if (byCode) return byCode;
    if (error.reason && error.reason !== 'INTERNAL') return { reason: error.reason, message: error.message };
  }
  return { reason: 'FAILED', message: 'failed; the service log says why' };
};
