import type { OutputLine } from '@exempla/launch';

/** pino: 40 is warn. */
const WARN = 40;

/** What the person should see without asking: warnings, errors, and anything that is not a log line. */
export function noticeOf({ text, json }: OutputLine): string | undefined {
  if (!json) return text.trim() === '' ? undefined : text;
  if (Number(json['level'] ?? 0) < WARN) return undefined;
  const said = json['msg'] ?? json['event'];
  const cause = (json['err'] as { message?: unknown } | undefined)?.message;
  const parts = [said, cause].filter((part) => typeof part === 'string');
  return parts.length === 0 ? text : [...new Set(parts)].join(': ');
}
