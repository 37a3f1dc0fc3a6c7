import { RefusedError } from './api.js';

/** What helps at a field, whatever the server has against its value. */
const FIELDS = new Map([
  ['child.name', 'A name, please, of at most 60 letters.'],
  ['child.age', '1 to 18 years, please.'],
  ['child.interests', 'Please tell at least one thing the child likes; each in a few words, twenty at most.'],
  ['custom_moral', 'Please say in one sentence, of at most 200 letters, what the story is about.'],
  ['story_length', 'A story takes 1 to 30 minutes.'],
  ['previous_story_id', 'That story is no longer there. Please choose another one.'],
]);

/** Reasons that are the matter of one field, though the server names none. */
const FIELD_OF_REASON = new Map([['STORY_NOT_FOUND', 'previous_story_id']]);

const REASONS = new Map([
  ['LANGUAGE_UNSUPPORTED', 'Stories are told in English only, until a model provider is set up.'],
  ['CREDENTIAL_MISSING', 'This server asks who you are. Ask whoever runs it for access.'],
]);

const STATUSES = new Map([
  [401, 'This server did not accept who you are. Ask whoever runs it for access.'],
  [403, 'You may not do this here. Ask whoever runs this server.'],
  [404, 'That story is no longer there.'],
  [413, 'That is more text than fits. Please tell it shorter.'],
  [503, 'The story writer is away for the moment. Please try again shortly.'],
  [504, 'That took too long. Please try again, perhaps with a shorter story.'],
]);

/**
 * What went wrong, for people: what stands beside fields of the form, by field, and what stands for the whole.
 * @param {unknown} error
 * @returns {{ fields: Map<string, string>, whole: string }}
 */
export function explain(error) {
  if (!(error instanceof RefusedError))
    return { fields: new Map(), whole: 'The server cannot be reached. Is it still running? Please try again.' };
  const { problem } = error;
  const known = FIELD_OF_REASON.get(problem.reason);
  const named = known ? [{ field: known, message: problem.detail }] : problem.errors;
  const fields = new Map(named.map(({ field, message }) => [fieldOf(field), helpAt(field, message)]));
  return { fields, whole: fields.size > 0 ? '' : wholeOf(problem) };
}

/** `child.interests[2]` stands at `child.interests`. @param {string} field */
const fieldOf = (field) => field.replace(/\[\d+\].*$/, '');

/** @param {string} field @param {string} message */
const helpAt = (field, message) => FIELDS.get(fieldOf(field)) ?? sentence(message);

/** @param {import('./api.js').Problem} problem */
function wholeOf({ status, reason, detail, retry_after: seconds }) {
  if (status === 429) return `Many stories are being written just now. Please try again in ${duration(seconds ?? 5)}.`;
  return REASONS.get(reason) ?? STATUSES.get(status) ?? (status < 500 ? sentence(detail) : UNEXPECTED);
}

const UNEXPECTED = 'Something went wrong on our side. Please try again.';

/** @param {number} seconds */
const duration = (seconds) => (seconds === 1 ? 'a second' : `${seconds} seconds`);

/** @param {string} text */
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1).replace(/\.?$/, '.');

/** @param {number} count */
export const minutes = (count) => (count === 1 ? '1 minute' : `${count} minutes`);

/** Why a story came without a part of it. @param {{ step?: string, reason?: string }[]} degraded */
export const missing = (degraded) =>
  degraded.length === 0 ? '' : 'The story is kept, but it could not be read aloud this time.';
