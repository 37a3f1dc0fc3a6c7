// What the Connect door of the gateway promises, each taken away once; the fields are those of properties.mjs.

const SRC = 'services/gateway/src';
const TEST = 'services/gateway/test/connect';
const door = (promise, file, [from, to], [spec, test]) => ({
  promise: `connect: ${promise}`,
  spec: `${TEST}/${spec}.spec.ts`,
  file: `${SRC}/${file}`,
  from,
  to,
  test,
});

export const CONNECT_FAULTS = [
  door(
    'a caller who leaves ends the call in the service',
    'http/edge-calls.ts',
    ['if (!reply.raw.writableFinished) call.abort(callerCancelled());', ''],
    ['door.int', 'a caller who leaves'],
  ),
  door(
    'details of an error survive',
    'connect/to-connect-error.ts',
    ['detailsIn(trailers).map(', 'detailsIn(undefined).map('],
    ['door.int', 'every detail'],
  ),
  door(
    'what is inside a service is told to nobody',
    'connect/to-connect-error.ts',
    [' && !INSIDE.has(cause.code)', ''],
    ['to-connect-error'],
  ),
  door(
    'what the transport says names no address',
    'connect/to-connect-error.ts',
    ["cause.reason !== '' && ", ''],
    ['to-connect-error'],
  ),
  door(
    'a caller whose message cannot be read is told that it is his',
    'connect/to-connect-error.ts',
    ['error.code === Code.Internal ?', 'error.code === Code.Unknown ?'],
    ['door-requests.int', 'reaches no service'],
  ),
  door(
    'who stands still when his call is over is left',
    'http/connections.ts',
    ['reply.raw.writableFinished || reply.raw.destroy()', 'reply.raw.writableFinished'],
    ['door.int', 'stands still when his call is over'],
  ),
  door(
    'who is refused hears of it in the protocol that he speaks',
    'connect/connect-routes.ts',
    ['void answer(handler, exchangeOf(request, reply, error), logger);', 'throw error;'],
    ['door-identity.int', 'hears why'],
  ),
  door(
    'a method for services only is not here',
    'connect/forwarded-services.ts',
    ["access !== 'service'", "access !== 'admin'"],
    ['door-identity.int', 'services only'],
  ),
  door(
    'a call has all the time its request has',
    'connect/forwarders.ts',
    ['withWholeDeadline(createClient(service.definition, channel))', 'createClient(service.definition, channel)'],
    ['door-requests.int', 'no timer can hold'],
  ),
  door(
    'the deadline of gRPC-Web counts',
    'http/deadline-header.ts',
    ["'grpc-timeout': {", "'x-grpc-timeout': {"],
    ['door.int', 'a deadline of 700 ms'],
  ),
];
