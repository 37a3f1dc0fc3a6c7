import * as es from '@exempla/eventsourcing';
import { specification, testCall } from '@exempla/eventsourcing/testing';

type Deposit = es.Fact<'Deposit', { readonly cents: number }>;
type Deposited = es.Fact<'Deposited', { readonly cents: number }>;

// The rules.
const account: es.Decider<number, Deposit, Deposited> = {
  initialState: () => 0,
  decide: ({ data }, balance) => {
    if (balance + data.cents > 100_000) throw new Error('the account is full');
    return [{ type: 'Deposited', data }];
  },
  evolve: (balance, { data }) => balance + data.cents,
};

// Told by example, without a store.
const given = specification(account);
given({ type: 'Deposited', data: { cents: 99_000 } })
  .when({ type: 'Deposit', data: { cents: 2_000 } })
  .thenRefused(/full/);

// Carried out: load, decide, append at the version that was decided on; again after a conflict.
const store = new es.MemoryEventStore();
const call = testCall(); // whose call it is, its signal and its deadline
const about = { source: 'bank', subject: 'accounts/1', tenant: call.tenant };
const command = es.newCommand<Deposit>({ type: 'Deposit', data: { cents: 500 } }, about);
const { version } = await es.handle(store, account)(call, command);

// Seen: a view of all accounts, as far as the log goes now. `runProjection` follows it.
const total = es.foldProjection<number>({
  name: 'total',
  initialState: () => 0,
  apply: (sum, { data }) => sum + (data as Deposited['data']).cents,
});
const views = new es.MemoryProjections<number>();
await es.catchUpProjection(call, { store, views, projection: total });

export const result = { version, total: views.read(call, 'total') }; // { version: 1, total: 500 }
