import type { Http2Stream } from 'node:http2';
import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 collect what calls leave while it is young.
 *
 * Left alone V8 learns that what a call allocates often outlives a young collection, as everything under way does, and then
 * makes such objects among the old at once. There they stay until a full collection although their call is over, and with
 * them all that they refer to. Bare grpc-js is a tenth to a quarter cheaper without that, measured on a busy machine.
 *
 * Buffers lie outside of the heap, and V8 begins a full collection with every 64 MB of them, however small the heap and
 * however much memory there is: more than half of the CPU time of a stream of 64 KiB chunks. Counted in one limit with the
 * heap they go with the young objects that hold them. By its usual factor, 1.3, that limit would be as tight again.
 *
 * The flags are for the whole process, which is why only what talks gRPC all day sets them.
 */
export function collectYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--external-memory-accounted-in-global-limit');
  setFlagsFromString('--external-memory-max-growing-factor=4');
}

/**
 * Has a stream forget who listened once it is over. node:http2 had it in a Map, which holds on to it as a Set would (see
 * CallsUnderWay), and it would hold on to the whole call.
 */
export function forgetWhenOver(stream: Http2Stream): void {
  stream.on('close', forget);
}

function forget(this: Http2Stream): void {
  // First what tells of removed listeners: it would be told of each of the others.
  this.removeAllListeners('removeListener').removeAllListeners();
}
