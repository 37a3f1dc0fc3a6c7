import {
  createFileRegistry,
  fromBinary,
  hasOption,
  type DescField,
  type DescMessage,
  type FileRegistry,
  type MessageShape,
} from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { pathToString } from '@bufbuild/protobuf/reflect';
import { createValidator, type Validator } from '@bufbuild/protovalidate';
import { status } from '@grpc/grpc-js';
import { RPC_DOMAIN, StatusError, type FieldViolation } from './status-error.ts';

/** Checks the bytes of one request; undefined when it keeps every rule. */
export type RequestCheck = (bytes: Uint8Array) => StatusError | undefined;

/** The validation rules of an image, by message type. */
export class RequestRules {
  readonly #registry: FileRegistry;
  readonly #validator: Validator;
  readonly #ruled = new Map<string, boolean>();

  constructor(image: Uint8Array) {
    this.#registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
    this.#validator = createValidator({ registry: this.#registry });
  }

  /** The check for a method's requests, or undefined when its messages have no rules. Throws when the method is not in the image. */
  checkFor(service: string, method: string): RequestCheck | undefined {
    const input = this.#registry.getService(service)?.methods.find((m) => m.name === method)?.input;
    if (!input) throw new Error(`${service}/${method} is not in the proto image: run \`npm run generate\``);
    if (!this.#hasRules(input)) return undefined;
    // Rules are compiled when a type is checked first: here, not in the first caller's time.
    this.#check(input, new Uint8Array());
    return (bytes) => this.#check(input, bytes);
  }

  #check(schema: DescMessage, bytes: Uint8Array): StatusError | undefined {
    const message = read(schema, bytes);
    if (!message) return malformedRequest();
    const result = this.#validator.validate(schema, message);
    if (result.kind === 'valid') return undefined;
    if (result.kind === 'error') throw result.error;
    return invalidRequest(
      result.violations.map((v) => ({ field: pathToString(v.field), description: v.message, rule: v.ruleId })),
    );
  }

  /** True when the message or one inside it carries a rule; a message met again on the way is being decided already. */
  #hasRules(message: DescMessage): boolean {
    const known = this.#ruled.get(message.typeName);
    if (known !== undefined) return known;
    this.#ruled.set(message.typeName, false);
    const ruled =
      this.#carries(message, 'buf.validate.message') ||
      message.oneofs.some((oneof) => this.#carries(oneof, 'buf.validate.oneof')) ||
      message.fields.some((f) => this.#carries(f, 'buf.validate.field') || this.#fieldHasRules(f));
    this.#ruled.set(message.typeName, ruled);
    return ruled;
  }

  #fieldHasRules(field: DescField): boolean {
    return field.message !== undefined && this.#hasRules(field.message);
  }

  #carries(desc: Parameters<typeof hasOption>[0], extension: string): boolean {
    const ext = this.#registry.getExtension(extension);
    return ext !== undefined && hasOption(desc as never, ext as never);
  }
}

/**
 * Undefined for bytes that are no message of the type. This reader is stricter than the generated one: it refuses text
 * that is no UTF-8 and a known field of the wrong wire type. */
function read<D extends DescMessage>(schema: D, bytes: Uint8Array): MessageShape<D> | undefined {
  try {
    return fromBinary(schema, bytes, { readUnknownFields: false });
  } catch {
    return undefined;
  }
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
