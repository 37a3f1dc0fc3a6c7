import { subscribe } from 'node:diagnostics_channel';
import { constants, type ClientHttp2Stream } from 'node:http2';
import { forgetWhenOver } from '../young-objects.ts';

/** First word of the user agent of our channels, by which their streams are known. */
export const USER_AGENT = 'exempla-rpc';

let subscribed = false;

/**
 * A call that is cancelled, or whose deadline passes, while its requests are still being sent must not look finished.
 * grpc-js closes its stream, and `close` of node:http2 first ends a stream that is open for writing: a frame says that the
 * requests are complete, and only the next one that the call is void. A server that acts on the first keeps half an
 * upload for a whole one. So streams of our channels are reset without being ended.
 */
export function cancelByReset(): void {
  if (subscribed) return;
  subscribed = true;
  subscribe('http2.client.stream.created', (message) => {
    const { stream, headers } = message as CreatedMessage;
    const agent = headers['user-agent'];
    if (typeof agent !== 'string' || !agent.startsWith(`${USER_AGENT} `)) return;
    // The channel is one for the process: another copy of this module may have the stream in hand.
    if (Object.hasOwn(stream, 'close')) return;
    stream.close = closeByReset;
    forgetWhenOver(stream);
  });
}

interface CreatedMessage {
  stream: ClientHttp2Stream;
  headers: Readonly<Record<string, unknown>>;
}

/** In place of a stream's own `close`, which calls `end` where writing is open and resets at once whatever that does. */
function closeByReset(this: ClientHttp2Stream, code?: number, callback?: () => void): void {
  if (code !== undefined && code !== constants.NGHTTP2_NO_ERROR) this.end = unended;
  (Object.getPrototypeOf(this) as ClientHttp2Stream).close.call(this, code, callback);
}

function unended(this: ClientHttp2Stream): ClientHttp2Stream {
  return this;
}
