// The service every server of the measurement serves, and the bytes that are sent to it.
import { readFile } from 'node:fs/promises';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import {
  AskRequest,
  AskResponse,
  CountRequest,
  CountResponse,
  ProbeServiceDefinition as WholeDefinition,
} from '../../packages/rpc/test/gen/exempla/rpctest/v1/probe_service.ts';

export { AskRequest, AskResponse, CountRequest, CountResponse };

const { ask, count } = WholeDefinition.methods;
/** The two methods that are measured. */
export const ProbeServiceDefinition = { ...WholeDefinition, methods: { ask, count } };

const root = new URL('../../', import.meta.url);
export const PROTO = 'exempla/rpctest/v1/probe_service.proto';
export const PROTO_PATHS = ['packages/rpc/test/proto', 'packages/rpc/proto', 'third_party'].map(
  (path) => new URL(path, root).pathname,
);
export const SERVICE = ProbeServiceDefinition.fullName;
export const ASK_PATH = `/${SERVICE}/Ask`;
export const COUNT_PATH = `/${SERVICE}/Count`;

export const probeImage = () => readFile(new URL('packages/rpc/test/gen/probe.binpb', root));

/** The image without the rules of its fields: what a service has whose proto names none. */
export function withoutRules(image) {
  const set = fromBinary(FileDescriptorSetSchema, image);
  const strip = (message) => {
    for (const field of message.field) field.options = undefined;
    for (const nested of message.nestedType) strip(nested);
  };
  for (const file of set.file.filter(({ name }) => name === PROTO))
    for (const message of file.messageType) strip(message);
  return toBinary(FileDescriptorSetSchema, set);
}

/** What the peers answer; ours puts the time left where they put a constant of the same length. */
export const ANSWER = { text: 'hello', deadlineLeftMs: 500n };

/** One message as gRPC frames it: no compression, length, bytes. */
export function frame(bytes) {
  const framed = Buffer.alloc(5 + bytes.length);
  framed.writeUInt32BE(bytes.length, 1);
  framed.set(bytes, 5);
  return framed;
}

export const askBytes = (behaviour) => Buffer.from(AskRequest.encode(AskRequest.fromPartial({ behaviour })).finish());

const chunks = new Map();
/** The one buffer all chunks of a size share: it is the transport that is measured. */
export function chunk(bytes) {
  if (!chunks.has(bytes)) chunks.set(bytes, Buffer.alloc(bytes, 7));
  return chunks.get(bytes);
}
