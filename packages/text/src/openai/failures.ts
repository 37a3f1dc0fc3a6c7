import { APIConnectionError, APIError } from 'openai';
import { AnswerOfOtherType, AnswerTooLarge, retryAfterMs, type Failure, type Target } from '@exempla/upstream';
import { TextError, type TextReason } from '../text-error.ts';
import { AnswerError, type AnswerFault } from './answer-error.ts';

interface Rule extends Omit<Failure, 'error'> {
  readonly reason: TextReason;
  readonly message: string;
}

const FAILED: Rule = {
  reason: 'TEXT_UPSTREAM_FAILED',
  message: 'failed',
  next: 'again',
  unhealthy: true,
};
const MALFORMED: Rule = {
  reason: 'TEXT_ANSWER_MALFORMED',
  message: 'sent something that is not an answer',
  next: 'again',
  unhealthy: true,
};
const KEY: Rule = { reason: 'TEXT_KEY_REFUSED', message: 'does not accept the key', next: 'elsewhere' };
const CREDIT: Rule = { reason: 'TEXT_CREDIT_EXHAUSTED', message: 'has no credit left for the account', next: 'other' };
const REJECTED: Rule = { reason: 'TEXT_REQUEST_REJECTED', message: 'rejects the request', next: 'other' };
const LIMITED: Rule = {
  reason: 'TEXT_RATE_LIMITED',
  message: 'accepts no more requests for now',
  next: 'again',
  overload: true,
};

const TIMEOUT: Rule = {
  reason: 'TEXT_TIMEOUT',
  message: 'did not answer in time',
  next: 'again',
  overload: true,
  unhealthy: true,
};

const BY_STATUS: Readonly<Record<number, Rule>> = {
  401: KEY,
  402: CREDIT,
  403: { ...KEY, next: 'other' },
  404: { reason: 'TEXT_MODEL_UNKNOWN', message: 'does not have the model', next: 'other' },
  408: TIMEOUT,
  429: LIMITED,
  503: { ...FAILED, overload: true },
  // Of Anthropic, and of those who hand it on.
  529: { ...FAILED, overload: true },
};

const BY_FAULT: Readonly<Record<AnswerFault, Rule>> = {
  empty: { reason: 'TEXT_ANSWER_EMPTY', message: 'sent an empty answer', next: 'again' },
  failed: FAILED,
  incomplete: { reason: 'TEXT_ANSWER_INCOMPLETE', message: 'broke off its answer', next: 'again' },
  malformed: MALFORMED,
  refused: { reason: 'TEXT_REFUSED', message: 'will not answer this', next: 'never' },
  schema: { reason: 'TEXT_SCHEMA_VIOLATED', message: 'did not follow the schema', next: 'again' },
  // It would do so again, and is paid for it each time.
  spent: { reason: 'TEXT_ANSWER_EMPTY', message: 'spent all of its tokens before the first word', next: 'other' },
};

const MAX_CAUSES = 5;

/** What an attempt failed with, and what follows from it; `timedOut` when its time was over. */
export function failureOf(thrown: unknown, { model, upstream }: Target, timedOut: boolean): Failure {
  const error = causes(thrown).find(isTelling) ?? thrown;
  const { reason, message, ...rest } = timedOut ? TIMEOUT : ruleFor(error);
  const status = statusOf(error);
  const wait = error instanceof APIError ? retryAfterMs(error.headers, Date.now()) : undefined;
  const text = new TextError(reason, `${model} ${message}`, {
    metadata: { model, upstream, ...(status !== undefined && { status: String(status) }) },
    ...(wait !== undefined && { retryAfterMs: wait }),
    cause: thrown,
  });
  return { error: text, ...rest };
}

/** The client wraps what a transport throws. */
function causes(thrown: unknown): unknown[] {
  const found: unknown[] = [];
  for (let error = thrown; error instanceof Error && found.length < MAX_CAUSES; error = error.cause) found.push(error);
  return found;
}

const isTelling = (error: unknown): boolean =>
  error instanceof AnswerError ||
  error instanceof AnswerTooLarge ||
  error instanceof AnswerOfOtherType ||
  (error instanceof APIError && !(error instanceof APIConnectionError));

function ruleFor(error: unknown): Rule {
  if (error instanceof AnswerTooLarge)
    return { reason: 'TEXT_ANSWER_TOO_LARGE', message: 'sent a longer answer than is accepted', next: 'again' };
  if (error instanceof AnswerOfOtherType || error instanceof SyntaxError) return MALFORMED;
  const status = statusOf(error);
  // The account's limit, in the shape of a rate limit: waiting does not help.
  if (error instanceof APIError && error.code === 'insufficient_quota') return CREDIT;
  if ((status === 403 && isModerated(error)) || isFiltered(error)) return BY_FAULT.refused;
  if (status !== undefined) return BY_STATUS[status] ?? (status >= 400 && status < 500 ? REJECTED : FAILED);
  return error instanceof AnswerError ? BY_FAULT[error.fault] : FAILED;
}

/** OpenRouter's way to say that a filter stopped the request. */
const isModerated = (error: unknown): boolean =>
  Array.isArray((saidIn(error) as { metadata?: { reasons?: unknown } } | null | undefined)?.metadata?.reasons);

/** What filters in front of a model say with 400: Azure, OpenAI and Alibaba. */
const FILTERED: readonly unknown[] = ['content_filter', 'content_policy_violation', 'data_inspection_failed'];

const isFiltered = (error: unknown): boolean =>
  FILTERED.includes((saidIn(error) as { code?: unknown } | null | undefined)?.code);

const saidIn = (error: unknown): unknown =>
  error instanceof APIError ? error.error : error instanceof AnswerError ? error.said : undefined;

/** Of the response, or of the error that stands in a successful one, as OpenRouter sends it. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof APIError && error.status !== undefined) return error.status as number;
  // LiteLLM writes it as text.
  const code = Number((saidIn(error) as { code?: unknown } | null | undefined)?.code);
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : undefined;
}
