import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { mapError } from '../src/error-mapper.ts';
import { RemoteError, StatusError } from '../src/index.ts';
import { decodeDetails } from '../src/rich-status.ts';

const TABLE = { domain: 'test', codes: { TRIED: status.UNAVAILABLE } };
const PUSHBACK = 'grpc-retry-pushback-ms';

const away = (isFinal?: boolean): StatusError =>
  new StatusError(status.UNAVAILABLE, 'AWAY', 'away', isFinal === undefined ? {} : { isFinal });
const trailersOf = (error: unknown) => mapError(error, TABLE).wire.metadata!;

describe('an error after which nothing is left to try', () => {
  it.each<[string, Error]>([
    ['of a service', away(true)],
    ['of a room', Object.assign(new Error('tried'), { reason: 'TRIED', isFinal: true })],
    [
      'with more details than peers take',
      new StatusError(status.UNAVAILABLE, 'AWAY', 'away', {
        isFinal: true,
        metadata: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`key-${i}`, 'x'.repeat(400)])),
      }),
    ],
  ])('%s tells clients not to repeat the call by themselves', (_, error) => {
    expect(trailersOf(error).get(PUSHBACK)).toEqual(['-1']);
  });

  it('stays one on its way through other services', () => {
    const details = decodeDetails(trailersOf(away(true)));
    expect(details.isFinal).toBe(true);
    const passedOn = new RemoteError('test.Svc/Method', status.UNAVAILABLE, 'away', details);
    expect(trailersOf(passedOn).get(PUSHBACK)).toEqual(['-1']);
  });

  it('is none unless it says so', () => {
    for (const error of [away(), away(false), Object.assign(new Error('tried'), { reason: 'TRIED' })]) {
      expect(trailersOf(error).get(PUSHBACK)).toEqual([]);
      expect(decodeDetails(trailersOf(error))).not.toHaveProperty('isFinal');
    }
  });
});

describe('an error of a service behind', () => {
  it('is passed on with its reason, and in words that are true of a service that answered', () => {
    const details = { reason: 'DATABASE_UNAVAILABLE', domain: 'storage.exempla', metadata: {} };
    const error = new RemoteError('a.B/C', status.UNAVAILABLE, 'the database cannot be reached', details);
    const { wire } = mapError(error, TABLE);
    expect(wire.details).toBe('a.B/C is not available');
    expect(decodeDetails(wire.metadata)).toMatchObject({ ...details, metadata: { method: 'a.B/C' } });
  });
});
