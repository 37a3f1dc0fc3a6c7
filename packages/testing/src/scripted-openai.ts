import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gate, type Gate } from './barrier.ts';
import { answer, refuse } from './openai-answers.ts';
import type { OpenAiBehaviour } from './openai-behaviour.ts';

/** What came in. */
export interface OpenAiRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of the `authorization` header. */
  readonly apiKey: string;
  /** When, by `performance.now()`. */
  readonly at: number;
  /** Others that were under way. */
  readonly beside: number;
  /** Of the answer; 0 until it began. */
  readonly status: () => number;
  /** Opens when the caller closed the connection before the answer was complete. */
  readonly left: Gate;
}

export interface ScriptedOpenAi extends AsyncDisposable {
  /** For the option `baseURL` of a client. */
  readonly baseUrl: string;
  readonly requests: readonly OpenAiRequest[];
  /** Open connections now, and how many there were at most. */
  readonly sockets: { readonly open: number; readonly most: number };
  /** What the next requests get, one each; when the list is used up, the last goes on. */
  next(...behaviours: OpenAiBehaviour[]): void;
}

const PATHS = new Set(['/v1/chat/completions', '/v1/models']);

/** A server that speaks OpenAI's HTTP interface for chat, and does what the test says. */
export async function startScriptedOpenAi(...script: OpenAiBehaviour[]): Promise<ScriptedOpenAi> {
  const requests: OpenAiRequest[] = [];
  const sockets = { open: 0, most: 0 };
  let underWay = 0;
  let behaviours = [...script];
  const admits = tokenBucket();
  const following = (): OpenAiBehaviour => {
    const [first] = behaviours;
    if (!first) throw new Error('the script has no behaviour');
    if (behaviours.length > 1) behaviours = behaviours.slice(1);
    return first;
  };
  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.on('connection', (socket) => {
    sockets.open += 1;
    sockets.most = Math.max(sockets.most, sockets.open);
    socket.once('close', () => (sockets.open -= 1));
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    if (!PATHS.has(path)) return refuse(response, { status: 404, message: `no route ${path}` });
    const body = JSON.parse((await text(request)) || '{}') as Record<string, unknown>;
    const left = gate();
    response.once('close', () => {
      underWay -= 1;
      if (!response.writableFinished) left.open();
    });
    const apiKey = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const status = (): number => (response.headersSent ? response.statusCode : 0);
    requests.push({ path, body, apiKey, at: performance.now(), beside: underWay, status, left });
    underWay += 1;
    const next = following();
    const behaviour = next.type === 'choose' ? await next.of(body) : next;
    await answer(response, body, admits(behaviour) ? behaviour : { type: 'rate-limit' });
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
    sockets,
    next: (...more) => void (behaviours = more),
    [Symbol.asyncDispose]: stop,
  };
}

/** Whether a request is within the limit, if there is one. */
function tokenBucket(): (behaviour: OpenAiBehaviour) => boolean {
  let tokens: number | undefined;
  let since = performance.now();
  return (behaviour) => {
    if (behaviour.type !== 'limited') return true;
    const now = performance.now();
    const refilled = (tokens ?? behaviour.burst) + ((now - since) / 1_000) * behaviour.perSecond;
    tokens = Math.min(behaviour.burst, refilled);
    since = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
