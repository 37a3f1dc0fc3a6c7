import { describe, expect, it } from '@jest/globals';
import { culpritOf, describeFrame } from '../src/loop/culprit.ts';
import { framesOf } from '../src/loop/stack.ts';
import { between, Heartbeat, sharedClock } from '../src/loop/heartbeat.ts';

const frame = (name: string, url: string) => ({ name, url, line: 3, column: 7 });

describe('a frame', () => {
  it.each([
    ['within the directory', frame('burn', 'file:///srv/app/dist/wav.js'), 'burn dist/wav.js:3:7'],
    ['of a package', frame('parse', 'file:///srv/app/node_modules/pg/lib/x.js'), 'parse node_modules/pg/lib/x.js:3:7'],
    ['elsewhere', frame('burn', 'file:///opt/secret/place/lib/x.js'), 'burn lib/x.js:3:7'],
    ['of Node', frame('get', 'node:internal/url'), 'get node:internal/url:3:7'],
    ['outside any function', frame('', 'file:///srv/app/a.js'), '(top level) a.js:3:7'],
    ['of code without a file', frame('run', ''), 'run (unknown):3:7'],
  ])('%s', (_, one, expected) => {
    expect(describeFrame(one, '/srv/app')).toBe(expected);
  });

  it('that is to blame is the innermost that is not of Node itself', () => {
    const frames = [frame('now', 'node:perf'), frame('burn', 'file:///a.js'), frame('main', 'file:///b.js')];
    expect(culpritOf(frames)?.name).toBe('burn');
    expect(culpritOf(frames.slice(0, 1))?.name).toBe('now');
    expect(culpritOf([])).toBeUndefined();
  });
});

it('a stack is read, without the frames of who asks', () => {
  const own = '    at <anonymous>:3:1\n    at <anonymous>:6:3';
  const stack = `Error\n${own}\n    at RegExp.test (<anonymous>)\n    at new Match (file:///srv/a (b)/x.js:14:30)\n    at old (/srv/c.cjs:1:2)\n    at node:net:5:6\n    at async Promise.all (index 0)`;
  expect(framesOf(stack)).toEqual([
    { name: 'RegExp.test', url: '', line: 0, column: 0 },
    { name: 'new Match', url: 'file:///srv/a (b)/x.js', line: 14, column: 30 },
    { name: 'old', url: 'file:///srv/c.cjs', line: 1, column: 2 },
    { name: '', url: 'node:net', line: 5, column: 6 },
    { name: 'async Promise.all', url: '', line: 0, column: 0 },
  ]);
  expect(describeFrame(framesOf(stack)[0]!)).toBe('RegExp.test (native)');
});

it('an answer counts when it was given before the loop turned, though it was read after that', () => {
  const heartbeat = new Heartbeat();
  const lastBeat = (msAgo: number) => (new Int32Array(heartbeat.memory)[0] = sharedClock() - msAgo);
  const before = lastBeat(9_000);
  expect(heartbeat.stoodStill(before, 0)).toBe(true);
  lastBeat(1_000);
  expect(heartbeat.stoodStill(before, 5_000)).toBe(true);
  expect(heartbeat.stoodStill(before, 1)).toBe(false);
});

it('the shared clock counts on across its wrap', () => {
  expect(between(2 ** 31 - 10, (2 ** 31 + 20) | 0)).toBe(30);
  expect(between(-5, 5)).toBe(10);
});
