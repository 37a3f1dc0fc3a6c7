import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreServiceDefinition, type RecordedEvent } from '@exempla/contracts/storage/v1/event_store_service';
import type { TemporaryDatabase } from '@exempla/launch';
import { createClient, openChannel, status } from '@exempla/rpc';
import { eventually } from '@exempla/testing';
import { ask } from './ask.ts';
import { Dice } from './dice.ts';
import { Looking } from './looks.ts';
import { lossyProxy } from './lossy-proxy.ts';
import { ANY, at, EventMaker } from './race-events.ts';
import { LIMIT_MS, ROUNDS, SEED } from './settings.ts';
import { Site } from './site.ts';
import type { EventsClient, StorageProcess } from './storage-process.ts';

const dice = new Dice(SEED);
const maker = new EventMaker('append');
const local = { tenant: 'local' };
let site: Site;
let database: TemporaryDatabase;
let storages: StorageProcess[];
let clients: [EventsClient, EventsClient];

beforeAll(async () => {
  process.stdout.write(`seed ${SEED}\n`);
  site = await Site.start();
  database = await site.database();
  await site.run('migrate.main', [], database);
  storages = await site.storages(database, 2);
  clients = storages.map(({ events }) => events) as [EventsClient, EventsClient];
}, 120_000);
afterAll(() => site?.stop(), 60_000);

async function read(stream: string): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const { events } of clients[0].readStream({ stream }, local)) found.push(...events);
  return found;
}
const revisionsOf = async (stream: string): Promise<number[]> => (await read(stream)).map((e) => Number(e.revision));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('appends of two processes', () => {
  it('S2-22 of two at one revision just one wins, 100 times, and the other one is told what there is', async () => {
    const stream = 'streams/duel';
    for (let round = 0; round < 100; round += 1) {
      const append = (client: EventsClient) =>
        client.append({ stream, expected: at(BigInt(round)), events: maker.make(1) }, local);
      const outcomes = await Promise.allSettled(clients.map(append));
      const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
      expect(won).toMatchObject([{ lastRevision: BigInt(round + 1), repeated: false }]);
      expect(lost).toMatchObject([
        {
          code: status.ABORTED,
          reason: 'WRONG_EXPECTED_REVISION',
          metadata: { stream, expected: String(round), actual: String(round + 1) },
        },
      ]);
    }
    expect(await revisionsOf(stream)).toEqual(upTo(100));
  });

  it('S2-40 of 20 at any revision none is lost', async () => {
    const stream = 'streams/crowd';
    const appends = Array.from({ length: 20 }, (_, i) =>
      clients[i % 2]!.append({ stream, expected: ANY, events: maker.make(1) }, local),
    );
    const revisions = (await Promise.all(appends)).map(({ lastRevision }) => Number(lastRevision));
    expect(revisions.sort((a, b) => a - b)).toEqual(upTo(20));
    expect(await revisionsOf(stream)).toEqual(upTo(20));
  });
});

describe('an append of which the answer was lost', () => {
  const isThere = async (id: string): Promise<boolean> =>
    (await ask(database.adminUrl, 'select from storage.events where id = $1', [id])).length > 0;

  it.each([
    { who: 'the caller tries it again at another process', services: [] },
    { who: 'the client tries it again by itself', services: [EventStoreServiceDefinition] },
  ])('is done once when $who', async ({ services }) => {
    const stream = `streams/answers/${services.length}`;
    const proxy = await lossyProxy(storages[0]!.port);
    const channel = openChannel(`127.0.0.1:${proxy.port}`, services);
    const client = createClient(EventStoreServiceDefinition, channel);
    try {
      for (let round = 0; round < 10; round += 1) {
        const warm = maker.make(1);
        await client.append({ stream, expected: at(BigInt(2 * round)), events: warm }, local);
        const request = { stream, expected: at(BigInt(2 * round + 1)), events: maker.make(1) };
        proxy.loseAnswers();
        const asking = client.append(request, local).catch((error: unknown) => error);
        await eventually('it is committed', () => isThere(request.events[0]?.id ?? ''));
        proxy.cut();
        const answer = await asking;
        if (services.length === 0) expect(answer).toMatchObject({ code: status.UNAVAILABLE });
        const again = services.length === 0 ? await clients[1].append(request, local) : answer;
        expect(again).toMatchObject({ lastRevision: BigInt(2 * round + 2), repeated: true });
      }
      expect(await revisionsOf(stream)).toEqual(upTo(20));
    } finally {
      channel.close();
      await proxy.close();
    }
  });
});

describe('a reader', () => {
  /** Appends batches that are marked with their size to one stream, and to others. */
  async function append(tenant: string, rounds: number, size: () => number): Promise<void> {
    const lane = async (client: EventsClient, name: string): Promise<void> => {
      for (let round = 0; round < rounds / 2; round += 1) {
        const count = size();
        const events = maker.make(count, `${name}-${round}-${count}`);
        const stream = dice.chance(0.7) ? 'streams/batches' : `streams/${name}`;
        await client.append({ stream, expected: ANY, events }, { tenant });
      }
    };
    await Promise.all([lane(clients[0], 'a'), lane(clients[1], 'b')]);
  }

  it(
    `S2-39 never sees half a batch (${ROUNDS} rounds)`,
    async () => {
      // So many in one tenant that reading them takes longer than appending one, and not all day.
      for (let done = 0; done < ROUNDS; done += 100) {
        const looking = new Looking(`halves-${done}`);
        looking.start(clients, 'streams/batches');
        await append(`halves-${done}`, Math.min(100, ROUNDS - done), () => 2 + dice.below(10));
        await looking.stop();
        const { looked, halves } = looking;
        expect(halves).toEqual([]);
        for (const times of Object.values(looked)) expect(times).toBeGreaterThan(5);
        process.stdout.write(`${done + 100} rounds, looks ${JSON.stringify(looked)}\n`);
      }
    },
    LIMIT_MS,
  );

  it('would see half a batch that comes in two appends', async () => {
    const [tenant, stream] = ['torn', 'streams/torn'];
    const looking = new Looking(tenant);
    looking.start(clients, stream);
    const [first, second] = [maker.make(2, 'torn-4'), maker.make(2, 'torn-4')];
    await clients[0].append({ stream, expected: ANY, events: first }, { tenant });
    const ways = ['forwards', 'backwards', 'all'];
    const seen = (): boolean => ways.every((way) => looking.halves.includes(`${way} shows 2 events of torn-4`));
    await eventually('every way of reading shows it', seen);
    await clients[1].append({ stream, expected: ANY, events: second }, { tenant });
    await looking.stop();
    expect(looking.halves.length).toBeGreaterThanOrEqual(ways.length);
  });
});
