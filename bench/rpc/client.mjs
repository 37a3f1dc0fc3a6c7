// The load, as a process of its own and the same for every server. Calls are written as frames onto node:http2, so the
// client costs little and none of the measured stacks is on this side; streams need a client's flow control and use one.
import { once } from 'node:events';
import { connect } from 'node:http2';
import { Client, credentials, status } from '@grpc/grpc-js';
import { createClient, openChannel } from '@exempla/rpc';
import { answerCommands } from '../processes.mjs';
import {
  ASK_PATH,
  askBytes,
  COUNT_PATH,
  CountRequest,
  CountResponse,
  frame,
  ProbeServiceDefinition,
} from './probe.mjs';

const request = frame(askBytes('answer'));

/** Headers of a caller that sends everything a caller of the mesh sends. */
const COMPLETE = {
  'grpc-timeout': '400m',
  'x-request-id': '6f1c1c60-6d9c-4b8e-9a57-3c4ac8d5d2aa',
  'exempla-tenant': 'local',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

/** `inFlight` calls at any time for `ms`; then those under way are waited for. */
async function unary({ port, inFlight, ms, complete }) {
  const session = connect(`http://127.0.0.1:${port}`);
  await once(session, 'connect');
  const headers = {
    ':method': 'POST',
    ':path': ASK_PATH,
    ':scheme': 'http',
    'content-type': 'application/grpc',
    te: 'trailers',
    'user-agent': 'bench',
    ...(complete ? COMPLETE : {}),
  };
  const took = [];
  const failures = [];
  const begin = performance.now();
  const end = begin + ms;
  const call = () =>
    new Promise((resolve) => {
      const start = performance.now();
      let [bytes, code] = [0, undefined];
      const stream = session.request(headers);
      stream.on('response', (received) => (code ??= received['grpc-status']));
      stream.on('trailers', (trailers) => (code = trailers['grpc-status']));
      stream.on('data', (data) => (bytes += data.length));
      stream.on('error', (error) => failures.push(error.message));
      stream.on('close', () => {
        took.push(performance.now() - start);
        if (code !== '0' || bytes < 10) failures.push(`status ${code}, ${bytes} bytes`);
        resolve();
      });
      stream.end(request);
    });
  const line = async () => {
    while (performance.now() < end) await call();
  };
  await Promise.all(Array.from({ length: inFlight }, line));
  const elapsedMs = performance.now() - begin;
  session.close();
  took.sort((a, b) => a - b);
  const at = (q) => took[Math.min(took.length - 1, Math.floor(took.length * q))];
  return {
    calls: took.length,
    elapsedMs,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    failures: failures.slice(0, 3),
    failed: failures.length,
  };
}

/** Whoever reads `bytes` decides the window: our client, grpc-js as it is or with `windowBytes`, or node:http2, the floor. */
async function stream({ port, ms, chunkBytes, client, windowBytes }) {
  const target = `127.0.0.1:${port}`;
  const ask = CountRequest.fromPartial({ to: 2 ** 30, payloadBytes: chunkBytes });
  const read = READERS[client];
  let [bytes, chunks, begin] = [0, 0, 0];
  await read(target, ask, windowBytes, ({ payload }) => {
    // The first chunk pays for the connection.
    if (begin === 0) begin = performance.now();
    else {
      bytes += payload.length;
      chunks += 1;
    }
    return performance.now() - begin < ms;
  });
  return { bytes, chunks, elapsedMs: performance.now() - begin };
}

async function readWithOurs(target, ask, _, take) {
  const channel = openChannel(target);
  const stop = new AbortController();
  try {
    for await (const message of createClient(ProbeServiceDefinition, channel).count(ask, { signal: stop.signal })) {
      if (!take(message)) break;
    }
  } finally {
    stop.abort();
    channel.close();
  }
}

async function readWithGrpcJs(target, ask, windowBytes, take) {
  const options = windowBytes === undefined ? {} : { 'grpc-node.flow_control_window': windowBytes };
  const grpc = new Client(target, credentials.createInsecure(), options);
  const encode = (message) => Buffer.from(CountRequest.encode(message).finish());
  const call = grpc.makeServerStreamRequest(COUNT_PATH, encode, (bytes) => CountResponse.decode(bytes), ask);
  try {
    for await (const message of call) if (!take(message)) break;
  } catch (error) {
    // Leaving the loop cancels the call.
    if (error.code !== status.CANCELLED) throw error;
  } finally {
    call.cancel();
    grpc.close();
  }
}

/** Takes what comes by its bytes and looks at nothing of it. */
async function readWithHttp2(target, ask, windowBytes, take) {
  const session = connect(`http://${target}`, { settings: { initialWindowSize: windowBytes } });
  await once(session, 'connect');
  session.setLocalWindowSize(windowBytes);
  const stream = session.request({ ':method': 'POST', ':path': COUNT_PATH });
  stream.end(frame(CountRequest.encode(ask).finish()));
  let bytes = 0;
  for await (const data of stream) {
    bytes += data.length;
    for (; bytes >= ask.payloadBytes; bytes -= ask.payloadBytes)
      if (!take({ payload: { length: ask.payloadBytes } })) return session.destroy();
  }
}

const READERS = { ours: readWithOurs, 'grpc-js': readWithGrpcJs, http2: readWithHttp2 };

answerCommands({ unary, stream }, {});
