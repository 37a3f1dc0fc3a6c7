import { AnswerOfOtherType, AnswerTooLarge, retryAfterMs, type Failure } from '@exempla/upstream';
import { SpeechError, type SpeechErrorReason } from '../speech/index.ts';
import type { Provider } from './provider.ts';
import { SoundFault } from './sound-fault.ts';

interface Rule extends Omit<Failure, 'error'> {
  readonly reason: SpeechErrorReason;
  readonly message: string;
}

const FAILED: Rule = { reason: 'PROVIDER_UNAVAILABLE', message: 'failed', next: 'again', unhealthy: true };
const LIMITED: Rule = {
  reason: 'PROVIDER_RATE_LIMITED',
  message: 'accepts no more requests for now',
  next: 'again',
  overload: true,
};
/** A second wait as long as the first would leave nobody else time to speak. */
const TIMEOUT: Rule = {
  reason: 'PROVIDER_TIMEOUT',
  message: 'did not speak in time',
  next: 'other',
  overload: true,
  unhealthy: true,
};
const KEY: Rule = { reason: 'PROVIDER_KEY_REFUSED', message: 'does not accept the key', next: 'never' };
const CREDIT: Rule = {
  reason: 'PROVIDER_CREDIT_EXHAUSTED',
  message: 'has no credit left for the account',
  next: 'never',
};
const UNKNOWN: Rule = {
  reason: 'PROVIDER_VOICE_UNKNOWN',
  message: 'does not have the voice or the model',
  next: 'never',
};
const REJECTED: Rule = { reason: 'PROVIDER_REJECTED', message: 'will not speak this', next: 'never' };
const UNUSABLE: Rule = { reason: 'SOUND_UNUSABLE', message: 'sent something that is not sound', next: 'again' };

const BY_STATUS: Readonly<Record<number, Rule>> = {
  401: KEY,
  402: CREDIT,
  403: KEY,
  404: UNKNOWN,
  408: TIMEOUT,
  429: LIMITED,
  503: { ...FAILED, overload: true },
};
const MAX_CAUSES = 5;

/** What an attempt to get a piece spoken failed with, and what follows from it; `timedOut` when its time was over. */
export function speechFailure(thrown: unknown, provider: Provider, timedOut: boolean): Failure {
  const error = causes(thrown).find((cause) => isFault(cause) || provider.refusalIn(cause)) ?? thrown;
  const refusal = provider.refusalIn(error);
  const { reason, message, ...rest } = timedOut ? TIMEOUT : ruleFor(error, refusal);
  const metadata = { engine: provider.name, ...(refusal && { status: String(refusal.status) }) };
  const wait = retryAfterMs(refusal?.headers, Date.now());
  // What the provider says of it stays in the log: it may name keys and accounts.
  const options = { retryAfterMs: wait, cause: thrown };
  return { error: new SpeechError(reason, `${provider.name} ${message}`, metadata, options), ...rest };
}

/** Clients wrap what a transport throws. */
function causes(thrown: unknown): unknown[] {
  const found: unknown[] = [];
  for (let error = thrown; error instanceof Error && found.length < MAX_CAUSES; error = error.cause) found.push(error);
  return found;
}

const isFault = (error: unknown): boolean =>
  error instanceof SoundFault || error instanceof AnswerTooLarge || error instanceof AnswerOfOtherType;

function ruleFor(error: unknown, refusal: ReturnType<Provider['refusalIn']>): Rule {
  if (isFault(error)) return UNUSABLE;
  if (!refusal) return FAILED;
  if (refusal.isOutOfCredit) return CREDIT;
  return BY_STATUS[refusal.status] ?? (refusal.status >= 500 ? FAILED : REJECTED);
}
