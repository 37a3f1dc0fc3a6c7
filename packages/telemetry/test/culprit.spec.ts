import { describe, expect, it } from '@jest/globals';
import { culpritOf, describeFrame } from '../src/loop/culprit.ts';
import { between } from '../src/loop/heartbeat.ts';

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

it('the shared clock counts on across its wrap', () => {
  expect(between(2 ** 31 - 10, (2 ** 31 + 20) | 0)).toBe(30);
  expect(between(-5, 5)).toBe(10);
});
