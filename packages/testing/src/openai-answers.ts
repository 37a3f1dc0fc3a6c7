import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenAiBehaviour } from './openai-behaviour.ts';

type Body = Readonly<Record<string, unknown>>;

const CREATED = 1_700_000_000;
const FLOOD_WORD = 'water '.repeat(10_000);

/** Does to one request what `behaviour` says. */
export async function answer(response: ServerResponse, body: Body, behaviour: OpenAiBehaviour): Promise<void> {
  switch (behaviour.type) {
    case 'say':
      return body['stream'] ? sayWords(response, body, behaviour) : sayAll(response, body, behaviour);
    case 'echo':
      return answer(response, body, { ...behaviour, type: 'say', text: lastSaid(body) });
    case 'models':
      return json(response, 200, { object: 'list', data: behaviour.models });
    case 'rate-limit':
      return refuse(response, { status: 429, message: 'too many requests', ...behaviour });
    case 'limited':
      return sayAll(response, body, { text: behaviour.text, overMs: behaviour.latencyMs });
    case 'fail':
      return refuse(response, behaviour);
    case 'fail-inside':
      return failInside(response, body, behaviour);
    case 'refuse':
      return decline(response, body, behaviour.text);
    case 'silence':
      return;
    case 'stall':
      return part(response, body, behaviour);
    case 'drip':
      return drip(response, body, behaviour);
    case 'reset':
      return void response.socket?.resetAndDestroy();
    case 'break':
      part(response, body, behaviour, () => response.destroy());
      return;
    case 'truncate':
      part(response, body, behaviour, () => response.end());
      return;
    case 'nonsense':
      if (body['stream']) events(response).end('data: {"choices": [\n\n');
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [');
      return;
    case 'flood':
      return flood(response, body, behaviour.bytes);
    case 'choose':
      return answer(response, body, await behaviour.of(body));
    case 'page':
      response.writeHead(200, { 'content-type': behaviour.contentType }).end(behaviour.body);
  }
}

const lastSaid = (body: Body): string => (body['messages'] as readonly { content: string }[]).at(-1)?.content ?? '';

const words = (all: string): string[] => all.match(/\S+\s*/g) ?? [];

const json = (response: ServerResponse, code: number, body: unknown): void =>
  void response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const events = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly code?: string | null;
  readonly retryAfterS?: number;
  /** OpenRouter's addition. */
  readonly metadata?: object;
}

/** An error in OpenAI's shape. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  const { status, message, code = null, retryAfterS, metadata } = refusal;
  if (retryAfterS !== undefined) response.setHeader('retry-after', retryAfterS);
  const type = status === 429 ? 'rate_limit_error' : 'api_error';
  json(response, status, { error: { message, type, param: null, code, metadata } });
}

async function sayAll(response: ServerResponse, body: Body, { text, overMs = 0 }: { text: string; overMs?: number }) {
  if (overMs > 0) await sleep(overMs);
  if (!response.destroyed) json(response, 200, completion(body, text));
}

async function sayWords(response: ServerResponse, body: Body, { text, overMs = 0 }: { text: string; overMs?: number }) {
  const parts = words(text);
  const since = performance.now();
  events(response);
  for (const [index, content] of parts.entries()) {
    // By the clock and not by steps, so that many words in little time take no longer.
    const waitMs = since + (overMs * index) / parts.length - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    if (response.destroyed) return;
    response.write(chunk(body, { content }));
  }
  finish(response, body, parts.length);
}

function finish(response: ServerResponse, body: Body, outputTokens: number): void {
  response.write(chunk(body, {}, 'stop'));
  const options = body['stream_options'] as { include_usage?: boolean } | undefined;
  if (options?.include_usage) response.write(event({ ...head(body), choices: [], usage: usage(outputTokens) }));
  response.end('data: [DONE]\n\n');
}

/** Half of the answer, then `end`. */
function part(
  response: ServerResponse,
  body: Body,
  { text, afterWords }: { text: string; afterWords: number },
  end: () => void = () => {},
): void {
  if (body['stream']) {
    events(response).flushHeaders();
    const said = words(text)
      .slice(0, afterWords)
      .map((content) => chunk(body, { content }));
    // With nothing to say a comment goes out, so that `end` comes behind the headers.
    response.write(said.join('') || ': nothing yet\n\n', end);
    return;
  }
  const whole = JSON.stringify(completion(body, text));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(whole.slice(0, whole.length / 2), end);
}

async function drip(response: ServerResponse, body: Body, { text, everyMs }: { text: string; everyMs: number }) {
  const whole = JSON.stringify(completion(body, text));
  const parts = body['stream']
    ? words(text).map((content) => chunk(body, { content }))
    : (whole.match(/.{1,20}/g) ?? []);
  response.writeHead(200, { 'content-type': body['stream'] ? 'text/event-stream' : 'application/json' });
  for (const piece of parts) {
    await sleep(everyMs);
    if (response.destroyed) return;
    response.write(piece);
  }
  if (body['stream']) finish(response, body, parts.length);
  else response.end();
}

function failInside(
  response: ServerResponse,
  body: Body,
  { status, text, afterWords }: { status: number; text: string; afterWords: number },
): void {
  const error = { code: status, message: 'failed on the way' };
  if (!body['stream']) return json(response, 200, { error });
  events(response);
  for (const content of words(text).slice(0, afterWords)) response.write(chunk(body, { content }));
  response.end(
    event({ ...head(body), error, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] }),
  );
}

function decline(response: ServerResponse, body: Body, refusal: string): void {
  if (!body['stream']) {
    const message = { role: 'assistant', content: null, refusal };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
    return json(response, 200, { ...completion(body, ''), choices });
  }
  events(response).write(chunk(body, { refusal }));
  finish(response, body, 1);
}

async function flood(response: ServerResponse, body: Body, bytes: number): Promise<void> {
  if (!body['stream']) return json(response, 200, completion(body, FLOOD_WORD.repeat(bytes / FLOOD_WORD.length), 1));
  events(response);
  for (let sent = 0; sent < bytes && !response.destroyed; sent += FLOOD_WORD.length) {
    if (!response.write(chunk(body, { content: FLOOD_WORD }))) await sleep(1);
  }
  if (!response.destroyed) finish(response, body, 1);
}

const usage = (outputTokens: number) => ({
  prompt_tokens: 1,
  completion_tokens: outputTokens,
  total_tokens: outputTokens + 1,
});

const completion = (body: Body, content: string, outputTokens = words(content).length) => ({
  id: 'chatcmpl-scripted',
  object: 'chat.completion',
  created: CREATED,
  model: body['model'],
  choices: [
    { index: 0, message: { role: 'assistant', content, refusal: null }, logprobs: null, finish_reason: 'stop' },
  ],
  usage: usage(outputTokens),
});

const head = (body: Body) => ({
  id: 'chatcmpl-scripted',
  object: 'chat.completion.chunk',
  created: CREATED,
  model: body['model'],
});

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

const chunk = (body: Body, delta: object, finishReason: string | null = null): string =>
  event({ ...head(body), choices: [{ index: 0, delta, finish_reason: finishReason }] });
