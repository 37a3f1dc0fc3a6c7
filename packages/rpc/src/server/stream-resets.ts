import type { Server } from '@grpc/grpc-js';

/**
 * nghttp2 answers 1,000 resets at once, or more than 33 a second, with the end of the whole connection: a caller of many
 * calls that cancels some of them would lose all the others with INTERNAL. Against a flood of resets there is still a
 * limit, at what a server can take. See `streamResetBurst` in https://nodejs.org/api/http2.html
 */
const LIMITS = { streamResetBurst: 20_000, streamResetRate: 2_000 };

/** Lets callers cancel. grpc-js has no option for this, only what it hands to node:http2; call it before binding. */
export function allowStreamResets(server: Server): void {
  const { commonServerOptions } = server as unknown as { commonServerOptions?: object };
  if (!commonServerOptions) throw new Error('this version of grpc-js keeps its HTTP/2 options elsewhere');
  Object.assign(commonServerOptions, LIMITS);
}
