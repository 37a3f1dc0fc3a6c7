// One server of the measurement, as a process of its own: node server.mjs <variant>. Started by processes.mjs.
import { Session } from 'node:inspector/promises';
import { getHeapStatistics } from 'node:v8';
import { answerCommands } from '../processes.mjs';

const [kind, ...switches] = process.argv[2].split('-without-');
const { start } = await import(`./servers/${kind}.mjs`);
const running = await start({ without: new Set(switches), ...JSON.parse(process.argv[3] ?? '{}') });
const session = new Session();
let inspected = false;
/** Not before it is asked for: a program that is inspected is another program. */
function inspect() {
  if (!inspected) session.connect();
  inspected = true;
}

const COMMANDS = {
  usage: () => {
    const { user, system } = process.cpuUsage();
    return {
      cpuUs: user + system,
      // Everything V8 has ever allocated on this heap; buffers and what nghttp2 allocates outside it are not in it.
      allocatedBytes: getHeapStatistics().total_allocated_bytes,
      residentBytes: process.memoryUsage.rss(),
      lines: running.lines?.() ?? 0,
      measured: running.measured?.() ?? 0,
    };
  },
  'profile-start': async () => {
    inspect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 250 });
    await session.post('Profiler.start');
  },
  'profile-stop': async () => (await session.post('Profiler.stop')).profile,
  'allocations-start': () => {
    inspect();
    const includeObjectsCollectedByMajorGC = true;
    const includeObjectsCollectedByMinorGC = true;
    return session.post('HeapProfiler.startSampling', {
      samplingInterval: 8_192,
      includeObjectsCollectedByMajorGC,
      includeObjectsCollectedByMinorGC,
    });
  },
  'allocations-stop': async () => (await session.post('HeapProfiler.stopSampling')).profile,
};

answerCommands(COMMANDS, { port: running.port });
