// nice-grpc with the generated definition, without middleware.
import { createServer } from 'nice-grpc';
import { ANSWER, chunk, ProbeServiceDefinition } from '../probe.mjs';

export async function start() {
  const server = createServer();
  server.add(ProbeServiceDefinition, {
    ask: async () => ANSWER,
    async *count({ to, payloadBytes }) {
      for (let value = 1; value <= to; value += 1) yield { value, payload: chunk(payloadBytes) };
    },
  });
  return { port: await server.listen('127.0.0.1:0') };
}
