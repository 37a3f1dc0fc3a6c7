// Applies the table in walls.mjs to the import graph. One finding per broken arrow, with file and line.
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { CODE_FOLDERS, filesBelow, typescriptBelow } from './source-files.mjs';
import { dotted, nodes, readSyntax, references } from './syntax.mjs';
import { PROTO_WALLS, roomOf, TEST_ONLY_PACKAGES, WALLS, workspaceOf, zoneOf } from './walls.mjs';

const WALL = new Map(WALLS.map((wall) => [wall.zone, wall]));
const BUILT_IN = new Set(builtinModules);

export async function checkWalls(root) {
  const page = (await filesBelow(root, 'services/gateway/page')).filter((path) => path.endsWith('.js'));
  const paths = [...(await typescriptBelow(root, CODE_FOLDERS)), ...page];
  const manifests = await readManifests(root, paths);
  const roomArrows = [];
  const perFile = await Promise.all(
    paths.map(async (path) => {
      const zone = zoneOf(path);
      if (zone === undefined)
        return [{ file: path, line: 1, message: 'stands in no room of the house (see scripts/walls.mjs)' }];
      if (!WALL.has(zone)) return [{ file: path, line: 1, message: `${zone} has no row in scripts/walls.mjs` }];
      const syntax = await readSyntax(root, path);
      const from = { path, zone, wall: WALL.get(zone), manifests };
      return [
        ...references(syntax).flatMap((reference) => judge(from, reference, roomArrows)),
        ...environmentReads(from, syntax),
      ];
    }),
  );
  return [...perFile.flat(), ...bothWays(roomArrows), ...(await checkProtos(root))];
}

async function readManifests(root, paths) {
  const workspaces = [...new Set(paths.map(workspaceOf))];
  const read = async (path) => JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8'));
  return {
    root: await read('.'),
    of: new Map(await Promise.all(workspaces.map(async (workspace) => [workspace, await read(workspace)]))),
  };
}

function judge(from, reference, roomArrows) {
  const { specifier, line, resolvedOnly } = reference;
  const finding = (message) => [{ file: from.path, line, message: `${message} (${from.wall.why})` }];
  if (specifier.startsWith('.')) return judgeRelative(from, specifier, resolvedOnly, finding, roomArrows, line);
  if (specifier.startsWith('node:') || BUILT_IN.has(specifier))
    return from.zone === 'page' ? finding(`page may not import ${specifier}`) : [];
  if (specifier.startsWith('#')) return finding(`imports ${specifier}: subpath imports hide where a file stands`);
  return specifier.startsWith('@exempla/')
    ? judgeOwn(from, specifier, finding)
    : judgeForeign(from, specifier, finding);
}

function judgeRelative(from, specifier, resolvedOnly, finding, roomArrows, line) {
  const target = posix.join(posix.dirname(from.path), specifier);
  if (workspaceOf(target) !== workspaceOf(from.path)) {
    // Tests and apps start other services as processes; that needs the path of a file, never its code.
    if (resolvedOnly && (from.zone === 'test' || from.zone === 'app')) return [];
    return finding(`${from.zone} reaches into ${workspaceOf(target)} by path`);
  }
  if (from.zone === 'test' || resolvedOnly) return [];
  const zone = zoneOf(target);
  if (zone === undefined)
    return target.split('/')[2] === 'src' ? finding(`imports ${target}, which stands in no room`) : [];
  if (zone === 'test') return finding('source imports a test');
  if (from.zone === 'room' && zone === 'room' && roomOf(from.path) !== roomOf(target)) {
    roomArrows.push({
      file: from.path,
      line,
      service: workspaceOf(from.path),
      from: roomOf(from.path),
      to: roomOf(target),
    });
    return posix.basename(target) === 'index.ts'
      ? []
      : finding(`room ${roomOf(from.path)} reaches into room ${roomOf(target)} past its index.ts`);
  }
  return zone === from.zone || from.wall.may.includes(zone)
    ? []
    : finding(`${from.zone} may not import ${zone} (${specifier})`);
}

function judgeOwn(from, specifier, finding) {
  const [, name, ...rest] = specifier.split('/');
  const workspace = [...from.manifests.of].find(([, manifest]) => manifest.name === `@exempla/${name}`);
  if (!workspace) return finding(`imports ${specifier}, which is no package of ours`);
  const [folder, manifest] = workspace;
  if (folder === workspaceOf(from.path) && from.zone !== 'test') return finding(`imports itself as ${specifier}`);
  if (!folder.startsWith('packages/'))
    return folder === workspaceOf(from.path) ? [] : finding(`${from.zone} may not import ${folder}`);
  if (!exportsPath(manifest, rest.join('/')))
    return finding(`deep import ${specifier}: not in the exports of ${folder}`);
  if (from.zone === 'test') return [];
  if (TEST_ONLY_PACKAGES.includes(name) || rest[0] === 'testing')
    return finding(`source may not import ${specifier}, which is for tests`);
  const { may } = from.wall;
  if (!may.includes('any package') && !may.includes(`package ${name}`))
    return finding(`${from.zone} may not import ${specifier}`);
  return manifestOf(from).dependencies?.[`@exempla/${name}`]
    ? []
    : finding(`${specifier} is not declared in ${workspaceOf(from.path)}/package.json`);
}

function exportsPath(manifest, subpath) {
  if (subpath === '') return '.' in manifest.exports;
  if (/^(src|dist)(\/|$)/.test(subpath)) return false;
  return Object.keys(manifest.exports).some((key) => {
    const [before, after] = key.slice(2).split('*');
    return (
      key !== '.' && (after === undefined ? subpath === before : subpath.startsWith(before) && subpath.endsWith(after))
    );
  });
}

const manifestOf = (from) => from.manifests.of.get(workspaceOf(from.path));

function judgeForeign(from, specifier, finding) {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (from.wall.npm !== 'declared' && !from.wall.npm.includes(name))
    return finding(`${from.zone} may not import ${name}`);
  const own = manifestOf(from);
  const declared = {
    ...own.dependencies,
    ...own.peerDependencies,
    ...own.optionalDependencies,
    // What only tests use need not be in an image: nor need what a package for tests uses.
    ...(from.zone === 'test' || from.zone === 'package testing' ? own.devDependencies : {}),
    ...(from.zone === 'test' ? from.manifests.root.devDependencies : {}),
  };
  return name in declared ? [] : finding(`${name} is not declared in ${workspaceOf(from.path)}/package.json`);
}

/** A service reads its environment in one place only. */
function environmentReads(from, { tree, line }) {
  if (!from.path.startsWith('services/') || from.zone === 'config' || from.zone === 'test') return [];
  const message = 'reads process.env; only config.ts may';
  const found = [];
  for (const { node } of nodes(tree)) {
    const name = dotted(node);
    if (node.type === 'MemberExpression' && /^(?:globalThis\.)?process\.env$/.test(name)) found.push(node);
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && dotted(node.init) === 'process') {
      if (node.id.properties.some((property) => (property.key ?? property.name)?.value === 'env')) found.push(node);
    }
    if (node.type === 'ImportDeclaration' && /^(?:node:)?process$/.test(node.source.value)) {
      if (node.specifiers.some((specifier) => (specifier.imported ?? specifier.local).value === 'env'))
        found.push(node);
    }
  }
  return found.map((node) => ({ file: from.path, line: line(node), message }));
}

/** Two rooms of a service may know each other in one direction. */
function bothWays(arrows) {
  return arrows
    .filter((a) => arrows.some((b) => b.service === a.service && b.from === a.to && b.to === a.from))
    .map((a) => ({ file: a.file, line: a.line, message: `rooms ${a.from} and ${a.to} import each other both ways` }));
}

async function checkProtos(root) {
  const paths = (await Promise.all(['proto', 'packages/rpc/proto'].map((folder) => filesBelow(root, folder)))).flat();
  const perFile = await Promise.all(
    paths.filter((path) => path.endsWith('.proto')).map((path) => checkProto(root, path)),
  );
  return perFile.flat();
}

async function checkProto(root, path) {
  const wall = PROTO_WALLS.find(({ below }) => path.startsWith(below));
  if (!wall) return [{ file: path, line: 1, message: 'stands in no folder that scripts/walls.mjs knows' }];
  const own = /(exempla\/[^/]+\/)/.exec(path)[1];
  const allowed = wall.may.map((prefix) => (prefix === '@' ? own : prefix));
  const lines = (await readFile(join(root, path), 'utf8')).split('\n');
  return lines.flatMap((text, index) => {
    const target = /^\s*import\s+(?:public\s+|weak\s+)?"([^"]+)"/.exec(text)?.[1];
    if (target === undefined || allowed.some((prefix) => target.startsWith(prefix))) return [];
    return [{ file: path, line: index + 1, message: `may not import ${target}; refer to it by resource name` }];
  });
}
