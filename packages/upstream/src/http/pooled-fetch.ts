import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable, Transform } from 'node:stream';

export interface PoolOptions {
  /** Sockets to one upstream at most. */
  readonly connections: number;
  /** Idle ones that are kept open at most. */
  readonly maxKeepalive: number;
  /** And for how long, milliseconds; 30 s when absent: routers forget idle connections and tell nobody. */
  readonly idleMs?: number;
}

const IDLE_MS = 30_000;
/** No pool keeps more idle sockets that could all be gone. */
const MOST_GONE = 100;

/** The answer has more bytes than are taken. */
export class AnswerTooLarge extends Error {}
/** A successful answer of a content type that nobody can use. */
export class AnswerOfOtherType extends Error {}

export interface AnswerLimits {
  readonly maxBytes: number;
  /** Content types of successful answers. */
  readonly types: RegExp;
}

export function poolFor(url: URL, { connections, maxKeepalive, idleMs = IDLE_MS }: PoolOptions): HttpAgent {
  // The agent's time-out closes idle sockets; one that waits for an answer it leaves alone.
  const options = { keepAlive: true, maxSockets: connections, maxFreeSockets: maxKeepalive, timeout: idleMs };
  return url.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
}

/**
 * A `fetch` on Node's own HTTP client, because only its agent can cap idle sockets. Abort closes the socket; redirects are not
 * followed, which would carry the key to another host; a larger answer than `maxBytes` is broken off; one of another type is
 * refused before a byte of it is read; a reader that stands still stops the reading of the socket.
 */
export function pooledFetch(agent: HttpAgent, limits: AnswerLimits): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const signal = init.signal ?? undefined;
    signal?.throwIfAborted();
    const headers = Object.fromEntries(new Headers(init.headers));
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const begin = (): ClientRequest => {
      const request = send(url, { agent, method: init.method ?? 'GET', headers, ...(signal && { signal }) });
      // What happens after the answer began is reported by its body.
      request.on('error', () => {});
      return request.end(typeof init.body === 'string' ? init.body : undefined);
    };
    return toResponse(await answerOnLiveSocket(begin), limits);
  };
}

/**
 * An idle connection may be gone without anybody having been told: nobody there has read the request, which is no failure of the
 * upstream. Each try takes such a socket out of the pool, until a new one is opened.
 */
async function answerOnLiveSocket(begin: () => ClientRequest): Promise<IncomingMessage> {
  for (let gone = 0; ; gone += 1) {
    const request = begin();
    try {
      return await answerTo(request);
    } catch (error) {
      if (gone >= MOST_GONE || !request.reusedSocket || !GONE.includes((error as NodeJS.ErrnoException).code ?? ''))
        throw error;
    }
  }
}

const GONE: readonly string[] = ['ECONNRESET', 'EPIPE'];

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
}

function toResponse(answer: IncomingMessage, { maxBytes, types }: AnswerLimits): Response {
  const { statusCode = 0 } = answer;
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const type = headers.get('content-type') ?? '';
  if (statusCode >= 200 && statusCode < 300 && !types.test(type)) {
    answer.destroy();
    throw new AnswerOfOtherType(`the answer is of type "${type}"`);
  }
  const body = answer.pipe(atMost(maxBytes, answer));
  answer.once('error', (error) => body.destroy(error));
  // A body that ends before its length or its last chunk does is told by `close` without `end`.
  answer.once('close', () => answer.complete || body.destroy(new Error('the answer broke off')));
  body.once('close', () => answer.destroy());
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { status: statusCode, headers });
}

function atMost(maxBytes: number, answer: IncomingMessage): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= maxBytes) return done(null, chunk);
      answer.destroy();
      done(new AnswerTooLarge(`the answer has more than ${maxBytes} bytes`));
    },
  });
}
