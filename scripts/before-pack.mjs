// Puts beside a package what has to go with it: the licence, and for packages/rpc the protos that rules of buf.validate need.
// Run by npm pack, in the folder of the package.
import { copyFile, cp, rm } from 'node:fs/promises';
import { basename } from 'node:path';

await copyFile(new URL('../LICENSE', import.meta.url), 'LICENSE');
if (basename(process.cwd()) === 'rpc') {
  await rm('third_party', { recursive: true, force: true });
  await cp(new URL('../third_party/buf', import.meta.url), 'third_party/buf', { recursive: true });
}
