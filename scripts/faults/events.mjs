// What the event store promises, each taken away once.

const events = (promise, spec, file, from, to, test) => ({
  promise: `event store: ${promise}`,
  spec: `services/storage/test/${spec}`,
  file: `services/storage/${file}`,
  from,
  to,
  test,
});
const SQL = 'migrations/0004_events.sql';
const QUEUE = 'src/events/append-queue.ts';

export const EVENT_FAULTS = [
  {
    ...events(
      'a value that no rule can be checked on is bad input, not a fault of ours',
      'event-bad-requests.int.spec.ts',
    ),
    file: 'packages/rpc/src/validation.ts',
    from: "if (result.kind === 'error') return { refused: invalidRequest([UNCHECKABLE]) };",
    to: "if (result.kind === 'error') throw result.error;",
    test: 'year 10000',
  },
  events(
    'who left is not in the batch',
    'append-queue.spec.ts',
    QUEUE,
    'if (submission.isSettled || submission.call.deadline.remainingMs() <= 0) continue;',
    'if (submission.call.deadline.remainingMs() <= 0) continue;',
  ),
  events(
    'who ran out of time is not in the batch',
    'append-queue.spec.ts',
    QUEUE,
    'if (submission.isSettled || submission.call.deadline.remainingMs() <= 0) continue;',
    'if (submission.isSettled) continue;',
  ),
  events(
    'nobody pays for what another one sent',
    'append-queue.spec.ts',
    QUEUE,
    'batch.length === 1 || this.#options.isAway(error)',
    'batch.length > 0',
  ),
  events('the queue has a bound', 'append-queue.spec.ts', QUEUE, 'if (isFull && this.#events > 0)', 'if (false)'),
  events(
    'what was appended before comes before "caught up"',
    'subscribe.spec.ts',
    'src/events/subscribe-events.ts',
    'await tail.look();',
    '',
    'does not say that it has caught up',
  ),
  events(
    'a reader that fell behind reads the log',
    'subscribe.spec.ts',
    'src/events/event-tail.ts',
    'if (position < this.#floor) return undefined;',
    '',
  ),
  events(
    'a subscription has events of its tenant only',
    'subscribe.spec.ts',
    'src/events/event-tail.ts',
    '.filter((event) => event.tenant === tenant)',
    '.filter(() => true)',
  ),
  events(
    'the tail has a bound',
    'subscribe.spec.ts',
    'src/events/event-tail.ts',
    'this.#events.length - count > this.#maxEvents || bytes > this.#maxBytes',
    'this.#events.length - count > this.#maxEvents',
  ),
  events(
    'the tail ends with its last reader',
    'subscribe.spec.ts',
    'src/events/shared-tail.ts',
    'if (this.#watchers === 0) this.#end();',
    '',
    'ends with its call',
  ),
  events(
    'a position is good for one tenant',
    'position-tokens.spec.ts',
    'src/events/position-tokens.ts',
    "JSON.stringify(['event position', tenant])",
    "JSON.stringify(['event position'])",
  ),
  events(
    'an expected revision is looked at',
    'events.int.spec.ts',
    SQL,
    'when a.expected >= 0 and a.expected <> at.revision or',
    'when',
    'refuses another revision',
  ),
  events(
    'an append that comes again adds nothing',
    'events.int.spec.ts',
    SQL,
    "when met.found = met.events and met.is_in_order and (a.expected < 0 or a.expected = met.lowest - 1) then 'repeated'",
    "when false then 'repeated'",
    'answers an append that comes again',
  ),
  events(
    'requests of one stream in a batch see each other',
    'events.int.spec.ts',
    SQL,
    'and row_number() over (partition by q.tenant, q.stream order by q.n) > 1 as waits',
    'and false as waits',
    'has an outcome for each request',
  ),
];
