// One side of a measurement, as a process of its own: node worker.mjs <role> <options>. Started by ../processes.mjs.
import { Session } from 'node:inspector/promises';
import { answerCommands } from '../processes.mjs';

const { start } = await import(`./roles/${process.argv[2]}.mjs`);
const { commands, ready } = await start(JSON.parse(process.argv[3]));
const session = new Session();

const profiling = {
  'profile-start': async () => {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 250 });
    await session.post('Profiler.start');
  },
  'profile-stop': async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return profile;
  },
};
answerCommands({ ...commands, ...profiling }, ready ?? {});
