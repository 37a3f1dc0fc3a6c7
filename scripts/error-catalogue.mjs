// docs/errors.md lists every reason a caller can meet, by domain and with its status; it and the code must agree.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { typescriptBelow } from './source-files.mjs';
import { dotted, nodes, readSyntax } from './syntax.mjs';

export const CATALOGUE = 'docs/errors.md';
/** Who gives reasons without a table: they are written where they are thrown. */
const RPC = { domain: 'rpc.exempla', sources: 'packages/rpc/src' };
const GATEWAY = { domain: 'gateway.exempla', sources: 'services/gateway/src' };
const REASON = /^[A-Z][A-Z0-9_]+$/;

/**
 * @param tables the reasons of each service: `{ domain, reasons: Map<reason, { status, file, line }> }`
 * @returns what is wrong, with file and line
 */
export async function checkCatalogue(root, tables) {
  const text = await readFile(join(root, CATALOGUE), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const listed = catalogueReasons(text);
  const rpc = await writtenReasons(root, RPC);
  const gateway = await writtenReasons(root, GATEWAY);
  // The gateway gives some of those of rpc, too, under their own domain.
  for (const reason of rpc.reasons.keys()) gateway.reasons.delete(reason);
  const domains = [...tables, rpc, gateway];
  const known = new Set(domains.map(({ domain }) => domain));
  return [
    ...rpc.findings,
    ...gateway.findings,
    ...domains.flatMap(({ domain, reasons }) => compare(domain, reasons, listed)),
    ...listed
      .filter(({ domain }) => !known.has(domain))
      .map(({ domain, reason, line }) => finding(line, `${reason} is listed under ${domain}, which no service has`)),
  ];
}

const finding = (line, message) => ({ file: CATALOGUE, line, message });

function compare(domain, reasons, listed) {
  const own = listed.filter((entry) => entry.domain === domain);
  const unlisted = [...reasons]
    .filter(([reason]) => !own.some((entry) => entry.reason === reason))
    .map(([reason, { file, line }]) => ({ file, line, message: `${reason} of ${domain} is not in ${CATALOGUE}` }));
  const wrong = own.flatMap(({ reason, status, line }, index) => {
    const given = reasons.get(reason);
    if (!given) return [finding(line, `${reason} is listed and ${domain} does not give it`)];
    if (given.status !== status) return [finding(line, `${reason} is ${status} here and ${given.status} in the code`)];
    const before = own.slice(0, index).some((entry) => entry.reason === reason);
    return before ? [finding(line, `${reason} of ${domain} stands twice`)] : [];
  });
  return [...unlisted, ...wrong];
}

/** Rows `| `TERM_UNKNOWN` | NOT_FOUND | …` below a heading that names the domain in backticks. */
function catalogueReasons(text) {
  let domain = 'no domain';
  return text.split('\n').flatMap((row, index) => {
    if (row.startsWith('#')) domain = /`([^`]+)`/.exec(row)?.[1] ?? 'no domain';
    const [, reason, status] = /^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|\s*([A-Z_]+)\s*\|/.exec(row) ?? [];
    return reason ? [{ domain, reason, status, line: index + 1 }] : [];
  });
}

/** Wherever a status is followed by a reason, as in `new StatusError(status.X, 'Y', …)` or `{ code: status.X, reason: 'Y' }`. */
async function writtenReasons(root, { domain, sources }) {
  const reasons = new Map();
  const findings = [];
  for (const path of await typescriptBelow(root, [sources])) {
    const { tree, line } = await readSyntax(root, path);
    const constants = namedTexts(tree);
    for (const { node } of nodes(tree)) {
      const place = { file: path, line: line(node) };
      for (const [status, reason] of pairs(node, constants)) reasons.set(reason, { status, ...place });
      if (isStatusError(node) && pairs(node, constants).length === 0)
        findings.push({
          ...place,
          message: 'a StatusError whose status and reason cannot be read here: write them out',
        });
    }
  }
  return { domain, reasons, findings };
}

const isStatusError = (node) => node.type === 'NewExpression' && dotted(node.callee) === 'StatusError';

/** `status.X` and the reason behind it, among the arguments of a call, the items of a list or the values of an object. */
function pairs(node, constants) {
  const items = (node.arguments ?? node.elements ?? node.properties ?? []).map(
    (item) => item?.expression ?? item?.value,
  );
  return items.flatMap((item, index) => {
    const [, status] = /^status\.([A-Z_]+)$/.exec(dotted(item)) ?? [];
    const next = items[index + 1];
    const reason = next?.type === 'Identifier' ? constants.get(next.value) : next?.value;
    return status && REASON.test(reason ?? '') ? [[status, reason]] : [];
  });
}

/** `const WATCH_ENDED = 'WATCH_ENDED'` of the same file. */
function namedTexts(tree) {
  const texts = new Map();
  for (const { node } of nodes(tree)) {
    if (node.type === 'VariableDeclarator' && node.init?.type === 'StringLiteral')
      texts.set(node.id.value, node.init.value);
  }
  return texts;
}
