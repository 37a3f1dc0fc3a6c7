// Regenerates third_party/ from pinned npm packages: the protos we refer to but do not own.
// `buf/validate/validate.proto` is published only as the descriptor inside @bufbuild/protovalidate, so it is printed from there.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { printProto } from './print-proto.mjs';

const require = createRequire(new URL('../packages/rpc/package.json', import.meta.url));
const root = new URL('..', import.meta.url).pathname;
const out = join(root, 'third_party');
const google = dirname(createRequire(import.meta.url).resolve('google-proto-files/package.json'));
const health = dirname(require.resolve('grpc-health-check/package.json'));

const protovalidate = dirname(require.resolve('@bufbuild/protovalidate'));
const esm = protovalidate.replace(/dist\/cjs$/, 'dist/esm');
const { file_buf_validate_validate: validate, predefined } = await import(join(esm, 'gen/buf/validate/validate_pb.js'));

await rm(out, { recursive: true, force: true });
const copies = [
  [join(google, 'google/rpc/status.proto'), 'google/rpc/status.proto'],
  [join(google, 'google/rpc/error_details.proto'), 'google/rpc/error_details.proto'],
  [join(health, 'proto/health/v1/health.proto'), 'grpc/health/v1/health.proto'],
];
for (const [from, to] of copies) {
  await mkdir(dirname(join(out, to)), { recursive: true });
  await cp(from, join(out, to));
}
const target = join(out, 'buf/validate/validate.proto');
await mkdir(dirname(target), { recursive: true });
await writeFile(
  target,
  printProto(
    validate.proto,
    [predefined],
    '// Printed from the descriptor in @bufbuild/protovalidate by scripts/third-party.mjs. Apache-2.0, Buf Technologies, Inc.',
  ),
);
await promisify(execFile)('buf', ['format', '-w', target], { cwd: root });
