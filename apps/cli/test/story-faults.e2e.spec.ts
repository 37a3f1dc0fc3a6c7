import { afterAll, beforeAll, describe } from '@jest/globals';
import { audioKilled } from './story-faults/audio-killed.ts';
import { callerGone } from './story-faults/caller-gone.ts';
import { startHeldMesh, type HeldMesh } from './story-faults/held-mesh.ts';
import { manyAtOnce } from './story-faults/many-at-once.ts';
import { storageKilled } from './story-faults/storage-killed.ts';

// One mesh for all of them: starting it takes longer than most.
let held: HeldMesh;
beforeAll(async () => {
  held = await startHeldMesh();
}, 60_000);
afterAll(async () => held[Symbol.asyncDispose]());

describe('the caller of a narrated story leaves (S3-102)', () => {
  callerGone(() => held);
});
describe('many stories at once over two orchestrators (S3-53, S3-61)', () => {
  manyAtOnce(() => held);
});
describe('audio killed while a story is narrated (S3-49, S3-63, S3-64)', () => {
  audioKilled(() => held);
});
describe('storage killed while a story is kept (S3-64)', () => {
  storageKilled(() => held);
});
