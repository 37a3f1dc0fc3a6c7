// packages/rpc with every default on. `without` takes one of them away: rules, spans, nest.
import { Controller, Module } from '@nestjs/common';
import { createLogger, LogPages, METRICS, processMetrics } from '@exempla/telemetry';
import { currentCall, RpcMethod, startServer } from '@exempla/rpc';
import { chunk, probeImage, ProbeServiceDefinition, withoutRules } from '../probe.mjs';

let aborted = 0;

/** What the checks before the measurement ask for; the measurement asks for `answer`. */
const BEHAVIOURS = {
  answer: () => 'hello',
  wait: ({ signal }) =>
    new Promise((_, reject) => {
      const end = () => {
        aborted += 1;
        reject(signal.reason);
      };
      signal.addEventListener('abort', end, { once: true });
    }),
  bug: () => {
    throw new Error('connect ECONNREFUSED 10.1.2.3:5432');
  },
  context: ({ requestId }) => (currentCall()?.requestId === requestId ? 'mine' : 'not mine'),
  aborted: () => String(aborted),
};

class ProbeController {
  async ask({ behaviour }, context) {
    const left = Math.round(context.deadline.remainingMs());
    return { text: await BEHAVIOURS[behaviour](context), deadlineLeftMs: BigInt(left) };
  }

  async *count({ to, payloadBytes }) {
    for (let value = 1; value <= to; value += 1) yield { value, payload: chunk(payloadBytes) };
  }
}

// Plain JavaScript has no decorators yet: they are applied by hand.
for (const name of Object.keys(ProbeServiceDefinition.methods)) {
  const place = [ProbeController.prototype, name];
  RpcMethod(ProbeServiceDefinition, name)(...place, Object.getOwnPropertyDescriptor(...place));
}
Controller()(ProbeController);
class ProbeModule {}
Module({ controllers: [ProbeController] })(ProbeModule);

/** Calls in the histograms of durations. */
function measured() {
  const durations = processMetrics.read().find(({ metric }) => metric === METRICS.serverDuration);
  return durations?.points.reduce((sum, { value }) => sum + value.count, 0) ?? 0;
}

/** Where the lines go that the default logger writes to standard output, the same way. Counts them. */
function countingSink() {
  const sink = new LogPages('/dev/null');
  const counting = {
    lines: 0,
    write: (line) => {
      counting.lines += 1;
      return sink.write(line);
    },
  };
  return counting;
}

export async function start({ without }) {
  const sink = countingSink();
  const image = await probeImage();
  const level = without.has('spans') ? 'silent' : 'info';
  const server = await startServer({
    service: 'probe',
    host: '127.0.0.1',
    port: 0,
    module: ProbeModule,
    definitions: [ProbeServiceDefinition],
    image: without.has('rules') ? withoutRules(image) : image,
    errors: { domain: 'probe.bench', codes: {} },
    env: { EXEMPLA_DEV: '1' },
    logger: createLogger({ service: 'probe', level, destination: sink }),
  });
  return { port: server.port, lines: () => sink.lines, measured };
}
