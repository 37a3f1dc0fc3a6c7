import { ScalarType, type DescField, type DescMessage } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** Default of `maxRequestFields`; the largest request that the mesh's own rules allow has some 26,000. */
export const DEFAULT_MAX_REQUEST_FIELDS = 32_768;
/** So few bytes hold too little to be worth counting. */
const SMALL_BYTES = 1_024;
/** Packed numbers that no rule looks at are only read: so many cost what one field does. */
const UNRULED_ITEMS = 16;

interface Counted {
  readonly message: DescMessage | undefined;
  /** Of what is sent in one piece, such as packed numbers: bytes that count as one field. */
  readonly bytesPerField: number;
}

/** What bounds the work of reading and checking one request. */
export class RequestExtent {
  readonly #maxFields: number;
  readonly #hasRules: (field: DescField) => boolean;
  readonly #counted = new WeakMap<DescMessage, ReadonlyMap<number, Counted>>();

  constructor(maxFields: number, hasRules: (field: DescField) => boolean) {
    this.#maxFields = maxFields;
    this.#hasRules = hasRules;
  }

  /**
   * Whether a request can be read and checked in a moment. A message inside takes two bytes to send, but all of its fields
   * are looked at, set or not, and each violation is put into words: four megabytes would be a minute's work, during which
   * nobody else is served. Counted are the fields of each message and, once more, those that are sent. Throws for bytes
   * that are no message.
   */
  holds(schema: DescMessage, bytes: Uint8Array): boolean {
    return (
      bytes.length < SMALL_BYTES || this.#left(schema, new BinaryReader(bytes), bytes.length, this.#maxFields) >= 0
    );
  }

  /** What is left of `left` after the message that ends at `end`; negative when it is too little, and then not read on. */
  #left(schema: DescMessage, reader: BinaryReader, end: number, left: number): number {
    const fields = this.#fieldsOf(schema);
    left -= fields.size;
    while (left >= 0 && reader.pos < end) {
      const [number, wireType] = reader.tag();
      left -= 1;
      if (wireType !== WireType.LengthDelimited) {
        reader.skip(wireType, number);
        continue;
      }
      const length = reader.uint32();
      const behind = reader.pos + length;
      const field = fields.get(number);
      if (field?.message) left = this.#left(field.message, reader, behind, left);
      else if (field) left -= Math.floor(length / field.bytesPerField);
      reader.pos = behind;
    }
    return left;
  }

  #fieldsOf(schema: DescMessage): ReadonlyMap<number, Counted> {
    let fields = this.#counted.get(schema);
    if (!fields) {
      fields = new Map(schema.fields.map((field) => [field.number, this.#count(field)]));
      this.#counted.set(schema, fields);
    }
    return fields;
  }

  #count(field: DescField): Counted {
    // The parts of an entry of a map take a byte each, or more.
    if (field.fieldKind === 'map') return { message: undefined, bytesPerField: 1 };
    const bytes = itemBytes(field);
    const bytesPerField = bytes && (this.#hasRules(field) ? bytes : bytes * UNRULED_ITEMS);
    return { message: field.message, bytesPerField: bytesPerField ?? Infinity };
  }
}

const WIDTHS = new Map([
  [ScalarType.DOUBLE, 8],
  [ScalarType.FIXED64, 8],
  [ScalarType.SFIXED64, 8],
  [ScalarType.FLOAT, 4],
  [ScalarType.FIXED32, 4],
  [ScalarType.SFIXED32, 4],
]);

/** What one of its numbers takes at least where they come one after the other in one piece. */
function itemBytes(field: DescField): number | undefined {
  if (field.fieldKind !== 'list') return undefined;
  if (field.listKind === 'enum') return 1;
  return field.listKind === 'scalar' && field.packed ? (WIDTHS.get(field.scalar) ?? 1) : undefined;
}
