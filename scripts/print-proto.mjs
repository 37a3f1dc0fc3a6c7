// Prints a proto2 file descriptor as .proto source: just what buf/validate/validate.proto uses.
import { getExtension, hasExtension, isFieldSet } from '@bufbuild/protobuf';
import {
  FieldDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import { reflect } from '@bufbuild/protobuf/reflect';

const { oneofIndex } = FieldDescriptorProtoSchema.field;
const pad = (n) => '  '.repeat(n);
const quote = (s) => JSON.stringify(s);
const scalar = (type) => Type[type].toLowerCase();
const typeName = (f) => (f.typeName ? f.typeName : scalar(f.type));

/** Text format of one message, as an option value. */
function text(message, schema, n) {
  const r = reflect(schema, message);
  const lines = [];
  for (const field of schema.fields) {
    if (!r.isSet(field)) continue;
    const value = r.get(field);
    const items = field.fieldKind === 'list' ? [...value] : [value];
    for (const item of items) {
      const isMessage = field.message !== undefined;
      lines.push(
        pad(n + 1) +
          field.name +
          (isMessage ? ' ' + text(item.message ?? item, field.message, n + 1) : ': ' + literal(item, field)),
      );
    }
  }
  return `{\n${lines.join('\n')}\n${pad(n)}}`;
}
const literal = (v, field) => (typeof v === 'string' ? quote(v) : field.enum ? field.enum.value[v].name : String(v));

/** `[...]` of a field: json_name is derived, so only what changes meaning is printed. */
function options(field, extensions, n) {
  const out = [];
  if (field.defaultValue)
    out.push(`default = ${field.type === Type.STRING ? quote(field.defaultValue) : field.defaultValue}`);
  if (field.options?.deprecated) out.push('deprecated = true');
  for (const ext of extensions) {
    if (field.options && hasExtension(field.options, ext))
      out.push(`(${ext.typeName}) = ${text(getExtension(field.options, ext), ext.message, n)}`);
  }
  return out.length ? ` [${out.join(', ')}]` : '';
}

const label = (f, oneof) =>
  oneof ? '' : f.label === Label.REPEATED ? 'repeated ' : f.label === Label.REQUIRED ? 'required ' : 'optional ';
const fieldLine = (f, ext, n, oneof = false) =>
  `${pad(n)}${label(f, oneof)}${typeName(f)} ${f.name} = ${f.number}${options(f, ext, n)};`;

function enumText(e, n) {
  return [
    `${pad(n)}enum ${e.name} {`,
    ...e.value.map((v) => `${pad(n + 1)}${v.name} = ${v.number};`),
    ...reserved(e, n + 1, 0),
    `${pad(n)}}`,
  ].join('\n');
}

function reserved(m, n, endExclusive) {
  const ranges = (m.reservedRange ?? []).map((r) =>
    r.end - endExclusive === r.start ? `${r.start}` : `${r.start} to ${r.end - endExclusive}`,
  );
  const names = (m.reservedName ?? []).map(quote);
  return [
    ...(ranges.length ? [`${pad(n)}reserved ${ranges.join(', ')};`] : []),
    ...(names.length ? [`${pad(n)}reserved ${names.join(', ')};`] : []),
  ];
}

const MAX_FIELD = 536870912;
function messageText(m, ext, n) {
  const lines = [`${pad(n)}message ${m.name} {`, ...reserved(m, n + 1, 1)];
  for (const r of m.extensionRange)
    lines.push(`${pad(n + 1)}extensions ${r.start} to ${r.end === MAX_FIELD ? 'max' : r.end - 1};`);
  for (const e of m.enumType) lines.push(enumText(e, n + 1));
  for (const t of m.nestedType) lines.push(messageText(t, ext, n + 1));
  m.oneofDecl.forEach((o, i) => {
    const fields = m.field.filter((f) => isFieldSet(f, oneofIndex) && f.oneofIndex === i && !f.proto3Optional);
    lines.push(
      `${pad(n + 1)}oneof ${o.name} {`,
      ...fields.map((f) => fieldLine(f, ext, n + 2, true)),
      `${pad(n + 1)}}`,
    );
  });
  for (const f of m.field) if (!isFieldSet(f, oneofIndex)) lines.push(fieldLine(f, ext, n + 1));
  return [...lines, `${pad(n)}}`].join('\n');
}

/** The source of `file`; `extensions` are the custom field options it may carry. */
export function printProto(file, extensions, header) {
  const extendees = Map.groupBy(file.extension, (f) => f.extendee);
  return [
    header,
    `syntax = "${file.syntax || 'proto2'}";`,
    `package ${file.package};`,
    file.dependency.map((d) => `import "${d}";`).join('\n'),
    ...[...extendees].map(
      ([name, fields]) => `extend ${name} {\n${fields.map((f) => fieldLine(f, extensions, 1)).join('\n')}\n}`,
    ),
    ...file.enumType.map((e) => enumText(e, 0)),
    ...file.messageType.map((m) => messageText(m, extensions, 0)),
    '',
  ].join('\n\n');
}
