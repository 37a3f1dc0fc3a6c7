import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TemporaryDatabase } from '@exempla/launch';
import { Dice, pause } from './dice.ts';
import { crash, holdTransactions, isAway, killListeners, type Recovery } from './disturbances.ts';
import { withoutLock } from './fault.ts';
import { Race, type RaceOptions, type Report } from './race.ts';
import { tell } from './report.ts';
import { DISTURBED_EVENTS, EVENTS, LIMIT_MS, SEED } from './settings.ts';
import { Site } from './site.ts';
import type { StorageProcess } from './storage-process.ts';

const dice = new Dice(SEED);
let site: Site;
let database: TemporaryDatabase;
let storages: StorageProcess[];

beforeAll(async () => {
  process.stdout.write(`seed ${SEED}\n`);
  site = await Site.start();
  database = await site.database();
  await site.run('migrate.main', [], database);
  storages = await site.storages(database);
}, 120_000);
afterAll(() => site?.stop(), 60_000);

interface Ran {
  readonly race: Race;
  readonly report: Report;
}

async function run(what: string, change: Partial<RaceOptions> & { name: string }): Promise<Ran> {
  const tenants = ['mill', 'reed'].map((tenant) => `${tenant}-${change.name}`);
  const common = { dice: dice.next(), events: DISTURBED_EVENTS, database, storages, tenants };
  const race = new Race({ ...common, ...change });
  const report = await race.run();
  tell(what, race, report);
  return { race, report };
}

const say = (text: string): boolean => process.stdout.write(`  ${text}\n`);

describe('each event is seen once by each reader, in the order of positions', () => {
  it('stands on a database that keeps what it acknowledges', async () => {
    expect(await site.cluster.durability()).toEqual({ fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' });
  });

  it(
    'with writers in three processes and in sessions of their own, that sleep, leave and roll back',
    async () => {
      const { report } = await run('commit order', { name: 'plain', events: EVENTS });
      expect(report.faults).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'while transactions that have written are open elsewhere',
    async () => {
      const other = await site.database();
      const { report } = await run('transactions held open', {
        name: 'held',
        disturb: (_, goesOn) => holdTransactions([database.adminUrl, other.adminUrl], goesOn),
      });
      expect(report.faults).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'while the connections that listen are cut again and again',
    async () => {
      let cut = 0;
      const { report } = await run('listeners cut', {
        name: 'deaf',
        // Long enough for connections that were cut to come back and be cut again.
        events: Math.max(DISTURBED_EVENTS, 3_000),
        disturb: async (_, goesOn) =>
          void (cut = await killListeners(database.adminUrl, EVENTS > 10_000 ? 1_000 : 250, goesOn)),
      });
      say(`${cut} connections cut`);
      expect(report.faults).toEqual([]);
      expect(cut).toBeGreaterThan(storages.length);
    },
    LIMIT_MS,
  );

  it(
    'over a SIGKILL of the database, and nothing acknowledged is lost',
    async () => {
      let recovery: Recovery | undefined;
      const { report } = await run('SIGKILL of the database', {
        name: 'crash',
        isExplained: isAway,
        disturb: async (race, goesOn) => void (recovery = await crash(site.cluster, race, goesOn)),
      });
      const ms = (n = 0): string => `${Math.round(n)} ms`;
      say(`${recovery?.processes} processes killed with ${recovery?.acknowledged} events acknowledged`);
      say(
        `from the kill: server back ${ms(recovery?.serverMs)}, first append ${ms(recovery?.appendMs)}, readers ${recovery?.readersMs.map(ms).join(', ')}`,
      );
      expect(report.faults).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'after backup and restore: positions go on above those that anybody was given',
    async () => {
      const before = await run('backup meanwhile', {
        name: 'backup',
        disturb: async ({ ledger }, goesOn) => {
          while (goesOn() && ledger.acknowledged.size < DISTURBED_EVENTS / 3) await pause(5);
          await site.run('backup.main', ['events.backup'], database);
        },
      });
      expect(before.report.faults).toEqual([]);
      const restored = await site.database();
      await site.run('restore.main', ['events.backup'], restored);
      const after = await run('after the restore', {
        name: 'restored',
        tenants: before.race.options.tenants,
        database: restored,
        storages: await site.storages(restored, 2),
        veterans: before.race.readers,
      });
      expect(after.report.faults).toEqual([]);
    },
    LIMIT_MS,
  );
});

describe('without the lock', () => {
  it(
    'readers miss events, and the race tells',
    async () => {
      const { report } = await withoutLock(database.adminUrl, () =>
        run('without the lock', { name: 'fault', events: 1_000, isExplained: () => true }),
      );
      expect(report.faults).toContainEqual(expect.stringMatching(/^reader \d missed [1-9]/));
    },
    LIMIT_MS,
  );
});
