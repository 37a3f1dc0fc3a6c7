// What is promised is on while it is measured: durability in the server, and the features in the service.
const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'];
const SETTINGS = [...DURABLE, 'server_version', 'shared_buffers', 'max_connections', 'wal_level', 'max_wal_size'];

export async function readSettings({ plain }) {
  const text = `select name, current_setting(name) as value from pg_settings where name in ('${SETTINGS.join("','")}')`;
  const rows = await plain.ask('ask', { text });
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

/** `{ what: true, or what was found }` */
export async function proveFeatures(bench) {
  const { plain, caller, below } = bench;
  const settings = await readSettings(bench);
  const promises = await caller.ask('promises');
  const [{ events }] = await plain.ask('ask', { text: 'select count(*)::int as events from storage.events' });
  const unseen = await below.ask('countWithoutTenant');
  return {
    ...Object.fromEntries(DURABLE.map((name) => [`${name} is on`, settings[name] === 'on' || settings[name]])),
    'row-level security: without a tenant the pool of the service sees no event':
      (events > 0 && unseen === 0) || `${unseen} of ${events}`,
    'an append that comes again is answered as it was': promises.isRepeated,
    'positions are tokens': /^[A-Za-z0-9_-]{22}$/.test(promises.position) || promises.position,
  };
}
