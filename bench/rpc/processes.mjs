// Servers and the load client, each a process.
import { startProcess } from '../processes.mjs';

export { stopAll } from '../processes.mjs';

export async function startServer(variant, options = {}) {
  const file = new URL('./server.mjs', import.meta.url);
  const { started, ask, pid } = await startProcess(file, [variant, JSON.stringify(options)]);
  return { name: variant, port: started.port, pid, ask };
}

export async function startClient() {
  const { ask, pid } = await startProcess(new URL('./client.mjs', import.meta.url), []);
  return { pid, ask };
}
