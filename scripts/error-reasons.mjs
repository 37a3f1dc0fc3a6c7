// The reasons a service may give are an enum in its proto and one table in its code; the two must list the same ones, and
// docs/errors.md explains them all.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkCatalogue } from './error-catalogue.mjs';
import { filesBelow, typescriptBelow } from './source-files.mjs';
import { dotted, nodes, readSyntax } from './syntax.mjs';

const PREFIX = 'ERROR_REASON_';

export async function checkReasons(root) {
  const protos = (await filesBelow(root, 'proto/exempla')).filter((path) => path.endsWith('/error_reason.proto'));
  const services = await Promise.all(protos.map((proto) => checkService(root, proto)));
  const tables = services.flatMap(({ table }) => table ?? []);
  return [...services.flatMap(({ findings }) => findings), ...(await checkCatalogue(root, tables))];
}

async function checkService(root, proto) {
  const service = proto.split('/')[2];
  const table = `services/${service}/src/grpc/error-codes.ts`;
  const declared = await declaredReasons(root, proto);
  const sources = await typescriptBelow(root, [`services/${service}/src`]);
  if (!sources.includes(table))
    return { findings: [{ file: table, line: 1, message: `is missing; ${proto} lists ${declared.size} reasons` }] };
  const { domain, reasons: listed } = tableReasons(await readSyntax(root, table));
  const given = await givenReasons(
    root,
    sources.filter((path) => path !== table),
  );
  const findings = [
    ...[...declared]
      .filter(([reason]) => !listed.has(reason))
      .map(([reason, line]) => ({ file: proto, line, message: `${reason} has no status in ${table}` })),
    ...[...listed]
      .filter(([reason]) => !declared.has(reason))
      .map(([reason, { line }]) => ({ file: table, line, message: `${reason} is not in ${proto}` })),
    ...[...listed]
      .filter(([reason]) => declared.has(reason) && !given.has(reason))
      .map(([reason, { line }]) => ({ file: table, line, message: `${reason} is never given by services/${service}` })),
  ];
  return { findings, table: { domain, reasons: listed } };
}

async function declaredReasons(root, proto) {
  const lines = (await readFile(join(root, proto), 'utf8')).split('\n');
  const reasons = lines.flatMap((text, index) => {
    const reason = new RegExp(`^\\s*${PREFIX}(\\w+)\\s*=`).exec(text)?.[1];
    return reason === undefined || reason === 'UNSPECIFIED' ? [] : [[reason, index + 1]];
  });
  return new Map(reasons);
}

/** The lines of the table, `TERM_UNKNOWN: status.NOT_FOUND`, and its `domain: 'examples.exempla'`. */
function tableReasons({ path, tree, line }) {
  const reasons = new Map();
  let domain = '';
  for (const { node } of nodes(tree)) {
    if (node.type !== 'ObjectExpression') continue;
    for (const { key, value } of node.properties) {
      const [, status] = /^status\.(\w+)$/.exec(dotted(value)) ?? [];
      if (status) reasons.set(key.value, { status, file: path, line: line(key) });
      else if (key?.value === 'domain' && value.type === 'StringLiteral') domain = value.value;
    }
  }
  return { domain, reasons };
}

async function givenReasons(root, paths) {
  const given = new Set();
  for (const path of paths) {
    const { tree } = await readSyntax(root, path);
    for (const { node, parents } of nodes(tree)) {
      if (
        node.type === 'StringLiteral' &&
        !parents.some((parent) => parent.type.startsWith('TsType') || parent.type === 'TsUnionType')
      )
        given.add(node.value);
    }
  }
  return given;
}
