import {
  Direction,
  type EventStoreServiceDefinition,
  StreamState,
} from '@exempla/contracts/storage/v1/event_store_service';
import type { Moves } from './moves.ts';
import type { Player } from './player.ts';

const nameOf = (by: Player): string => by.name('streams', () => by.word('stream'));

/** Ids are the same few for both tenants half of the time: what one has appended must be new to the other. */
const eventOf = (by: Player) => ({
  id: by.chance(0.5) ? by.word('event') : by.text('id').replaceAll(' ', '-'),
  type: by.word('type'),
  subject: by.text('subject'),
  data: Buffer.from(by.text('data')),
});

const expectedOf = (by: Player) =>
  by.chance(0.5)
    ? { $case: 'state' as const, value: StreamState.STREAM_STATE_ANY }
    : by.oneOf([
        { $case: 'state' as const, value: StreamState.STREAM_STATE_EXISTS },
        { $case: 'state' as const, value: StreamState.STREAM_STATE_ABSENT },
        { $case: 'revision' as const, value: BigInt(by.below(4)) },
      ]);

const appendOf = (by: Player) => ({
  stream: nameOf(by),
  expected: expectedOf(by),
  events: Array.from({ length: 1 + by.below(2) }, () => eventOf(by)),
});

const directionOf = (by: Player) => by.oneOf([Direction.DIRECTION_FORWARDS, Direction.DIRECTION_BACKWARDS]);

const filterOf = (by: Player) =>
  by.oneOf([
    undefined,
    { types: [by.word('type')], streamPrefix: '' },
    { types: [], streamPrefix: `streams/${by.word('stream')}` },
  ]);

export const eventMoves: Moves<typeof EventStoreServiceDefinition> = {
  append: { request: appendOf },
  appendBatch: { request: (by) => ({ requests: Array.from({ length: 1 + by.below(3) }, () => appendOf(by)) }) },
  readStream: {
    request: (by) => ({
      stream: nameOf(by),
      fromRevision: BigInt(by.below(3)),
      direction: directionOf(by),
      limit: BigInt(by.below(4)),
    }),
  },
  readAll: {
    request: (by) => ({
      afterPosition: by.token('position'),
      direction: directionOf(by),
      limit: BigInt(by.below(5)),
      filter: filterOf(by),
    }),
  },
  subscribe: {
    request: (by) => {
      const filter = filterOf(by);
      return by.chance(0.2) ? { fromNow: true, filter } : { afterPosition: by.token('position'), filter };
    },
    until: ({ part }) => part?.$case === 'caughtUp',
  },
};
