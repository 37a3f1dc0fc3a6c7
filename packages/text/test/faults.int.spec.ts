import { describe, expect, it } from '@jest/globals';
import { status, StatusError } from '@exempla/rpc';
import { startScriptedOpenAi, type OpenAiBehaviour } from '@exempla/testing';
import type { OpenAiText } from '../src/index.ts';
import { callFor, generatorFor, OBJECT_REQUEST, partsOf, REQUEST } from './calls.ts';

const TEXT = 'A small fox sat by the river and waited.';
const HOUR_S = 3_600;
/** Enough for two attempts of `ATTEMPT_MS`, and for no pause between rounds. */
const DEADLINE_MS = 2_000;
const ATTEMPT_MS = 400;
const HANGING: ReadonlySet<OpenAiBehaviour['type']> = new Set(['silence', 'stall', 'drip']);

type Mode = 'whole' | 'stream' | 'object';
type Row = readonly [fault: string, behaviour: OpenAiBehaviour, seen: string | Readonly<Record<Mode, string>>];

const BUSY = '{"error": {"message": "busy", "code": "429"}}';

const page = (body: object): OpenAiBehaviour => ({
  type: 'page',
  contentType: 'application/json',
  body: JSON.stringify(body),
});

/** Half of a text that ends for this reason, as whole answer or as stream. */
const endedBy = (finish_reason: string, content: string): OpenAiBehaviour => ({
  type: 'choose',
  of: ({ stream }) =>
    stream
      ? { type: 'page', contentType: 'text/event-stream', body: streamOf({ content }, finish_reason) }
      : page({ choices: [{ message: { content }, finish_reason }] }),
});

const streamOf = (delta: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ delta, finish_reason }] })}\n\ndata: [DONE]\n\n`;

/** What a caller sees of each fault of an upstream that has two models: status, reason, when to come back, requests sent. */
const ROWS: readonly Row[] = [
  [
    '401',
    { type: 'fail', status: 401, message: 'Incorrect API key provided: sk-12**89' },
    'FAILED_PRECONDITION TEXT_KEY_REFUSED, 1 request',
  ],
  [
    '402',
    { type: 'fail', status: 402, message: 'Insufficient credits' },
    'RESOURCE_EXHAUSTED TEXT_CREDIT_EXHAUSTED, 2 requests',
  ],
  [
    '403',
    { type: 'fail', status: 403, message: 'Not allowed to sample from this model' },
    'FAILED_PRECONDITION TEXT_KEY_REFUSED, 2 requests',
  ],
  [
    '403 of a filter',
    { type: 'fail', status: 403, message: 'flagged', metadata: { reasons: ['violence'], flagged_input: '…' } },
    'FAILED_PRECONDITION TEXT_REFUSED, 1 request',
  ],
  [
    '404 model',
    { type: 'fail', status: 404, message: 'no such model', code: 'model_not_found' },
    'FAILED_PRECONDITION TEXT_MODEL_UNKNOWN, 2 requests',
  ],
  [
    '400 too long',
    { type: 'fail', status: 400, message: 'too long', code: 'context_length_exceeded' },
    'FAILED_PRECONDITION TEXT_REQUEST_REJECTED, 2 requests',
  ],
  ['429', { type: 'rate-limit' }, 'RESOURCE_EXHAUSTED TEXT_RATE_LIMITED, 2 requests'],
  [
    '429, Retry-After 1 s',
    { type: 'rate-limit', retryAfterS: 1 },
    'RESOURCE_EXHAUSTED TEXT_RATE_LIMITED in 1 s, 2 requests',
  ],
  [
    '429, Retry-After 1 h',
    { type: 'rate-limit', retryAfterS: HOUR_S },
    'RESOURCE_EXHAUSTED TEXT_RATE_LIMITED in 3600 s, 2 requests',
  ],
  [
    '429 of the account',
    { type: 'fail', status: 429, message: 'quota', code: 'insufficient_quota' },
    'RESOURCE_EXHAUSTED TEXT_CREDIT_EXHAUSTED, 2 requests',
  ],
  ['500', { type: 'fail', status: 500, message: 'broken' }, 'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests'],
  ['503', { type: 'fail', status: 503, message: 'busy' }, 'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests'],
  [
    '503, Retry-After 1 s',
    { type: 'fail', status: 503, message: 'busy', retryAfterS: 1 },
    'UNAVAILABLE TEXT_UPSTREAM_FAILED in 1 s, 2 requests',
  ],
  ['hang before headers', { type: 'silence' }, 'DEADLINE_EXCEEDED TEXT_TIMEOUT, 2 requests'],
  [
    'hang in the body',
    { type: 'stall', text: TEXT, afterWords: 3 },
    {
      whole: 'DEADLINE_EXCEEDED TEXT_TIMEOUT, 2 requests',
      stream: 'text, then DEADLINE_EXCEEDED TEXT_TIMEOUT, 1 request',
      object: 'DEADLINE_EXCEEDED TEXT_TIMEOUT, 2 requests',
    },
  ],
  [
    'hang before the first word',
    { type: 'stall', text: TEXT, afterWords: 0 },
    'DEADLINE_EXCEEDED TEXT_TIMEOUT, 2 requests',
  ],
  [
    'slow drip',
    { type: 'drip', text: TEXT.repeat(20), everyMs: 50 },
    {
      whole: 'DEADLINE_EXCEEDED TEXT_TIMEOUT, 2 requests',
      stream: 'text, then DEADLINE_EXCEEDED DEADLINE_EXCEEDED, 1 request',
      object: 'DEADLINE_EXCEEDED TEXT_TIMEOUT, 2 requests',
    },
  ],
  ['reset', { type: 'reset' }, 'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests'],
  [
    'reset in the body',
    { type: 'break', text: TEXT, afterWords: 3 },
    {
      whole: 'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests',
      stream: 'text, then UNAVAILABLE TEXT_UPSTREAM_FAILED, 1 request',
      object: 'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests',
    },
  ],
  [
    'truncated',
    { type: 'truncate', text: TEXT, afterWords: 3 },
    {
      whole: 'UNAVAILABLE TEXT_ANSWER_MALFORMED, 2 requests',
      stream: 'text, then UNAVAILABLE TEXT_ANSWER_INCOMPLETE, 1 request',
      object: 'UNAVAILABLE TEXT_ANSWER_MALFORMED, 2 requests',
    },
  ],
  [
    'error in a good answer',
    { type: 'fail-inside', status: 502, text: TEXT, afterWords: 3 },
    {
      whole: 'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests',
      stream: 'text, then UNAVAILABLE TEXT_UPSTREAM_FAILED, 1 request',
      object: 'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests',
    },
  ],
  [
    '429 in a good answer',
    { type: 'fail-inside', status: 429, text: TEXT, afterWords: 0 },
    'RESOURCE_EXHAUSTED TEXT_RATE_LIMITED, 2 requests',
  ],
  [
    'OpenRouter and Mistral: broken off by an error, said in the reason of the end',
    endedBy('error', TEXT),
    {
      whole: 'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests',
      stream: 'text, then UNAVAILABLE TEXT_UPSTREAM_FAILED, 1 request',
      object: 'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests',
    },
  ],
  [
    'DeepSeek: broken off for lack of capacity',
    endedBy('insufficient_system_resource', TEXT),
    {
      whole: 'UNAVAILABLE TEXT_ANSWER_INCOMPLETE, 2 requests',
      stream: 'text, then UNAVAILABLE TEXT_ANSWER_INCOMPLETE, 1 request',
      object: 'UNAVAILABLE TEXT_ANSWER_INCOMPLETE, 2 requests',
    },
  ],
  [
    'LiteLLM: a status as text, in a good answer',
    {
      type: 'choose',
      of: ({ stream }) =>
        stream
          ? { type: 'page', contentType: 'text/event-stream', body: `data: ${BUSY}\n\n` }
          : { type: 'page', contentType: 'application/json', body: BUSY },
    },
    'RESOURCE_EXHAUSTED TEXT_RATE_LIMITED, 2 requests',
  ],
  [
    'Azure: 400 of a filter',
    { type: 'fail', status: 400, message: 'The response was filtered', code: 'content_filter' },
    'FAILED_PRECONDITION TEXT_REFUSED, 1 request',
  ],
  [
    '529, a provider behind the upstream is overloaded',
    { type: 'fail', status: 529, message: 'overloaded_error' },
    'UNAVAILABLE TEXT_UPSTREAM_FAILED, 2 requests',
  ],
  ['all tokens spent on thoughts', endedBy('length', ''), 'UNAVAILABLE TEXT_ANSWER_EMPTY, 2 requests'],
  ['empty', { type: 'say', text: '' }, 'UNAVAILABLE TEXT_ANSWER_EMPTY, 2 requests'],
  [
    'a stream of what is no text',
    { type: 'page', contentType: 'text/event-stream', body: streamOf({ content: [{ type: 'text', text: 'A fox' }] }) },
    'UNAVAILABLE TEXT_ANSWER_MALFORMED, 2 requests',
  ],
  ['malformed JSON', { type: 'nonsense' }, 'UNAVAILABLE TEXT_ANSWER_MALFORMED, 2 requests'],
  [
    'schema violation',
    { type: 'say', text: '{"animal": 7}' },
    { whole: 'text, 1 request', stream: 'text, 1 request', object: 'UNAVAILABLE TEXT_SCHEMA_VIOLATED, 2 requests' },
  ],
  [
    'no JSON where an object is asked for',
    { type: 'say', text: 'Sure! Here is your fox.' },
    { whole: 'text, 1 request', stream: 'text, 1 request', object: 'UNAVAILABLE TEXT_SCHEMA_VIOLATED, 2 requests' },
  ],
  ['refusal', { type: 'refuse', text: 'I cannot help with that.' }, 'FAILED_PRECONDITION TEXT_REFUSED, 1 request'],
  [
    '20 MB',
    { type: 'flood', bytes: 20_000_000 },
    {
      whole: 'UNAVAILABLE TEXT_ANSWER_TOO_LARGE, 2 requests',
      stream: 'text, then UNAVAILABLE TEXT_ANSWER_TOO_LARGE, 1 request',
      object: 'UNAVAILABLE TEXT_ANSWER_TOO_LARGE, 2 requests',
    },
  ],
  [
    'wrong content type',
    { type: 'page', contentType: 'text/html', body: '<html>Sign in to the Wi-Fi</html>' },
    'UNAVAILABLE TEXT_ANSWER_MALFORMED, 2 requests',
  ],
];

const CALLS: Readonly<
  Record<Mode, (text: OpenAiText, deadlineMs: number) => Promise<{ text: string; error: unknown }>>
> = {
  whole: (text, ms) => settled(text.generate(REQUEST, callFor(ms))),
  stream: (text, ms) => partsOf(text.stream(REQUEST, callFor(ms))),
  object: (text, ms) => settled(text.generateObject(OBJECT_REQUEST, callFor(ms))),
};

async function settled(reply: Promise<{ text: string }>): Promise<{ text: string; error: unknown }> {
  try {
    return { text: (await reply).text, error: undefined };
  } catch (error) {
    return { text: '', error };
  }
}

/** The outcome as one line, and the error for a closer look. */
async function seen(mode: Mode, behaviour: OpenAiBehaviour): Promise<{ line: string; error: unknown }> {
  await using server = await startScriptedOpenAi(behaviour);
  const limits = { httpTimeoutMs: ATTEMPT_MS, streamIdleMs: ATTEMPT_MS, models: ['small', 'large'] };
  // Who answers is given the time it takes.
  const patience = HANGING.has(behaviour.type) ? limits : { models: limits.models };
  await using text = generatorFor(server, { ...patience, retry: { rounds: 3, backoffMs: 60_000 } });
  const outcome = await CALLS[mode](text, HANGING.has(behaviour.type) ? DEADLINE_MS : 30_000);
  const requests = `${server.requests.length} request${server.requests.length === 1 ? '' : 's'}`;
  const parts = [...(outcome.text ? ['text'] : []), ...(outcome.error ? [told(outcome.error)] : [])];
  return { line: `${parts.join(', then ')}, ${requests}`, error: outcome.error };
}

function told(error: unknown): string {
  if (!(error instanceof StatusError)) return String(error);
  const wait = error.retryAfterMs === undefined ? '' : ` in ${error.retryAfterMs / 1_000} s`;
  return `${status[error.code]} ${error.reason}${wait}`;
}

describe('faults of an upstream (S3-45)', () => {
  it.each(ROWS)('%s', async (_, behaviour, expected) => {
    const modes: readonly Mode[] = ['whole', 'stream', 'object'];
    const lines = await Promise.all(modes.map(async (mode) => [mode, (await seen(mode, behaviour)).line] as const));
    const { whole, stream, object } =
      typeof expected === 'string' ? { whole: expected, stream: expected, object: expected } : expected;
    expect(Object.fromEntries(lines)).toEqual({ whole, stream, object });
  });

  it('tells nothing of what the upstream said, which may name keys and accounts', async () => {
    const { error } = await seen('whole', { type: 'fail', status: 401, message: 'Incorrect API key: sk-12**89' });
    const { message, metadata } = error as StatusError;
    expect({ message, metadata }).toEqual({
      message: 'small does not accept the key',
      metadata: { model: 'small', upstream: 'scripted', status: '401' },
    });
    expect(String((error as StatusError).cause)).toContain('sk-12**89');
  });
});
