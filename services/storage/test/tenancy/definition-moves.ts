import type { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import type { Moves } from './moves.ts';
import type { Player } from './player.ts';

const assessment = { score: 0.9, accepted: true, violations: [] };

/** Terms, contexts and languages are the same few for both tenants: duplicates are looked for by them. */
const keys = (by: Player) => ({
  term: by.word('term'),
  context: { organisational: [by.word('context')] },
  language: by.oneOf(['en', 'de']),
});

const contentOf = (by: Player) => ({
  ...keys(by),
  text: by.text('text'),
  category: by.text('category'),
  narration: by.chance(0.5) ? by.name('objects', () => 'none') : '',
  ...(by.chance(0.5) ? { assessment } : {}),
});

const requestKey = (by: Player) => ({ requestId: by.word('request'), requestFingerprint: by.word('print') });
const nameOf = (by: Player): string => by.name('definitions', by.uuid);

export const definitionMoves: Moves<typeof DefinitionStoreServiceDefinition> = {
  createDefinition: {
    request: (by) => ({
      definition: contentOf(by),
      definitionId: by.chance(0.3) ? by.uuid() : '',
      ...(by.chance(0.3) ? requestKey(by) : {}),
      allowDuplicate: by.chance(0.7),
    }),
  },
  lookupDefinition: { request: (by) => ({ ...keys(by), ...requestKey(by) }) },
  getDefinition: { request: (by) => ({ name: nameOf(by) }) },
  updateDefinition: {
    request: (by) => {
      const name = nameOf(by);
      return {
        definition: { name, etag: by.etag(name), text: by.text('text'), category: by.text('category') },
        updateMask: by.oneOf([['text'], ['text', 'category'], ['category']]),
        revisionNote: by.text('note'),
      };
    },
  },
  listDefinitions: {
    request: (by) => ({
      pageSize: 1 + by.below(3),
      pageToken: by.token('listDefinitions'),
      term: by.chance(0.2) ? by.word('term') : '',
    }),
  },
  deleteDefinition: {
    request: (by) => {
      const name = nameOf(by);
      return { name, etag: by.etag(name) };
    },
  },
  listDefinitionRevisions: {
    request: (by) => ({ parent: nameOf(by), pageSize: 1, pageToken: by.token('listDefinitionRevisions') }),
  },
};
