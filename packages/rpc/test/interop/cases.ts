import { status } from '@grpc/grpc-js';
import { gate } from '@exempla/testing';
import { ReceivedMetadata, type CallOptions } from '../../src/index.ts';
import type { InteropClient } from './peers.ts';

/** What a client saw of one call. */
export interface Seen {
  /** gRPC status code. */
  code: number;
  /** Its message; empty when the call was answered. */
  message: string;
  /** Bytes of each reply's payload, which must be zeros. */
  sizes: number[];
  /** What custom_metadata got back: text in front of the replies, and bytes behind them, in hex. */
  echoed?: (string | undefined)[];
}

export interface InteropCase {
  run(client: InteropClient, options: CallOptions): Promise<Seen[]>;
  expected: Partial<Seen>[];
  /** Why the handler's signal may have aborted, where the server is ours. */
  serverEnd?: readonly string[];
  /** Runs through a relay with a client that compresses its requests. */
  compressed?: true;
}

/** What the case custom_metadata sends, and wants back in front of and behind the replies. */
export const ECHO_INITIAL = 'x-grpc-test-echo-initial';
export const ECHO_TEXT = 'test_initial_metadata_value';
export const ECHO_TRAILING = 'x-grpc-test-echo-trailing-bin';
export const ECHO_BYTES = Buffer.from('ababab', 'hex');

/** The reason a cancelled call of ours ends with; grpc-js says CANCELLED. */
const CANCELLED_BY_CASE = new Error('cancelled by the case');
const TEST_STATUS = { code: status.UNKNOWN, message: 'test status message' };
const SPECIAL_MESSAGE = '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n';
const REQUEST_BYTES = [27_182, 8, 1_828, 45_904];
const REPLY_BYTES = [31_415, 9, 2_653, 58_979];
/** Longer than any case may take. */
const SLEEP_US = 60_000_000;

const zeros = (bytes: number): { body: Buffer } => ({ body: Buffer.alloc(bytes) });
const LARGE = { responseSize: 314_159, payload: zeros(271_828) };
const ROUNDS = REQUEST_BYTES.map((bytes, index) => ({
  payload: zeros(bytes),
  responseParameters: [{ size: REPLY_BYTES[index]! }],
}));
const SLEEPY = { payload: zeros(27_182), responseParameters: [{ size: 31_415, intervalUs: SLEEP_US }] };

/** The cases of gRPC's interoperability tests, by the names they have in every implementation. */
export const CASES = {
  empty_unary: {
    run: async ({ test }, options) => [
      await observe(async (sizes) => {
        await test.emptyCall({}, options);
        sizes.push(0);
      }),
    ],
    expected: [{ code: status.OK, sizes: [0] }],
  },
  large_unary: {
    run: ({ test }, options) => all(one(test.unaryCall(LARGE, options))),
    expected: [{ code: status.OK, sizes: [314_159] }],
  },
  client_compressed_unary: {
    run: ({ test }, options) => all(one(test.unaryCall(LARGE, options))),
    expected: [{ code: status.OK, sizes: [314_159] }],
    compressed: true,
  },
  client_streaming: {
    run: async ({ test }, options) => [
      await observe(async (sizes) => {
        const requests = REQUEST_BYTES.map((bytes) => ({ payload: zeros(bytes) }));
        sizes.push((await test.streamingInputCall(from(requests), options)).aggregatedPayloadSize);
      }),
    ],
    expected: [{ code: status.OK, sizes: [74_922] }],
  },
  server_streaming: {
    run: ({ test }, options) => {
      const responseParameters = REPLY_BYTES.map((size) => ({ size }));
      return all(many(test.streamingOutputCall({ responseParameters }, options)));
    },
    expected: [{ code: status.OK, sizes: REPLY_BYTES }],
  },
  ping_pong: {
    run: ({ test }, options) => {
      const replied = ROUNDS.map(() => gate());
      const requests = async function* () {
        for (const [index, round] of ROUNDS.entries()) {
          yield round;
          await replied[index]!.promise;
        }
      };
      return all(many(test.fullDuplexCall(requests(), options), (count) => replied[count - 1]?.open()));
    },
    expected: [{ code: status.OK, sizes: REPLY_BYTES }],
  },
  empty_stream: {
    run: ({ test }, options) => all(many(test.fullDuplexCall(from([]), options))),
    expected: [{ code: status.OK, sizes: [] }],
  },
  cancel_after_begin: {
    run: async ({ test }, options) => {
      const stop = new AbortController();
      const call = test.streamingInputCall(thenWait([], stop.signal), { ...options, signal: stop.signal });
      stop.abort(CANCELLED_BY_CASE);
      return [await observe(async (sizes) => void sizes.push((await call).aggregatedPayloadSize))];
    },
    expected: [{ code: status.CANCELLED, sizes: [] }],
  },
  cancel_after_first_response: {
    run: ({ test }, options) => {
      const stop = new AbortController();
      const requests = thenWait(ROUNDS.slice(0, 1), stop.signal);
      const replies = test.fullDuplexCall(requests, { ...options, signal: stop.signal });
      return all(many(replies, () => stop.abort(CANCELLED_BY_CASE)));
    },
    expected: [{ code: status.CANCELLED, sizes: REPLY_BYTES.slice(0, 1) }],
    serverEnd: ['CALLER_CANCELLED'],
  },
  timeout_on_sleeping_server: {
    run: ({ test }, options) => all(many(test.fullDuplexCall(from([SLEEPY]), { ...options, timeoutMs: 1 }))),
    expected: [{ code: status.DEADLINE_EXCEEDED, sizes: [] }],
  },
  // Long enough for the call to reach the server, which has to notice as well.
  timeout_noticed_by_server: {
    run: ({ test }, options) => all(many(test.fullDuplexCall(from([SLEEPY]), { ...options, timeoutMs: 500 }))),
    expected: [{ code: status.DEADLINE_EXCEEDED, sizes: [] }],
    // The call was some milliseconds on its way, so the client's reset may come before the server's own deadline.
    serverEnd: ['DEADLINE_EXCEEDED', 'CALLER_CANCELLED'],
  },
  status_code_and_message: {
    run: ({ test }, options) =>
      all(
        one(test.unaryCall({ responseStatus: TEST_STATUS }, options)),
        many(test.fullDuplexCall(from([{ responseStatus: TEST_STATUS }]), options)),
      ),
    expected: [
      { ...TEST_STATUS, sizes: [] },
      { ...TEST_STATUS, sizes: [] },
    ],
  },
  special_status_message: {
    run: ({ test }, options) =>
      all(one(test.unaryCall({ responseStatus: { code: status.UNKNOWN, message: SPECIAL_MESSAGE } }, options))),
    expected: [{ code: status.UNKNOWN, message: SPECIAL_MESSAGE, sizes: [] }],
  },
  custom_metadata: {
    run: ({ test }, options) =>
      all(
        echoing(options, (echo) => one(test.unaryCall(LARGE, echo))),
        echoing(options, (echo) => many(test.fullDuplexCall(from(ROUNDS.slice(0, 1)), echo))),
      ),
    expected: [
      { code: status.OK, sizes: [314_159], echoed: [ECHO_TEXT, ECHO_BYTES.toString('hex')] },
      { code: status.OK, sizes: REPLY_BYTES.slice(0, 1), echoed: [ECHO_TEXT, ECHO_BYTES.toString('hex')] },
    ],
  },
  unimplemented_method: {
    run: ({ test }, options) => all(observe(async () => void (await test.unimplementedCall({}, options)))),
    expected: [{ code: status.UNIMPLEMENTED }],
  },
  unimplemented_service: {
    run: ({ unimplemented }, options) =>
      all(observe(async () => void (await unimplemented.unimplementedCall({}, options)))),
    expected: [{ code: status.UNIMPLEMENTED }],
  },
} satisfies Record<string, InteropCase>;

export type CaseName = keyof typeof CASES;
export const CASE_NAMES = Object.keys(CASES) as CaseName[];
export const caseOf = (name: CaseName): InteropCase => CASES[name];

const all = (...calls: Promise<Seen>[]): Promise<Seen[]> => Promise.all(calls);

interface Reply {
  payload?: { body: Uint8Array } | undefined;
}

const sizeOf = ({ payload }: Reply): number => {
  const body = payload?.body ?? new Uint8Array();
  return body.every((byte) => byte === 0) ? body.length : Number.NaN;
};

const one = (call: Promise<Reply>): Promise<Seen> => observe(async (sizes) => void sizes.push(sizeOf(await call)));

const many = (replies: AsyncIterable<Reply>, onReply: (count: number) => void = () => {}): Promise<Seen> =>
  observe(async (sizes) => {
    for await (const reply of replies) onReply(sizes.push(sizeOf(reply)));
  });

async function observe(call: (sizes: number[]) => Promise<void>): Promise<Seen> {
  const sizes: number[] = [];
  try {
    await call(sizes);
    return { code: status.OK, message: '', sizes };
  } catch (error) {
    return { ...statusOf(error), sizes };
  }
}

function statusOf(error: unknown): Pick<Seen, 'code' | 'message'> {
  if (error === CANCELLED_BY_CASE) return { code: status.CANCELLED, message: '' };
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') throw error;
  // grpc-js has the bare message in `details`, ours is the error's own.
  const bare = 'details' in error && typeof error.details === 'string' ? error.details : error.message;
  return { code: error.code, message: bare };
}

/** Sends metadata with a call, and adds what came back of it. */
async function echoing(options: CallOptions, call: (options: CallOptions) => Promise<Seen>): Promise<Seen> {
  const received = new ReceivedMetadata();
  const metadata = { [ECHO_INITIAL]: ECHO_TEXT, [ECHO_TRAILING]: ECHO_BYTES };
  const seen = await call({ ...options, metadata, received });
  const [text] = received.headers?.get(ECHO_INITIAL) ?? [];
  const [bytes] = received.trailers?.get(ECHO_TRAILING) ?? [];
  return { ...seen, echoed: [text?.toString(), bytes?.toString('hex')] };
}

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The items, and no end before the signal. */
async function* thenWait<T>(items: readonly T[], signal: AbortSignal): AsyncGenerator<T> {
  yield* items;
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
