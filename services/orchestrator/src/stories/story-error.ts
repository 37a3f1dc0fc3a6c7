/** Why something could not be done for a story, a child or a hero. */
export type StoryReason =
  | 'CHILD_NOT_FOUND'
  | 'HERO_NOT_FOUND'
  | 'STORY_NOT_FOUND'
  | 'CHILD_EXISTS'
  | 'RECORD_INVALID'
  | 'UPDATE_MASK_INVALID'
  | 'ETAG_MISMATCH'
  | 'LANGUAGE_UNSUPPORTED'
  | 'PROVIDER_UNKNOWN'
  | 'DRAFT_UNUSABLE'
  | 'REQUEST_ID_REUSED'
  | 'PAGE_TOKEN_INVALID';

export class StoryError extends Error {
  readonly reason: StoryReason;
  /** Everything variable in the message. */
  readonly metadata: Record<string, string>;
  /** What could be tried was tried: nobody on the way asks for it again. */
  readonly isFinal: boolean;

  constructor(reason: StoryReason, message: string, metadata: Record<string, string> = {}) {
    super(message);
    this.name = 'StoryError';
    this.reason = reason;
    this.metadata = metadata;
    this.isFinal = reason === 'DRAFT_UNUSABLE';
  }
}

/** Says which field of a request is wrong, and how. */
export const invalid = (field: string, why: string): StoryError =>
  new StoryError('RECORD_INVALID', `${field}: ${why}`, { field });

export const languageUnsupported = (language: string): StoryError =>
  new StoryError(
    'LANGUAGE_UNSUPPORTED',
    `no writer writes stories in the language "${language}"; enable a model provider, the embedded one writes English`,
    { language, enable: 'model provider' },
  );

export const providerUnknown = (provider: string, names: readonly string[]): StoryError =>
  new StoryError('PROVIDER_UNKNOWN', `there is no writer "${provider}"; choose from ${names.join(', ')}`, {
    provider,
    providers: names.join(', '),
  });

/** What was written is no story: `EMPTY`, `TOO_SHORT` or `CUT_OFF`. */
export const draftUnusable = (model: string, fault: string): StoryError =>
  new StoryError('DRAFT_UNUSABLE', `${model} wrote no story that could be told: ${fault}`, { model, fault });
