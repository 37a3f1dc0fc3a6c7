import { randomUUID } from 'node:crypto';
import { StreamState } from '@exempla/contracts/storage/v1/event_store_service';
import { type ErrorRow, row, tenant } from './child-errors.ts';
import type { TestService } from './service.ts';

const stream = 'streams/errors/1';

/** Ways in which a call about events fails, and what it says then. */
export function eventErrors(service: () => TestService): ErrorRow[] {
  const append = (ids: string[], revision?: bigint, options = tenant()) => {
    const any = { $case: 'state', value: StreamState.STREAM_STATE_ANY } as const;
    const expected = revision === undefined ? any : ({ $case: 'revision', value: revision } as const);
    const events = ids.map((id) => ({ id, type: 'thing.happened', data: Buffer.from('{}') }));
    return service().events.append({ stream, events, expected }, options);
  };
  const readAll = async (afterPosition: string) => {
    for await (const _ of service().events.readAll({ afterPosition }, tenant()));
  };
  return [
    row('WRONG_EXPECTED_REVISION', 'an empty stream shall have 5', { stream, expected: '5', actual: '0' }, () =>
      append([randomUUID()], 5n),
    ),
    row('EVENT_ID_REUSED', 'the stream has some of the ids', { stream }, async () => {
      const options = tenant();
      await append(['a'], undefined, options);
      return append(['b', 'a'], undefined, options);
    }),
    row('POSITION_INVALID', 'a position is made up', { field: 'after_position', position: 'made-up' }, () =>
      readAll('made-up'),
    ),
  ];
}
