// Reads one TypeScript file into a syntax tree and answers what the rules ask of it: nodes, lines, imports.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@swc/core';

/** @returns {Promise<{path: string, tree: object, line: (node: object) => number}>} */
export async function readSyntax(root, path) {
  const bytes = await readFile(join(root, path));
  const tree = await parse(bytes.toString('utf8'), {
    syntax: 'typescript',
    decorators: true,
    target: 'es2024',
    tsx: path.endsWith('x'),
  });
  return { path, tree, line: (node) => lineAt(bytes, node.span.start - 1) };
}

/** swc counts UTF-8 bytes from 1; a rule's reader wants lines from 1. */
function lineAt(bytes, offset) {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < offset; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
}

/** Every node of the tree with its parents, outermost first. */
export function* nodes(value, parents = []) {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodes(item, parents);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const isNode = typeof value.type === 'string' && value.span !== undefined;
  if (isNode) yield { node: value, parents };
  const inner = isNode ? [...parents, value] : parents;
  for (const [key, child] of Object.entries(value)) if (key !== 'span') yield* nodes(child, inner);
}

const literal = (node) => {
  if (node?.type === 'StringLiteral') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0].cooked ?? node.quasis[0].raw;
  return undefined;
};

/** `a.b`, `a['b']`: the name of the property, if it can be read off. */
export function propertyName(node) {
  if (node.type !== 'MemberExpression') return undefined;
  return node.property.type === 'Computed' ? literal(node.property.expression) : node.property.value;
}

/** The dotted name of an expression, such as `process.env` or `import.meta.resolve`; '' when it is no plain name. */
export function dotted(node) {
  if (node?.type === 'Identifier') return node.value;
  if (node?.type === 'ThisExpression') return 'this';
  if (node?.type === 'MetaProperty') return 'import.meta';
  if (node?.type === 'ParenthesisExpression') return dotted(node.expression);
  if (node?.type !== 'MemberExpression') return '';
  const object = dotted(node.object);
  const name = propertyName(node);
  return object && name ? `${object}.${name}` : '';
}

/**
 * What a file refers to, in every form that can name a module: import and export declarations, `import()`, types by
 * `import('x').T`, `require`, and paths that are only resolved (`import.meta.resolve`, `require.resolve`, `new URL`).
 * @returns {{specifier: string, line: number, resolvedOnly: boolean}[]}
 */
export function references({ tree, line }) {
  const found = [];
  const add = (node, specifier, resolvedOnly = false) => {
    if (typeof specifier === 'string') found.push({ specifier, line: line(node), resolvedOnly });
  };
  for (const { node } of nodes(tree)) {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') add(node, literal(node.source));
    else if (node.type === 'ExportNamedDeclaration' && node.source) add(node, literal(node.source));
    else if (node.type === 'TsImportType') add(node, literal(node.argument));
    else if (node.type === 'TsExternalModuleReference') add(node, literal(node.expression));
    else if (node.type === 'CallExpression') addCall(node, add);
    else if (
      node.type === 'NewExpression' &&
      dotted(node.callee) === 'URL' &&
      dotted(node.arguments?.[1]?.expression) === 'import.meta.url'
    ) {
      const target = literal(node.arguments[0].expression);
      if (target?.startsWith('.')) add(node, target, true);
    }
  }
  return found;
}

function addCall(node, add) {
  const specifier = literal(node.arguments[0]?.expression);
  const callee = node.callee.type === 'Import' ? 'import' : dotted(node.callee);
  if (callee === 'import' || callee === 'require') add(node, specifier);
  else if (callee === 'import.meta.resolve' || callee.endsWith('require.resolve')) add(node, specifier, true);
}
