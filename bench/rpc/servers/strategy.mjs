// The same server of packages/rpc without Nest around the handler: what Nest's handler chain costs is the difference.
import { createLogger } from '@exempla/telemetry';
import { pino } from 'pino';
import { RpcServer } from '../../../packages/rpc/dist/server/rpc-server.js';
import { rpcEnvironment } from '../../../packages/rpc/dist/identity/environment.js';
import { chunk, probeImage, ProbeServiceDefinition, SERVICE } from '../probe.mjs';

const HANDLERS = {
  Ask: async (_, context) => ({
    text: 'hello',
    deadlineLeftMs: BigInt(Math.round(context.deadline.remainingMs())),
  }),
  async *Count({ to, payloadBytes }) {
    for (let value = 1; value <= to; value += 1) yield { value, payload: chunk(payloadBytes) };
  },
};

export async function start() {
  const destination = pino.destination({ dest: '/dev/null', sync: false, minLength: 0 });
  const server = new RpcServer({
    service: 'probe',
    host: '127.0.0.1',
    port: 0,
    definitions: [ProbeServiceDefinition],
    image: await probeImage(),
    errors: { domain: 'probe.bench', codes: {} },
    ...(await rpcEnvironment({ EXEMPLA_DEV: '1' })),
    logger: createLogger({ service: 'probe', destination }),
  });
  for (const [name, handler] of Object.entries(HANDLERS)) server.addHandler(`/${SERVICE}/${name}`, handler);
  await new Promise((resolve, reject) =>
    server.listen((error) => (error instanceof Error ? reject(error) : resolve())),
  );
  return { port: server.port };
}
