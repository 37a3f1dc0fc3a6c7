import { createRegistry } from '@bufbuild/protobuf';
import { describe, expect, it } from '@jest/globals';
import { Code } from '@connectrpc/connect';
import { RemoteError, status, StatusError } from '@exempla/rpc';
import { toConnectError } from '../../src/connect/to-connect-error.ts';

const SECRET = 'connect ECONNREFUSED 10.1.2.3:5432';
const registry = createRegistry();
const told = (error: unknown, abortedBy?: unknown) => {
  const { error: answer, unknown } = toConnectError(error, { registry, abortedBy });
  return { code: answer.code, message: answer.rawMessage, unknown };
};
const remote = (code: status, reason = '') => new RemoteError('exempla.a.v1.A/Get', code, SECRET, { reason });

describe('what a caller is told of an error', () => {
  it('what a service says of its own situation, as it says it', () =>
    expect(told(remote(status.NOT_FOUND, 'THING_MISSING'))).toEqual({
      code: Code.NotFound,
      message: SECRET,
      unknown: false,
    }));

  it.each([status.INTERNAL, status.UNKNOWN, status.DATA_LOSS])('nothing of what is inside (%d)', (code) => {
    for (const reason of ['', 'SAID_WITH_A_REASON'])
      expect(told(remote(code, reason))).toEqual({ code: Code.Internal, message: 'internal error', unknown: true });
  });

  it('nothing of what the transport says, such as an address', () => {
    for (const code of [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.RESOURCE_EXHAUSTED])
      expect(told(remote(code))).toMatchObject({
        code,
        message: expect.stringMatching(/^exempla\.a\.v1\.A\/Get /),
        unknown: false,
      });
  });

  it('that a service is older than the gateway', () =>
    expect(told(remote(status.UNIMPLEMENTED))).toEqual({
      code: Code.Unimplemented,
      message: 'exempla.a.v1.A/Get is not served yet',
      unknown: false,
    }));

  it('why the call was ended, whatever its parts say of that', () => {
    const reason = new StatusError(status.UNAVAILABLE, 'SERVER_DRAINING', 'the server is shutting down');
    expect(told(remote(status.CANCELLED), reason)).toMatchObject({ code: Code.Unavailable, message: reason.message });
  });

  it('of a bug nothing', () => expect(told(new Error(SECRET))).toMatchObject({ code: Code.Internal, unknown: true }));
});
