// Regenerates what is derived from the protos in a copy and compares it with what is committed.
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.mjs';

const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|\.git|\.exempla|demo-output|coverage)$/;
const IS_GENERATED = /(?:^|\/)(?:gen|image)\/|^third_party\//;
const IS_IMAGE = /\.binpb$/;

export async function checkGenerated(root) {
  const copy = await mkdtemp(join(tmpdir(), 'exempla-generated-'));
  try {
    await cp(root, copy, {
      recursive: true,
      filter: (path) => !LEFT_OUT.test(path) && !IS_GENERATED.test(relative(root, path)),
    });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    const { code, output } = await run(copy, 'bash', ['scripts/generate.sh']);
    if (code !== 0) return [{ file: 'scripts/generate.sh', line: 1, message: output.trim() }];
    return await compare(root, copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

const relative = (base, path) => path.slice(base.length + 1);

async function generatedFiles(base, folder = '') {
  const entries = await readdir(join(base, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (LEFT_OUT.test(path) || entry.isSymbolicLink()) return [];
      if (entry.isDirectory()) return generatedFiles(base, path);
      return IS_GENERATED.test(path) ? [path] : [];
    }),
  );
  return found.flat();
}

async function compare(root, copy) {
  const [committed, fresh] = await Promise.all([generatedFiles(root), generatedFiles(copy)]);
  const findings = await Promise.all(
    [...new Set([...committed, ...fresh])].sort().map(async (path) => {
      if (!fresh.includes(path)) return [{ file: path, line: 1, message: 'is no longer generated' }];
      if (!committed.includes(path)) return [{ file: path, line: 1, message: 'is generated but not committed' }];
      return IS_IMAGE.test(path) ? compareImages(root, copy, path) : compareTexts(root, copy, path);
    }),
  );
  return findings.flat();
}

async function compareTexts(root, copy, path) {
  const [was, is] = await Promise.all([root, copy].map((base) => readFile(join(base, path), 'utf8')));
  const message = 'differs from what the protos generate';
  return was === is ? [] : [{ file: path, line: firstDifference(was, is), message }];
}

function firstDifference(was, is) {
  const [a, b] = [was.split('\n'), is.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  return (at === -1 ? a.length : at) + 1;
}

/** By content: the order of files in an image is free. */
async function compareImages(root, copy, path) {
  const require = createRequire(join(root, 'packages/rpc/package.json'));
  const { equals, fromBinary } = await import(require.resolve('@bufbuild/protobuf'));
  const { FileDescriptorProtoSchema, FileDescriptorSetSchema } = await import(
    require.resolve('@bufbuild/protobuf/wkt')
  );
  const read = async (base) => {
    const set = fromBinary(FileDescriptorSetSchema, await readFile(join(base, path)));
    return new Map(set.file.map((file) => [file.name, file]));
  };
  const [committed, fresh] = [await read(root), await read(copy)];
  const names = [...new Set([...committed.keys(), ...fresh.keys()])].sort();
  const differs = (name) =>
    !committed.has(name) ||
    !fresh.has(name) ||
    !equals(FileDescriptorProtoSchema, committed.get(name), fresh.get(name), { unknown: true });
  return names
    .filter(differs)
    .map((name) => ({ file: path, line: 1, message: `${name} in the image differs from the proto` }));
}
