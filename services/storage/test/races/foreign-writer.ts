import type pg from 'pg';
import type { Event } from '@exempla/contracts/storage/v1/event_store_service';
import { appendArguments } from '../../src/adapters/event-rows.ts';
import { connected } from './ask.ts';
import { type Dice, pause } from './dice.ts';
import type { Ledger } from './ledger.ts';
import { EventMaker, idsOf, newAppend } from './race-events.ts';

export interface ForeignOptions {
  readonly name: string;
  readonly tenants: readonly string[];
  /** Beginning of the names of its streams, without `streams/`. */
  readonly prefix: string;
  /** The role of the service. */
  readonly url: string;
  readonly dice: Dice;
  readonly ledger: Ledger;
  readonly isExplained: (error: unknown) => boolean;
}

const APPEND =
  'select outcome from storage.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)';
const RECONNECT_MS = 100;
const MAX_LOST = 1_000;

/** Somebody with a connection of his own: appends in transactions that last before and after it, and rolls some back. */
export class ForeignWriter {
  readonly #options: ForeignOptions;
  readonly #maker: EventMaker;

  constructor(options: ForeignOptions) {
    this.#options = options;
    this.#maker = new EventMaker(options.name);
  }

  async write(goesOn: () => boolean): Promise<void> {
    const { ledger, name, isExplained } = this.#options;
    for (let lost = 0; goesOn(); lost += 1) {
      try {
        await this.#session(goesOn);
      } catch (error) {
        if (!isExplained(error) || lost === MAX_LOST) return ledger.surprise(name, error);
        ledger.counts.retries += 1;
        await pause(RECONNECT_MS);
      }
    }
  }

  async #session(goesOn: () => boolean): Promise<void> {
    const client = await connected(this.#options.url);
    try {
      while (goesOn()) {
        await this.#transaction(client);
        await pause(this.#options.dice.below(60));
      }
    } finally {
      await client.end().catch(() => {});
    }
  }

  async #transaction(client: pg.Client): Promise<void> {
    const { dice, ledger } = this.#options;
    const events: Event[] = [];
    let commits = dice.chance(0.7);
    let isSent = false;
    try {
      await client.query('begin');
      await this.#sleep(client, 10);
      if (dice.chance(0.2)) await this.#undone(client);
      events.push(...(await this.#append(client)));
      // The append is the last statement that waits for anybody; to sleep is what a slow commit looks like.
      await this.#sleep(client, dice.chance(0.25) ? 40 : 5);
      if (dice.chance(0.2)) events.push(...(await this.#append(client)));
      isSent = commits;
      await client.query(commits ? 'commit' : 'rollback');
    } catch (error) {
      // A commit that was asked for and not answered may have been made.
      commits = false;
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      if (commits) ledger.acknowledge(idsOf(events));
      else if (!isSent) ledger.refuse(idsOf(events));
    }
    if (!commits) ledger.counts.rollbacks += 1;
  }

  /** A part of the transaction that never was. */
  async #undone(client: pg.Client): Promise<void> {
    await client.query('savepoint before');
    this.#options.ledger.refuse(idsOf(await this.#append(client)));
    await client.query('rollback to savepoint before');
  }

  async #append(client: pg.Client): Promise<Event[]> {
    const { dice, tenants, prefix, name } = this.#options;
    const events = this.#maker.make(1 + dice.below(5));
    const stream = `${prefix}/${dice.chance(0.3) ? 'shared' : name}`;
    const { rows } = await client.query<{ outcome: string }>(
      APPEND,
      appendArguments([newAppend(dice.oneOf(tenants), stream, events)]),
    );
    if (rows[0]?.outcome !== 'appended') throw new Error(`the append function says ${rows[0]?.outcome}`);
    return events;
  }

  async #sleep(client: pg.Client, maxMs: number): Promise<void> {
    await client.query('select pg_sleep($1)', [this.#options.dice.below(maxMs + 1) / 1000]);
  }
}
