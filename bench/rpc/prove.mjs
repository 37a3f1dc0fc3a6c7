// Before anything is measured: every default of the measured server is on, shown from outside by a bare grpc-js client.
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import { ASK_PATH, askBytes, AskResponse } from './probe.mjs';

const HEALTH_PATH = '/grpc.health.v1.Health/Check';
const REFLECTION_PATH = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo';
/** The default limit of calls under way. */
const MAX_IN_FLIGHT = 1_000;
const LIST_SERVICES = Buffer.from([0x3a, 0x00]);
const same = (bytes) => bytes;

/** `{ name: true | what was seen instead }`, one entry per default. Every call made here is an Ask, bar two. */
export async function proveDefaults({ port }) {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  let asks = 0;
  const ask = (behaviour, { deadline, cancelAfterMs } = {}) => {
    asks += 1;
    const begin = performance.now();
    return new Promise((resolve) => {
      const call = client.makeUnaryRequest(
        ASK_PATH,
        same,
        (bytes) => AskResponse.decode(bytes),
        askBytes(behaviour),
        new Metadata(),
        deadline === undefined ? {} : { deadline },
        (error, reply) => resolve({ code: error?.code ?? 0, error, reply, ms: performance.now() - begin }),
      );
      if (cancelAfterMs !== undefined) setTimeout(() => call.cancel(), cancelAfterMs);
    });
  };
  const seen = ({ code, ms, error, reply }) =>
    `${status[code]} after ${ms.toFixed(0)} ms: ${error?.details ?? reply?.text ?? ''}`;
  const cut = (answer, from, to) =>
    (answer.code === status.DEADLINE_EXCEEDED && answer.ms >= from && answer.ms < to) || seen(answer);
  try {
    const [none, long, invalid, bug, context] = await Promise.all([
      ask('wait'),
      ask('wait', { deadline: Date.now() + 60_000 }),
      ask(''),
      ask('bug'),
      ask('context'),
    ]);
    await ask('wait', { cancelAfterMs: 50 });
    // Three waited: one to its default, one to the maximum, one was cancelled.
    const aborted = await ask('aborted');
    const crowd = await Promise.all(Array.from({ length: MAX_IN_FLIGHT + 50 }, () => ask('wait')));
    const refused = crowd.filter(({ code }) => code === status.RESOURCE_EXHAUSTED);
    // A refused call has no span.
    asks -= refused.length;
    const pushback = refused[0]?.error.metadata.get('grpc-retry-pushback-ms').length;
    const details = invalid.error?.metadata.get('grpc-status-details-bin').length;
    const results = {
      'deadline: none was sent, the default was kept': cut(none, 450, 1_500),
      'deadline: 60 s were asked for, the maximum was kept': cut(long, 1_950, 4_000),
      'validation: an invalid request was refused with its fields':
        (invalid.code === status.INVALID_ARGUMENT && details === 1) || seen(invalid),
      'errors: a bug became INTERNAL and told nothing':
        (bug.code === status.INTERNAL && bug.error.details === 'internal error') || seen(bug),
      'context: the handler runs inside its call': context.reply?.text === 'mine' || seen(context),
      'cancellation: handlers were told': aborted.reply?.text === '3' || seen(aborted),
      'overload: beyond the limit calls were refused, and told when to come back':
        (refused.length >= 50 && pushback === 1) || `${refused.length} of ${crowd.length} refused`,
      health: await unaryBytes(client, HEALTH_PATH),
      reflection: await reflects(client),
    };
    return { results, asks, refused: refused.length };
  } finally {
    client.close();
  }
}

/** SERVING is field 1 with the value 1. */
const unaryBytes = (client, path) =>
  new Promise((resolve) => {
    client.makeUnaryRequest(path, same, same, Buffer.alloc(0), (error, bytes) =>
      resolve(error?.message ?? (bytes.equals(Buffer.from([8, 1])) || bytes.toString('hex'))),
    );
  });

const reflects = (client) =>
  new Promise((resolve) => {
    const call = client.makeBidiStreamRequest(REFLECTION_PATH, same, same);
    call.on('error', (error) => resolve(error.message));
    call.on('data', (bytes) => {
      resolve(bytes.includes('exempla.rpctest.v1.ProbeService') || bytes.toString('latin1'));
      call.end();
    });
    call.write(LIST_SERVICES);
  });
