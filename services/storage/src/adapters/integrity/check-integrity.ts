import type { ObjectBytes } from '../../objects/index.ts';
import { type SessionOptions, withOwner } from '../backup/owner-session.ts';
import type { Progress } from '../backup/progress.ts';
import { checkBytes, checkOrphans } from './check-bytes.ts';
import { checkRows, ROW_CHECKS } from './check-rows.ts';
import type { Finding } from './finding.ts';

export interface CheckOptions extends SessionOptions {
  readonly adminUrl: string;
  readonly bytes: Pick<ObjectBytes, 'open' | 'placed'>;
  readonly progress: Progress;
}

export interface Integrity {
  /** All of them. */
  readonly count: number;
  /** The first of them. */
  readonly findings: readonly Finding[];
  /** Different bytes that objects have, each read whole. */
  readonly bytesRead: number;
  /** Bytes in their place. */
  readonly bytesStored: number;
  readonly rowChecks: number;
}

/** More are counted, not kept. */
const KEPT = 1_000;

/** Looks at everything while the service goes on; changes nothing. */
export function checkIntegrity(options: CheckOptions): Promise<Integrity> {
  const { adminUrl, bytes, progress, signal } = options;
  const findings: Finding[] = [];
  let count = 0;
  const take = async <T>(found: AsyncGenerator<Finding, T>): Promise<T> => {
    for (;;) {
      signal.throwIfAborted();
      const next = await found.next();
      if (next.done) return next.value;
      count += 1;
      if (findings.length < KEPT) findings.push(next.value);
    }
  };
  return withOwner(adminUrl, options, async (client) => {
    for (const check of ROW_CHECKS) {
      progress.begin(check.what);
      await take(checkRows(client, check));
    }
    const job = { client, bytes, progress };
    progress.begin('bytes of objects');
    const bytesRead = await take(checkBytes(job));
    progress.begin('bytes without an object');
    const bytesStored = await take(checkOrphans(job, bytes.placed()));
    return { count, findings, bytesRead, bytesStored, rowChecks: ROW_CHECKS.length };
  });
}
