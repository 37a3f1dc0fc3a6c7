import type { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import type { Moves } from './moves.ts';
import type { Player } from './player.ts';

const nameOf = (by: Player): string => by.name('objects', () => by.word('path'));
/** Half of the time both tenants keep the same bytes, which are on disk once. */
const bytesOf = (by: Player): Buffer => Buffer.from(by.chance(0.5) ? by.word('shared bytes') : by.text('bytes'));

export const objectMoves: Moves<typeof ObjectServiceDefinition> = {
  uploadObject: {
    request: (by) => {
      const name = nameOf(by);
      const header = { name, contentType: `text/${by.marker}`, ifEtag: by.chance(0.3) ? by.etag(name) : '' };
      return [{ part: { $case: 'header', value: header } }, { part: { $case: 'chunk', value: bytesOf(by) } }];
    },
  },
  downloadObject: { request: (by) => ({ name: nameOf(by) }) },
  getObject: { request: (by) => ({ name: nameOf(by) }) },
  deleteObject: {
    request: (by) => {
      const name = nameOf(by);
      return { name, etag: by.etag(name) };
    },
  },
};
