// Puts the protos that an option of ours or a rule of buf.validate needs into the package of packages/rpc. Run by npm pack.
import { cp, rm } from 'node:fs/promises';

const from = new URL('../third_party/buf', import.meta.url);
const to = new URL('../packages/rpc/third_party/', import.meta.url);
await rm(to, { recursive: true, force: true });
await cp(from, new URL('buf', to), { recursive: true });
