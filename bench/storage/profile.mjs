// Where an append's time goes: the functions of the process below gRPC, and the server's part on arguments made before.
const ROWS = 30;
/** What is no work, and waiting for the profiler itself. */
const IDLE = /^(\(idle\)|\(root\)|\(program\)|post node:inspector:\d+)$/;

function nameOf({ functionName, url, lineNumber }) {
  const file = url.replace(/^.*\/node_modules\//, '').replace(/^file:.*\/(services|packages|bench)\//, '$1/');
  return `${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`;
}

function selfTimes({ nodes, samples, timeDeltas }, count) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map();
  samples.forEach((id, i) => {
    const name = names.get(id);
    times.set(name, (times.get(name) ?? 0) + timeDeltas[i] / count);
  });
  return [...times].filter(([name]) => !IDLE.test(name)).sort((a, b) => b[1] - a[1]);
}

export async function profileAppends({ below, options }) {
  const load = { inFlight: 256, ms: options.warmUpMs };
  await below.ask('profile-start');
  const { count } = await below.ask('append', load);
  const times = selfTimes(await below.ask('profile-stop'), count);
  const totalUs = times.reduce((sum, [, us]) => sum + us, 0);
  const server = await below.ask('statementAlone', { sizes: [1, 16, 64, 256], times: options.recordLists });
  return { rows: times.slice(0, ROWS).map(([name, us]) => ({ name, us })), totalUs, server };
}
