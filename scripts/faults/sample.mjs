import { createHash } from 'node:crypto';
import { run } from '../command.mjs';

/**
 * Those that are tried always, and so many of the others that it is `count`. Which ones depends on the commit: the same
 * for each run of one commit, others for the next.
 */
export async function sampleOf(faults, count, root) {
  const { output } = await run(root, 'git', ['rev-parse', 'HEAD']);
  const rank = ({ promise }) => createHash('sha256').update(`${output.trim()} ${promise}`).digest('hex');
  const always = faults.filter((fault) => fault.always);
  const others = faults
    .filter((fault) => !fault.always)
    .map((fault) => ({ fault, rank: rank(fault) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, Math.max(0, count - always.length))
    .map(({ fault }) => fault);
  return faults.filter((fault) => always.includes(fault) || others.includes(fault));
}
