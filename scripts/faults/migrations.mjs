import { MIGRATIONS } from './plant.mjs';

const FILE = 'services/storage/migrations/9000_planted.sql';

const migration = (name, head, marker, says) => ({
  name: `a migration that ${name}`,
  command: MIGRATIONS,
  files: { [FILE]: `${head}-- Planted.\n${marker}\n` },
  file: FILE,
  marker,
  says,
});
const fine = (name, text) => ({
  name: `a migration that ${name}`,
  command: MIGRATIONS,
  files: { [FILE]: text },
  file: FILE,
  allowed: true,
});

const NEW_TABLE = 'create table storage.planted (tenant text not null, n integer);\n';

export const MIGRATION_FAULTS = [
  migration('drops a table', '', 'drop table storage.objects;', /takes away/),
  migration('drops a column', '', 'alter table storage.objects drop column etag;', /takes away/),
  migration('renames', '', 'alter table storage.objects rename column path to name;', /the old name/),
  migration('changes a type', '', 'alter table storage.objects alter column etag type uuid;', /changes a type/),
  migration('forbids null', '', 'alter table storage.definitions alter sense set not null;', /may leave it null/),
  migration('adds what must be filled', '', 'alter table storage.objects add column x int not null;', /does not fill/),
  migration('rewrites a table', '', 'alter table storage.objects add x uuid default gen_random_uuid();', /anew/),
  migration('narrows by a check', '', 'alter table storage.objects add check (path <> etag);', /refuses/),
  migration('narrows by an index', '', 'create unique index x on storage.objects (etag);', /refuses/),
  migration('hides rows', '', 'alter table storage.migrations enable row level security;', /policies/),
  migration('deletes rows', '', 'delete from storage.objects;', /takes rows away/),
  migration('holds up writers', '', 'create index x on storage.objects (etag);', /stops writers/),
  migration(
    'builds beside its transaction',
    '',
    'create index concurrently x on storage.objects (etag);',
    /transaction/,
  ),
  migration('ends its transaction', '', 'commit;', /one transaction/),
  migration('drops within a block', '', 'do $$ begin drop table storage.objects; end $$;', /takes away/),
  migration(
    'names another table than it locks',
    '-- locks storage.definitions: small\n',
    'create index x on storage.objects (etag);',
    /stops writers/,
  ),
  migration('widens the row a function returns', '', 'alter table storage.events add column x int;', /define it anew/),
  fine(
    'drops what nobody uses',
    '-- contract: version N-1 no longer uses the column\nalter table storage.objects drop column etag;\n',
  ),
  fine(
    'locks with a reason',
    '-- locks storage.objects: built in a second at a million rows\ncreate index x on storage.objects (etag);\n',
  ),
  fine(
    'widens such a row and renews the function',
    `alter table storage.events add column x int;
create or replace function storage.read_log(after bigint, at_most integer, max_bytes bigint) returns setof storage.events
  language sql stable begin atomic select * from storage.events; end;\n`,
  ),
  fine(
    'makes a table with all it needs',
    `${NEW_TABLE}alter table storage.planted enable row level security;
create unique index planted_by_n on storage.planted (tenant, n);\nalter table storage.planted add check (n > 0);\n`,
  ),
  fine(
    'adds',
    `alter table storage.objects add column x integer not null default 0, add column y text;
create function storage.f() returns void language sql as $$ delete from storage.objects $$;
comment on table storage.objects is 'drop table; -- rename';\n`,
  ),
];
