/** One HTTP/2 frame. */
export interface Frame {
  type: number;
  flags: number;
  stream: number;
  payload: Buffer;
}

export type Random = () => number;
export type Mutation = (frame: Frame, random: Random) => Frame[];

export const DATA = 0;
export const HEADERS = 1;
const CONTINUATION = 9;
const END_HEADERS = 4;
const PREFIX_BYTES = 5;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** The bytes with one to three of them replaced. */
function scribbled(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 0; i <= below(random, 3) && copy.length > 0; i += 1)
    copy[below(random, copy.length)] = below(random, 256);
  return copy;
}

const withPayload = (change: (payload: Buffer, random: Random) => Buffer): Mutation => {
  return (frame, random) => [{ ...frame, payload: change(frame.payload, random) }];
};

const withLength = (length: (actual: number, random: Random) => number): Mutation =>
  withPayload((payload, random) => {
    const copy = Buffer.from(payload);
    copy.writeUInt32BE(length(payload.length - PREFIX_BYTES, random) >>> 0, 1);
    return copy;
  });

/** A message changed by `change` behind a prefix with its right length. */
const withMessage = (change: (message: Buffer, random: Random) => Buffer): Mutation =>
  withPayload((payload, random) => {
    const message = change(payload.subarray(PREFIX_BYTES), random);
    const prefix = Buffer.alloc(PREFIX_BYTES);
    prefix.writeUInt32BE(message.length, 1);
    return Buffer.concat([prefix, message]);
  });

/** What is wrong inside a frame that HTTP/2 has nothing against. */
export const DATA_MUTATIONS: Record<string, Mutation> = {
  'length too long': withLength((actual, random) => actual + 1 + below(random, 1_000)),
  'length too short': withLength((actual, random) => below(random, actual)),
  'length huge': withLength((_, random) => 0x7fffffff + below(random, 0x7fffffff)),
  'compression flag': withPayload((payload, random) => {
    const copy = Buffer.from(payload);
    copy[0] = 1 + below(random, 255);
    return copy;
  }),
  'truncated protobuf': withMessage((message, random) => message.subarray(0, 1 + below(random, message.length - 1))),
  'text that is no UTF-8': withMessage((message) =>
    Buffer.concat([message.subarray(0, 2), Buffer.alloc(message.length - 2, 0xff)]),
  ),
  'scribbled message': withMessage(scribbled),
  'random message': withMessage((_, random) =>
    Buffer.from(Array.from({ length: below(random, 64) }, () => below(random, 256))),
  ),
  'half a prefix': withPayload((payload, random) => payload.subarray(0, 1 + below(random, 4))),
};

/** Splits a block of headers: a HEADERS frame, and CONTINUATION frames for the rest. */
function split(frame: Frame, at: number[]): Frame[] {
  const cuts = [0, ...at.toSorted((a, b) => a - b), frame.payload.length];
  return cuts.slice(1).map((end, index) => ({
    type: index === 0 ? HEADERS : CONTINUATION,
    flags: index === 0 ? frame.flags & ~END_HEADERS : index === cuts.length - 2 ? END_HEADERS : 0,
    stream: frame.stream,
    payload: frame.payload.subarray(cuts[index], end),
  }));
}

const splitAnywhere = (frame: Frame, random: Random): Frame[] =>
  split(frame, [below(random, frame.payload.length), below(random, frame.payload.length)]);

/** What is wrong with the frames themselves; much of it ends the connection. */
export const HEADER_MUTATIONS: Record<string, Mutation> = {
  'scribbled headers': withPayload(scribbled),
  'truncated headers': withPayload((payload, random) => payload.subarray(0, below(random, payload.length))),
  'flags of headers': (frame, random) => [{ ...frame, flags: frame.flags ^ (1 << below(random, 6)) }],
  'continued headers': splitAnywhere,
  'scribbled continuation': (frame, random) =>
    splitAnywhere(frame, random).map((part) =>
      part.type === CONTINUATION ? { ...part, payload: scribbled(part.payload, random) } : part,
    ),
  'continuation of another stream': (frame, random) =>
    splitAnywhere(frame, random).map((part) =>
      part.type === CONTINUATION ? { ...part, stream: part.stream + 2 * below(random, 3) } : part,
    ),
  'continuation without end': (frame, random) =>
    splitAnywhere(frame, random).map((part) => ({ ...part, flags: part.flags & ~END_HEADERS })),
  'stray continuation': (frame) => [frame, { ...frame, type: CONTINUATION, payload: Buffer.alloc(0), flags: 0 }],
  'frame of another type': (frame, random) => [{ ...frame, type: below(random, 12) }],
};
