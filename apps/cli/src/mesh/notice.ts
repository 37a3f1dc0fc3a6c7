import type { OutputLine } from '@exempla/launch';

/** pino: 40 is warn. */
const WARN = 40;

/** What the person should see without asking: warnings, errors, and anything that is not a log line. */
export function noticeOf({ text, json }: OutputLine): string | undefined {
  if (!json) return text.trim() === '' ? undefined : text;
  if (Number(json['level'] ?? 0) < WARN) return undefined;
  if (json['event'] === 'loop-blocked' && !isOurs(json['culprit'])) return undefined;
  const said = json['msg'] ?? json['event'];
  const cause = (json['err'] as { message?: unknown } | undefined)?.message;
  const parts = [said, cause].filter((part) => typeof part === 'string');
  return parts.length === 0 ? text : [...new Set(parts)].join(': ');
}

/** Nobody can act on a pause without a culprit, as on a busy machine, or in code of others. The log has it. */
const isOurs = (culprit: unknown): boolean => typeof culprit === 'string' && !/node_modules\/|node:/.test(culprit);

/** A notice that comes again within this time was read the first time. */
const REPEAT_MS = 10_000;
const MOST_KEPT = 200;

/** Tells whether a notice of a service is news: a database that is away fails every call in the same words. */
export function newsOnly(now: () => number = () => performance.now()): (service: string, notice: string) => boolean {
  const shown = new Map<string, number>();
  return (service, notice) => {
    const key = `${service} ${notice}`;
    const last = shown.get(key);
    if (last !== undefined && now() - last < REPEAT_MS) return false;
    if (shown.size >= MOST_KEPT) shown.clear();
    shown.set(key, now());
    return true;
  };
}
