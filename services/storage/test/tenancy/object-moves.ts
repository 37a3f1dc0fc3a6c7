import type { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import type { Moves } from './moves.ts';
import type { Player } from './player.ts';

const nameOf = (by: Player): string => by.name('objects', () => by.word('path'));
/** Half of the time both tenants keep the same bytes, which are on disk once. */
const bytesOf = (by: Player): Buffer => Buffer.from(by.chance(0.5) ? by.word('shared bytes') : by.text('bytes'));

const HALF = Buffer.from('half of it');
const uploadOf = (by: Player): string => by.name('uploads', by.uuid);
/** An upload that breaks off in the middle, or goes on there; both tenants use the same few ids. */
const halfOfTwo = (by: Player) => ({
  name: 'objects/path-0',
  upload: uploadOf(by),
  sizeBytes: BigInt(2 * HALF.length),
  offset: BigInt(by.chance(0.5) ? HALF.length : 0),
});

export const objectMoves: Moves<typeof ObjectServiceDefinition> = {
  uploadObject: {
    request: (by) => {
      const name = nameOf(by);
      const header = { name, contentType: `text/${by.marker}`, ifEtag: by.chance(0.3) ? by.etag(name) : '' };
      const goesOn = by.chance(0.5) ? halfOfTwo(by) : {};
      return [
        { part: { $case: 'header', value: { ...header, ...goesOn } } },
        { part: { $case: 'chunk', value: 'upload' in goesOn ? HALF : bytesOf(by) } },
      ];
    },
  },
  downloadObject: {
    request: (by) => {
      const name = nameOf(by);
      return { name, offset: BigInt(by.below(3)), length: BigInt(by.below(20)), ifEtag: by.etag(name) };
    },
  },
  listObjects: {
    request: (by) => ({
      prefix: by.chance(0.5) ? '' : 'objects/path',
      pageSize: by.below(3),
      pageToken: by.token('listObjects'),
    }),
  },
  getUpload: { request: (by) => ({ name: uploadOf(by) }) },
  deleteUpload: { request: (by) => ({ name: uploadOf(by) }) },
  getObject: { request: (by) => ({ name: nameOf(by) }) },
  deleteObject: {
    request: (by) => {
      const name = nameOf(by);
      return { name, etag: by.etag(name) };
    },
  },
};
