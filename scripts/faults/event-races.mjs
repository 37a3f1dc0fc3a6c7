// What keeps the readers of the event store from missing anything; the fields are those of properties.mjs.

const TEST = 'services/storage/test';
const SERVICE = 'services/storage';

export const EVENT_RACE_FAULTS = [
  {
    promise: 'positions follow the order of commits',
    spec: `${TEST}/commit-order.int.spec.ts`,
    file: `${SERVICE}/migrations/0010_append_once.sql`,
    from: '  perform pg_advisory_xact_lock(7319002512);\n',
    to: '',
    always: true,
  },
  {
    promise: 'caught up is at the end of an append',
    spec: `${TEST}/subscribe-events.spec.ts`,
    file: `${SERVICE}/src/events/subscribe-events.ts`,
    from: 'if (!isCaughtUp && !tail.isEnd(position)',
    to: 'if (isCaughtUp && !tail.isEnd(position)',
  },
  {
    promise: 'a reader ahead of the log does not keep the database busy',
    spec: `${TEST}/subscribe-events.spec.ts`,
    file: `${SERVICE}/src/events/subscribe-events.ts`,
    from: 'if (position <= tail.head) continue;',
    to: 'continue;',
  },
  {
    promise: 'after a restore no position is given a second time',
    spec: `${TEST}/backup.int.spec.ts`,
    file: `${SERVICE}/src/adapters/backup/restore-archive.ts`,
    from: '  await leaveLostPositions(client, sequences);\n',
    to: '',
    test: 'positions go on above',
  },
  {
    promise: 'two restores of one backup give no position twice',
    spec: `${TEST}/restore.int.spec.ts`,
    file: `${SERVICE}/src/adapters/backup/restore-archive.ts`,
    from: 'byClock > last + LEAP ? byClock : last + LEAP',
    to: 'last + LEAP',
    test: 'earlier restore',
  },
  {
    promise: 'what only this server has is not answered as done',
    spec: `${TEST}/synchronous-standby.int.spec.ts`,
    file: `${SERVICE}/src/adapters/postgres-session.ts`,
    from: '      if (warned.has(this.#client)) throw notReplicated();\n',
    to: '',
  },
  {
    promise: 'an append that comes again waits for the standby too',
    spec: `${TEST}/synchronous-standby.int.spec.ts`,
    file: `${SERVICE}/src/adapters/postgres-events.ts`,
    from: "pg_logical_emit_message(true, 'exempla', '')",
    to: '1',
  },
];
