import {
  createFileRegistry,
  fromBinary,
  toBinary,
  type DescMessage,
  type DescMethod,
  type DescService,
  type FileRegistry,
  type Message,
} from '@bufbuild/protobuf';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { FileDescriptorSetSchema, MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import { methodPolicy, type GenericMethod, type GenericService } from '@exempla/rpc';

/** Services of the mesh are named after who serves them: `exempla.audio.v1.SpeechService`. */
const OURS = /^exempla\.([a-z]+)\.v\d+\./;

/** A service of the image that is reached through the door. */
export interface ForwardedService {
  readonly desc: DescService;
  /** The methods that are open, as the Connect router knows them. */
  readonly methods: readonly DescMethod[];
  /** They as our client knows them, with messages as the router reads and writes them: nothing is turned over twice. */
  readonly definition: GenericService;
  /** Who serves it: `audio`. */
  readonly server: string;
}

/** Every message and service of the mesh, by name. */
export const readRegistry = (image: Uint8Array): FileRegistry =>
  createFileRegistry(fromBinary(FileDescriptorSetSchema, image));

/** Every service of ours with its methods, but for those that only services may call. */
export function forwardedServices(registry: FileRegistry): ForwardedService[] {
  const services = [...registry].filter((type) => type.kind === 'service');
  return services.flatMap((desc) => {
    const server = OURS.exec(desc.typeName)?.[1];
    // Behind the door every call carries a token of the mesh, as calls of services do: nobody there could tell them apart.
    const methods = desc.methods.filter((method) => methodPolicy(genericOf(method)).access !== 'service');
    return server ? [{ desc, methods, definition: definitionOf(desc, methods), server }] : [];
  });
}

const generic = new WeakMap<DescMethod, GenericMethod>();

/** The method as our client knows it. */
export function genericOf(method: DescMethod): GenericMethod {
  const known = generic.get(method) ?? methodOf(method);
  generic.set(method, known);
  return known;
}

const definitionOf = ({ name, typeName }: DescService, methods: readonly DescMethod[]): GenericService => ({
  name,
  fullName: typeName,
  methods: Object.fromEntries(methods.map((method) => [method.localName, genericOf(method)])),
});

function methodOf({ name, input, output, methodKind, idempotency, proto }: DescMethod): GenericMethod {
  const unknown = proto.options?.$unknown ?? [];
  const byKey = Map.groupBy(unknown, ({ no, wireType }) => String((no << 3) | wireType));
  return {
    name,
    requestType: codecOf(input),
    requestStream: methodKind === 'client_streaming' || methodKind === 'bidi_streaming',
    responseType: codecOf(output),
    responseStream: methodKind === 'server_streaming' || methodKind === 'bidi_streaming',
    options: {
      idempotencyLevel: MethodOptions_IdempotencyLevel[idempotency],
      _unknownFields: Object.fromEntries([...byKey].map(([key, fields]) => [key, fields.map(({ data }) => data)])),
    },
  };
}

const codecOf = (desc: DescMessage) => ({
  encode: (message: Message, writer = new BinaryWriter()) => writer.raw(toBinary(desc, message)),
  decode: (bytes: Uint8Array) => fromBinary(desc, bytes),
  fromPartial: (message: Message) => message,
});
