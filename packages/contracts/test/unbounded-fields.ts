import { createFileRegistry, fromBinary, getOption, hasOption, toJson, type DescExtension } from '@bufbuild/protobuf';
import type { DescField, DescMessage, FileRegistry, JsonObject } from '@bufbuild/protobuf';
import { ScalarType } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

type Rules = Record<string, JsonObject>;

/** Full names of all fields that a request of any RPC in the image can hold and that no validation rule bounds. */
export function unboundedFields(image: Uint8Array): string[] {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  const rules = registry.getExtension('buf.validate.field');
  return [...requestMessages(registry)].flatMap((message) =>
    message.fields
      .filter((field) => !isBounded(field, rulesOf(field, rules, registry)))
      .map((field) => `${message.typeName}.${field.name}`),
  );
}

/** The requests of all RPCs and the messages inside them; those of protobuf itself have a form of their own. */
function requestMessages(registry: FileRegistry): Set<DescMessage> {
  const found = new Set<DescMessage>();
  for (const type of registry) if (type.kind === 'service') for (const { input } of type.methods) found.add(input);
  // A set also visits what is added on the way.
  for (const { fields } of found) {
    for (const { message } of fields) if (message && !message.typeName.startsWith('google.')) found.add(message);
  }
  return found;
}

function rulesOf(field: DescField, extension: DescExtension | undefined, registry: FileRegistry): Rules {
  if (!extension?.message || !hasOption(field as never, extension as never)) return {};
  return toJson(extension.message, getOption(field as never, extension as never) as never, { registry }) as Rules;
}

function isBounded(field: DescField, rules: Rules): boolean {
  if (field.fieldKind === 'message') return true;
  if (field.fieldKind === 'map') return rules.map?.maxPairs !== undefined;
  if (field.fieldKind === 'list') {
    const { maxItems, items = {} } = rules.repeated ?? {};
    return maxItems !== undefined && (field.listKind === 'message' || isBoundedValue(field, items as Rules));
  }
  return isBoundedValue(field, rules);
}

function isBoundedValue({ scalar }: { scalar?: ScalarType | undefined }, rules: Rules): boolean {
  if (scalar === ScalarType.BOOL) return true;
  if (scalar === undefined) return rules.enum?.definedOnly === true;
  const [rule = {}] = Object.entries(rules).flatMap(([kind, value]) => (kind === 'cel' ? [] : [value]));
  if (scalar === ScalarType.STRING || scalar === ScalarType.BYTES)
    return has(rule, 'maxLen', 'maxBytes', 'len', 'in', 'const', 'uuid');
  return has(rule, 'lt', 'lte', 'in', 'const') && has(rule, 'gt', 'gte', 'in', 'const');
}

const has = (rule: JsonObject, ...names: string[]): boolean => names.some((name) => rule[name] !== undefined);
