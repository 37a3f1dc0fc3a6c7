import { describe, expect, it } from '@jest/globals';
import { progressOn } from '../src/terminal/progress.ts';
import { PLAIN } from '../src/terminal/style.ts';

/** A terminal that keeps what is written on it. */
function terminal(isTTY: boolean) {
  let shown = '';
  const stream = { isTTY, columns: 80, write: (text: string) => ((shown += text), true) };
  return { stream: stream as unknown as NodeJS.WriteStream, shown: () => shown };
}

function shownOn(isTTY: boolean, term: string): string {
  const { stream, shown } = terminal(isTTY);
  using progress = progressOn(stream, PLAIN, term);
  progress.doing('writing');
  progress.done('storage', 'port 1');
  return shown();
}

describe('progressOn', () => {
  it('moves on a terminal', () => expect(shownOn(true, 'xterm')).toMatch(/\r\u001b\[K {2}\S writing.*storage/s));

  // As in an editor, or a log of a build: what is written there stays there.
  it.each([
    [true, 'dumb'],
    [false, 'xterm'],
  ])('says only what is finished where nothing can be cleared: %s %s', (isTTY, term) =>
    expect(shownOn(isTTY, term)).toBe('  storage       port 1\n'),
  );
});
