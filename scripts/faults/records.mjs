// What services/storage promises of children, heroes and stories, each taken away once; see properties.mjs.

const SRC = 'services/storage/src';
const record = (promise, spec, file, from, to, test) => ({
  promise: `records: ${promise}`,
  spec: `services/storage/test/${spec}`,
  file: file.startsWith('migrations/') ? `services/storage/${file}` : `${SRC}/${file}`,
  from,
  to,
  test,
});

const STORE = 'postgres-records.int.spec.ts';
const STORIES = 'stories.int.spec.ts';
const ERRORS = 'errors.int.spec.ts';

export const RECORD_FAULTS = [
  record(
    'a child is there once, however many create it',
    STORE,
    'migrations/0005_records.sql',
    'create unique index children_exact_match',
    'create index children_exact_match',
    'are one when 20 create the same at once',
  ),
  record(
    'a transaction is whole or nothing, and seen by nobody before',
    STORE,
    'adapters/postgres-records.ts',
    'session.run(text, values)',
    'this.#pool.query(call, text, values)',
    'a transaction',
  ),
  record(
    'who changes a record holds it',
    STORE,
    'adapters/postgres-repository.ts',
    "return this.findBy({ id }, 'for update')",
    'return this.findBy({ id })',
    'changes what was found for change',
  ),
  record(
    'a list goes on where it was',
    STORE,
    'adapters/postgres-repository.ts',
    '(create_time, id) <',
    '(create_time, id) <=',
    'lists every one once',
  ),
  record(
    'a page is no longer than an answer can be',
    STORIES,
    'adapters/postgres-slice.ts',
    'bytes_so_far <=',
    '0 * bytes_so_far <=',
    'come in pages that an answer can hold',
  ),
  record(
    'equal requests at once make one story',
    STORIES,
    'records/create-record.ts',
    'const meanwhile = request &&',
    'const meanwhile = false &&',
    'answer an equal request',
  ),
  record(
    'a request id stands for one request',
    ERRORS,
    'records/create-record.ts',
    'found.fingerprint !== fingerprint',
    'found.fingerprint === ""',
    'REQUEST_ID_REUSED: for another',
  ),
  record(
    'a page token is good for its filter only',
    ERRORS,
    'records/read-records.ts',
    'call.tenant, JSON.stringify(list.filter)]',
    'call.tenant]',
    'a token of another language',
  ),
  record(
    'a version that is not there any more is not changed',
    ERRORS,
    'records/change-record.ts',
    "etag !== '' && etag !== current.etag",
    "etag === ' '",
    'ETAG_MISMATCH: (an update|a delete) of',
  ),
  record(
    'a generation is over once',
    ERRORS,
    'stories/change-generation.ts',
    "current.status !== 'PENDING' &&",
    "current.status === '' &&",
    'GENERATION_OVER',
  ),
  record(
    'a new text leaves the old one',
    STORIES,
    'stories/change-story.ts',
    'await keepRevision(unit, before)',
    'void keepRevision',
    'keep the titles and texts',
  ),
  record(
    'an event is committed with what it tells of',
    'story-events.int.spec.ts',
    'adapters/postgres-records.ts',
    'await appendRecordEvents(session, call.tenant, told);\n      return done;\n    });',
    'return done;\n    });\n    await this.#pool.transaction(call, (other) => appendRecordEvents(other, call.tenant, told));',
    'are gone together',
  ),
  record(
    'the log is not held while the work goes on',
    'story-events.int.spec.ts',
    'adapters/postgres-records.ts',
    'const done = await work(',
    "await session.run('select pg_advisory_xact_lock(7319002512)');\n      const done = await work(",
    'do not hold the lock',
  ),
  record(
    'two that want what the other has are told so',
    STORE,
    'adapters/postgres-repository.ts',
    "['23505', '40P01']",
    "['23505']",
    'cannot take each other',
  ),
];
