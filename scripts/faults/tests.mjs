// What check:self demands of the gate's own way to run tests: a spec that is red stays red, also one that is so now and then.
const SPEC = 'packages/testing/test/planted.spec.ts';

/** A spec that is red in these of its runs; it counts them in a file of its own. */
const redIn = (count, ...runs) => `import { expect, it } from '@jest/globals';
import { appendFileSync, readFileSync } from 'node:fs';
const runs = new URL('planted-${count}.txt', import.meta.url);
it('is planted', () => {
  appendFileSync(runs, 'x');
  expect(${JSON.stringify(runs)}).not.toContain(readFileSync(runs, 'utf8').length);
});
`;
const TESTS = ['scripts/tests.mjs', 'unit', '--', 'packages/testing/test'];
const planted = (name, more) => ({ name, command: TESTS, file: SPEC, line: 6, ...more });

export const TESTS_FAULTS = [
  planted('a spec that is red each time', {
    files: { [SPEC]: redIn('each', 1, 2, 3, 4) },
    says: /planted/,
  }),
  planted('a spec that is red again when it is asked by itself', {
    files: { [SPEC]: redIn('again', 1, 4) },
    says: /planted/,
  }),
  planted('four specs that are red at once', {
    files: Object.fromEntries(
      ['', '-two', '-three', '-four'].map((name) => [SPEC.replace('.spec', `${name}.spec`), redIn(`four${name}`, 1)]),
    ),
    says: /planted/,
  }),
  planted('a spec that was red once among the others', { files: { [SPEC]: redIn('once', 1) }, allowed: true }),
];
