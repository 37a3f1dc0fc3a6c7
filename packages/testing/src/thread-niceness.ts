import { readdir, readFile } from 'node:fs/promises';

/** Of `/proc/self/task/ID/stat`, behind the name in parentheses. */
const NICE_FIELD = 16;

/** How far each thread of this process stands back from others, -20 to 19: the main thread, then the rest. Linux only. */
export async function threadNiceness(): Promise<{ main: number; others: number[] }> {
  const ids = await readdir('/proc/self/task');
  const others: number[] = [];
  let main = 0;
  for (const id of ids) {
    const stat = await readFile(`/proc/self/task/${id}/stat`, 'utf8');
    const nice = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[NICE_FIELD]);
    if (Number(id) === process.pid) main = nice;
    else others.push(nice);
  }
  return { main, others };
}
