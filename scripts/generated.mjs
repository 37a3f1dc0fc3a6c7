// Regenerates what is derived from the protos in a copy and compares it with what is committed.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { run } from './command.mjs';

const GENERATED = ['packages/contracts/src/gen', 'packages/rpc/src/gen', 'third_party'];
const IMAGE = 'packages/contracts/image/exempla.binpb';
const SOURCES = [
  'proto',
  'packages/rpc/proto',
  'packages/rpc/package.json',
  'scripts',
  'third_party',
  'buf.yaml',
  'buf.gen.yaml',
  'buf.gen.rpc.yaml',
];

export async function checkGenerated(root) {
  const copy = await mkdtemp(join(tmpdir(), 'exempla-generated-'));
  try {
    for (const path of SOURCES) {
      await mkdir(dirname(join(copy, path)), { recursive: true });
      await cp(join(root, path), join(copy, path), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    const { code, output } = await run(copy, 'bash', ['scripts/generate.sh']);
    if (code !== 0) return [{ file: 'scripts/generate.sh', line: 1, message: output.trim() }];
    const folders = await Promise.all(GENERATED.map((folder) => compareFolders(root, copy, folder)));
    return [...folders.flat(), ...(await compareImages(root, copy))];
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function compareFolders(root, copy, folder) {
  const list = async (base) =>
    (await readdir(join(base, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1));
  const [committed, fresh] = [await list(root), await list(copy)];
  const findings = await Promise.all(
    [...new Set([...committed, ...fresh])].sort().map(async (path) => {
      if (!fresh.includes(path)) return { file: path, line: 1, message: 'is no longer generated' };
      if (!committed.includes(path)) return { file: path, line: 1, message: 'is generated but not committed' };
      const [was, is] = await Promise.all([root, copy].map((base) => readFile(join(base, path), 'utf8')));
      return was === is
        ? undefined
        : { file: path, line: firstDifference(was, is), message: 'differs from what the protos generate' };
    }),
  );
  return findings.filter((finding) => finding !== undefined);
}

function firstDifference(was, is) {
  const [a, b] = [was.split('\n'), is.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  return (at === -1 ? a.length : at) + 1;
}

/** By content: the order of files in an image is free. */
async function compareImages(root, copy) {
  const require = createRequire(join(root, 'packages/rpc/package.json'));
  const { equals, fromBinary } = await import(require.resolve('@bufbuild/protobuf'));
  const { FileDescriptorProtoSchema, FileDescriptorSetSchema } = await import(
    require.resolve('@bufbuild/protobuf/wkt')
  );
  const read = async (base) => {
    const set = fromBinary(FileDescriptorSetSchema, await readFile(join(base, IMAGE)));
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
    .map((name) => ({ file: IMAGE, line: 1, message: `${name} in the image differs from the proto` }));
}
