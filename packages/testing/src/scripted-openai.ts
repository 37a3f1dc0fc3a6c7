import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gate, type Gate } from './barrier.ts';

/** What the server does with one request. */
export type OpenAiBehaviour =
  /** Answers with this text: whole, or word by word where a stream is asked for. */
  | { type: 'say'; text: string }
  /** Answers a request for speech with these bytes. */
  | { type: 'sound'; bytes: Uint8Array; contentType: string }
  /** 429; with seconds in `retry-after` when they are given. */
  | { type: 'rate-limit'; retryAfterS?: number }
  /** Any other status, with OpenAI's shape of an error. */
  | { type: 'fail'; status: number; message: string }
  /** Takes the request and says nothing until the caller goes. */
  | { type: 'silence' }
  /** Breaks the connection, after so many words of the stream. */
  | { type: 'break'; text: string; afterWords: number }
  /** 200 with what is no JSON. */
  | { type: 'nonsense' };

/** What came in. */
export interface OpenAiRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of the `authorization` header. */
  readonly apiKey: string;
  /** Opens when the caller closed the connection before the answer was complete. */
  readonly left: Gate;
}

export interface ScriptedOpenAi extends AsyncDisposable {
  /** For the option `baseURL` of a client. */
  readonly baseUrl: string;
  readonly requests: readonly OpenAiRequest[];
  /** What the next requests get, one each; when the list is used up, the last goes on. */
  next(...behaviours: OpenAiBehaviour[]): void;
}

const PATHS = new Set(['/v1/chat/completions', '/v1/audio/speech']);
const CREATED = 1_700_000_000;

/** A server that speaks OpenAI's HTTP interface for chat and speech, and does what the test says. */
export async function startScriptedOpenAi(...script: OpenAiBehaviour[]): Promise<ScriptedOpenAi> {
  const requests: OpenAiRequest[] = [];
  let behaviours = [...script];
  const following = (): OpenAiBehaviour => {
    const [first] = behaviours;
    if (!first) throw new Error('the script has no behaviour');
    if (behaviours.length > 1) behaviours = behaviours.slice(1);
    return first;
  };
  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    if (!PATHS.has(path)) return fail(response, 404, `no route ${path}`);
    const body = JSON.parse(await text(request)) as Record<string, unknown>;
    const left = gate();
    response.once('close', () => response.writableFinished || left.open());
    const apiKey = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    requests.push({ path, body, apiKey, left });
    answer(response, body, following());
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    next: (...more) => void (behaviours = more),
    [Symbol.asyncDispose]: stop,
  };
}

function answer(response: ServerResponse, body: Readonly<Record<string, unknown>>, behaviour: OpenAiBehaviour): void {
  switch (behaviour.type) {
    case 'say':
      if (body['stream']) stream(response, body, words(behaviour.text));
      else json(response, 200, completion(body, behaviour.text));
      return;
    case 'sound':
      response.writeHead(200, { 'content-type': behaviour.contentType }).end(behaviour.bytes);
      return;
    case 'rate-limit':
      if (behaviour.retryAfterS !== undefined) response.setHeader('retry-after', behaviour.retryAfterS);
      fail(response, 429, 'too many requests');
      return;
    case 'fail':
      fail(response, behaviour.status, behaviour.message);
      return;
    case 'silence':
      return;
    case 'break':
      stream(response, body, words(behaviour.text).slice(0, behaviour.afterWords), () => response.destroy());
      return;
    case 'nonsense':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [');
  }
}

const words = (all: string): string[] => all.match(/\S+\s*/g) ?? [];

function json(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const fail = (response: ServerResponse, code: number, message: string): void =>
  json(response, code, {
    error: { message, type: code === 429 ? 'rate_limit_error' : 'api_error', param: null, code: null },
  });

const completion = (body: Readonly<Record<string, unknown>>, content: string) => ({
  id: 'chatcmpl-scripted',
  object: 'chat.completion',
  created: CREATED,
  model: body['model'],
  choices: [
    { index: 0, message: { role: 'assistant', content, refusal: null }, logprobs: null, finish_reason: 'stop' },
  ],
  usage: { prompt_tokens: 1, completion_tokens: words(content).length, total_tokens: words(content).length + 1 },
});

/** Server-sent events, one for each word, and the end that OpenAI sends. */
function stream(
  response: ServerResponse,
  body: Readonly<Record<string, unknown>>,
  parts: readonly string[],
  end: () => void = () => response.end('data: [DONE]\n\n'),
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({
      id: 'chatcmpl-scripted',
      object: 'chat.completion.chunk',
      created: CREATED,
      model: body['model'],
      choices: [{ index: 0, delta, finish_reason: finish }],
    })}\n\n`;
  for (const content of parts) response.write(chunk({ content }, null));
  response.write(chunk({}, 'stop'), () => end());
}
