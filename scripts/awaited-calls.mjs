// Finds the calls of a service's methods in the code of another and says how each is waited for.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { typescriptBelow } from './source-files.mjs';
import { nodes, propertyName, readSyntax } from './syntax.mjs';

/** `generateExamples` of `rpc GenerateExamples(...)`. */
export async function methodNames(root, proto) {
  const text = await readFile(join(root, proto), 'utf8');
  return [...text.matchAll(/^\s*rpc\s+(\w+)/gm)].map(([, name]) => name[0].toLowerCase() + name.slice(1));
}

/** @returns {Promise<{file: string, line: number, method: string, how: string | undefined}[]>} `how` is undefined: not waited for */
export async function callsOf(root, folder, methods) {
  const perFile = await Promise.all(
    (await typescriptBelow(root, [folder])).map(async (path) => {
      const { tree, line } = await readSyntax(root, path);
      return [...nodes(tree)]
        .filter(({ node }) => node.type === 'CallExpression' && isCallOf(node.callee, methods))
        .map(({ node, parents }) => ({
          file: path,
          line: line(node),
          method: propertyName(node.callee),
          how: waitedFor(node, parents),
        }));
    }),
  );
  return perFile.flat();
}

function isCallOf(callee, methods) {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type !== 'ThisExpression' &&
    methods.includes(propertyName(callee))
  );
}

/** Directly, or as the argument of a call that is itself awaited: `await orExplain(client.call())`. */
function waitedFor(node, parents) {
  const outer = parents.at(-1);
  if (outer?.type === 'AwaitExpression') return 'await';
  if (outer?.type === 'YieldExpression' && outer.delegate) return 'yield*';
  if (outer?.type === 'ForOfStatement' && outer.await && outer.right === node) return 'for await';
  const isArgument = outer?.type === 'CallExpression' && outer.arguments.some(({ expression }) => expression === node);
  return isArgument ? waitedFor(outer, parents.slice(0, -1)) : undefined;
}
