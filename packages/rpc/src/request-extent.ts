import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** Fields of the messages in one request, and as many again as are sent; the largest that is allowed has some 26,000. */
const MOST_FIELDS = 32_768;
/** So few bytes hold too little to be worth counting. */
const SMALL_BYTES = 1_024;

const fieldsOf = new WeakMap<DescMessage, ReadonlyMap<number, DescField>>();

/**
 * Whether a request can be read and checked in a moment. A message inside takes two bytes to send, but all of its fields
 * are looked at, set or not, and each violation is put into words: four megabytes would be a minute's work, during which
 * nobody else is served. Throws for bytes that are no message.
 */
export function isWithinExtent(schema: DescMessage, bytes: Uint8Array): boolean {
  return bytes.length < SMALL_BYTES || fieldsLeft(schema, new BinaryReader(bytes), bytes.length, MOST_FIELDS) >= 0;
}

/** What is left of `left` after the message that ends at `end`; negative when it is too little, and then not read on. */
function fieldsLeft(schema: DescMessage, reader: BinaryReader, end: number, left: number): number {
  const fields = numbered(schema);
  left -= fields.size;
  while (left >= 0 && reader.pos < end) {
    const [number, wireType] = reader.tag();
    const field = fields.get(number);
    left -= 1;
    if (wireType !== WireType.LengthDelimited) {
      reader.skip(wireType, number);
      continue;
    }
    const length = reader.uint32();
    const behind = reader.pos + length;
    if (field?.message && field.fieldKind !== 'map') left = fieldsLeft(field.message, reader, behind, left);
    // Packed numbers take a byte each, or more; so do the parts of an entry of a map.
    else if (field?.fieldKind === 'map' || isPacked(field)) left -= length;
    reader.pos = behind;
  }
  return left;
}

/** Whether its numbers come one after the other in one piece. */
const isPacked = (field: DescField | undefined): boolean =>
  field?.fieldKind === 'list' && (field.listKind === 'enum' || (field.listKind === 'scalar' && field.packed));

function numbered(schema: DescMessage): ReadonlyMap<number, DescField> {
  let fields = fieldsOf.get(schema);
  if (!fields) fieldsOf.set(schema, (fields = new Map(schema.fields.map((field) => [field.number, field]))));
  return fields;
}
