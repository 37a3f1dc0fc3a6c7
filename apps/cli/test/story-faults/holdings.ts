import { readdir, readFile, readlink } from 'node:fs/promises';
import { get } from 'node:http';

/** What a process holds while it works for somebody. */
export interface ProcessHoldings {
  /** Calls under way. */
  inFlight: number;
  /** Calls that wait for a connection to the database. */
  waiting: number;
  /** Connections lent by the pool. */
  lent: number;
  sockets: number;
  threads: number;
}

/** A process, and the port on which it tells its metrics. */
export interface Watched {
  pid: number;
  metricsPort: number;
}

/** By its own metrics, and as the kernel counts. */
export async function holdingsOf({ pid, metricsPort }: Watched): Promise<ProcessHoldings> {
  const metrics = await scrape(metricsPort);
  const [sockets, threads] = [await socketsOf(pid), await readdir(`/proc/${pid}/task`)];
  return {
    inFlight: sumOf(metrics, 'exempla_server_in_flight'),
    waiting: sumOf(metrics, 'db_client_connection_pending_requests'),
    lent: sumOf(metrics, 'db_client_connection_count', 'used'),
    sockets,
    threads: threads.length,
  };
}

/** On a connection of its own that is closed with the answer: one that is kept would be counted. */
function scrape(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/metrics', agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data: string) => (text += data));
      response.on('end', () => resolve(text));
    });
    request.on('error', reject);
  });
}

/** Sum of the series of a metric, or of those whose labels hold a word. */
function sumOf(metrics: string, name: string, label = ''): number {
  const series = metrics.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  const values = series.filter((line) => line.includes(label)).map((line) => Number(line.split(' ').at(-1)));
  return values.reduce((sum, value) => sum + value, 0);
}

async function socketsOf(pid: number): Promise<number> {
  const names = await readdir(`/proc/${pid}/fd`);
  // A descriptor may be closed between the list and the look.
  const links = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
  return links.filter((link) => link.startsWith('socket:')).length;
}

/** How many threads of a process carry a name. */
export async function threadsNamed(pid: number, name: string): Promise<number> {
  const ids = await readdir(`/proc/${pid}/task`);
  const names = await Promise.all(ids.map((id) => readFile(`/proc/${pid}/task/${id}/comm`, 'utf8').catch(() => '')));
  return names.filter((one) => one.trim() === name).length;
}
