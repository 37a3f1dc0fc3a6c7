import {
  create,
  createFileRegistry,
  fromBinary,
  hasOption,
  toBinary,
  isFieldSet,
  type DescMessage,
  type FileRegistry,
  type Message,
  type MessageShape,
} from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { pathToString } from '@bufbuild/protobuf/reflect';
import { createValidator, RuntimeError, type Validator } from '@bufbuild/protovalidate';
import { status } from '@grpc/grpc-js';
import { matches } from './pattern-matcher.ts';
import { DEFAULT_MAX_REQUEST_FIELDS, RequestExtent } from './request-extent.ts';
import { RPC_DOMAIN, StatusError, type FieldViolation } from './status-error.ts';

/** The bytes of a request that keeps every rule, to be decoded in place of those that came; or why it is refused. */
export type CheckedRequest = { bytes: Uint8Array } | { refused: StatusError };
export type RequestCheck = (bytes: Uint8Array) => CheckedRequest;

const UNCHECKABLE: FieldViolation = {
  field: '',
  description: 'holds a value out of the range of its type, such as a time before the year 1 or after 9999',
  rule: 'range',
};

const TOO_MANY_FIELDS: FieldViolation = {
  field: '',
  description: 'has more fields and items than are taken at once: send it in several requests',
  rule: 'extent',
};

/** The validation rules of an image, by message type. */
export class RequestRules {
  readonly #registry: FileRegistry;
  readonly #validator: Validator;
  readonly #extent: RequestExtent;

  constructor(image: Uint8Array, maxRequestFields = DEFAULT_MAX_REQUEST_FIELDS) {
    this.#registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
    this.#validator = createValidator({ registry: this.#registry, regexMatch: matches });
    this.#extent = new RequestExtent(maxRequestFields, (field) => this.#carries(field, 'buf.validate.field'));
  }

  /** The check for a method's requests, or undefined when its messages have no rules. Throws when the method is not in the image. */
  checkFor(service: string, method: string): RequestCheck | undefined {
    const input = this.#registry.getService(service)?.methods.find((m) => m.name === method)?.input;
    if (!input) throw new Error(`${service}/${method} is not in the proto image: run \`npm run generate\``);
    const messages = reachable(input);
    if (!messages.some((message) => this.#hasRules(message))) return undefined;
    const inner = input.fields.filter(({ message }) => message !== undefined);
    // Rules are compiled when a type is checked first: here, not in the first caller's time.
    const result = this.#validator.validate(input, create(input));
    // One that only cannot be worked out on an empty request is none of the rules' faults.
    if (result.kind === 'error' && !(result.error instanceof RuntimeError)) throw result.error;
    const closed = input.fields.some((field) => field.enum?.open === false);
    return (bytes) => this.#check(input, (message) => closed || inner.some((one) => isFieldSet(message, one)), bytes);
  }

  /**
   * A message field that comes twice is merged by the reader here, as protobuf says, and replaced by the generated one:
   * what was checked would not be what the handler sees. So requests that have messages inside go on as they were read, and
   * those of a closed enum, whose other values are left out by the one and kept by the other.
   */
  #check(schema: DescMessage, mayDiffer: (message: Message) => boolean, bytes: Uint8Array): CheckedRequest {
    const message = this.#read(schema, bytes);
    if (message === 'too long') return { refused: invalidRequest([TOO_MANY_FIELDS]) };
    if (message === 'malformed') return { refused: malformedRequest() };
    const result = this.#validator.validate(schema, message);
    // The rules were compiled before the first call: what fails now fails on the values, such as a time in the year 10000.
    if (result.kind === 'error') return { refused: invalidRequest([UNCHECKABLE]) };
    if (result.kind === 'valid') {
      return { bytes: mayDiffer(message) ? toBinary(schema, message) : bytes };
    }
    const violations = result.violations.map((v) => ({
      field: pathToString(v.field),
      description: v.message,
      rule: v.ruleId,
    }));
    return { refused: invalidRequest(violations) };
  }

  /**
   * The message that the bytes are, unless they are none of the type, or too many to be looked at. This reader is stricter
   * than the generated one: it refuses text that is no UTF-8 and a known field of the wrong wire type.
   */
  #read<D extends DescMessage>(schema: D, bytes: Uint8Array): MessageShape<D> | 'malformed' | 'too long' {
    try {
      if (!this.#extent.holds(schema, bytes)) return 'too long';
      return fromBinary(schema, bytes, { readUnknownFields: false });
    } catch {
      return 'malformed';
    }
  }

  #hasRules(message: DescMessage): boolean {
    return (
      this.#carries(message, 'buf.validate.message') ||
      message.oneofs.some((oneof) => this.#carries(oneof, 'buf.validate.oneof')) ||
      message.fields.some((field) => this.#carries(field, 'buf.validate.field'))
    );
  }

  #carries(desc: Parameters<typeof hasOption>[0], extension: string): boolean {
    const ext = this.#registry.getExtension(extension);
    return ext !== undefined && hasOption(desc as never, ext as never);
  }
}

/** The message and every message inside it, each once. */
function reachable(root: DescMessage): DescMessage[] {
  const found = new Set([root]);
  // A set also visits what is added on the way.
  for (const message of found) for (const field of message.fields) if (field.message) found.add(field.message);
  return [...found];
}

/** INVALID_ARGUMENT that names every field at fault. */
export function invalidRequest(violations: readonly FieldViolation[]): StatusError {
  const first = violations[0];
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  const message = first ? `${first.field || 'request'}: ${first.description}${more}` : 'the request is not valid';
  return new StatusError(status.INVALID_ARGUMENT, 'INVALID_REQUEST', message, {
    domain: RPC_DOMAIN,
    metadata: { field: first?.field ?? '' },
    violations,
  });
}

/** INVALID_ARGUMENT for bytes that are no message of the type. */
export const malformedRequest = (): StatusError =>
  new StatusError(status.INVALID_ARGUMENT, 'MALFORMED_REQUEST', 'the request is not a valid message of its type', {
    domain: RPC_DOMAIN,
  });
