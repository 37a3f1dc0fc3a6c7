import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { grpcFrame } from '@exempla/testing';

/** A call that names its time and does not keep it: whatever ends it is the server. */
export function callWithoutTimer(
  session: ClientHttp2Session,
  path: string,
  { request = new Uint8Array(), timeoutMs }: { request?: Uint8Array; timeoutMs: number },
): ClientHttp2Stream {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    'grpc-timeout': `${timeoutMs}m`,
  });
  stream.end(grpcFrame(request));
  return stream;
}

/** The `grpc-status` a call ended with; whatever it was answered before is thrown away. */
export function statusTold(stream: ClientHttp2Stream): Promise<number> {
  return new Promise((resolve, reject) => {
    const look = (headers: IncomingHttpHeaders): void => {
      if (headers['grpc-status'] !== undefined) resolve(Number(headers['grpc-status']));
    };
    stream.once('response', look).once('trailers', look).once('error', reject);
    stream.once('close', () => reject(new Error('closed without a status'))).resume();
  });
}
