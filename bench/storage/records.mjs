// Records one by one: those that are measured, how the service is asked for them, and how the database is.
import { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { createClient } from '@exempla/rpc';
import { DEFINITION_COLUMNS } from '../../services/storage/dist/adapters/definition-rows.js';
import { TENANT, timed } from './load.mjs';

export const KINDS = ['definition', 'child'];

/** Commands of whoever asks the service. */
export function serviceRecords(channel) {
  const definitions = createClient(DefinitionStoreServiceDefinition, channel);
  const children = createClient(ChildStoreServiceDefinition, channel);
  const stores = {
    definition: {
      create: (i) => definitions.createDefinition({ definition: newDefinition(i) }),
      get: (name) => definitions.getDefinition({ name }),
      list: (pageSize) => definitions.listDefinitions({ pageSize }),
    },
    child: {
      create: (i) => children.createChild({ child: newChild(i) }),
      get: (name) => children.getChild({ name }),
      list: (pageSize) => children.listChildren({ pageSize }),
    },
  };
  return {
    createRecords: async ({ kind, count }) => {
      const names = [];
      for (let i = 0; i < count; i += 1) names.push((await stores[kind].create(i)).name);
      return names;
    },
    getRecords: ({ kind, names }) => timed(names, stores[kind].get),
    listRecords: ({ kind, times, limit }) => timed(Array.from({ length: times }), () => stores[kind].list(limit)),
  };
}

const newDefinition = (i) => ({
  term: `term ${i}`,
  language: 'en',
  category: 'quantity',
  text: 'A quantity that measures disorder.',
  senseReason: 'the first sense',
});

const newChild = (i) => ({
  displayName: `Child ${i}`,
  age: { $case: 'years', value: 6 },
  interests: ['dinosaurs', 'the sea'],
});

const QUERIES = {
  definition: { table: 'storage.definitions', columns: DEFINITION_COLUMNS },
  child: {
    table: 'storage.children',
    columns: 'id, display_name, years, age_group, gender, interests, etag, create_time, update_time',
  },
};

/** Commands of whoever asks the database. */
export function bareRecords(client) {
  return {
    getRecords: ({ kind, names }) => {
      const { table, columns } = QUERIES[kind];
      const text = `select ${columns} from ${table} where tenant = $1 and id = $2`;
      return timed(names, (name) => client.query(text, [TENANT, name.slice(name.indexOf('/') + 1)]));
    },
    listRecords: ({ kind, times, limit }) => {
      const { table, columns } = QUERIES[kind];
      const text = `select ${columns} from ${table} where tenant = $1 order by create_time desc, id desc limit $2`;
      return timed(Array.from({ length: times }), () => client.query(text, [TENANT, limit]));
    },
  };
}
