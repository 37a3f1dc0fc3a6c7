// Faults of pages, and of the list of planted faults.
import { FAULTS_QUOTED, LINKS, edit } from './plant.mjs';

const SERVED = 'packages/rpc/src/server/served-call.ts';
const README = 'packages/rpc/README.md';

export const PAGE_FAULTS = [
  edit(
    'a link to a file that moved',
    LINKS,
    README,
    (text) => text.replace('](../../docs/streams.md)', '](../../docs/stream.md)'),
    'docs/stream.md',
    /names \.\.\/\.\.\/docs\/stream\.md, which is not there/,
  ),
  edit(
    'a spec that a page names and nobody wrote',
    LINKS,
    'docs/streams.md',
    (text) => `${text}\nSee \`packages/rpc/test/planted.spec.ts\`.\n`,
    'planted.spec.ts',
    /names packages\/rpc\/test\/planted\.spec\.ts, which is not there/,
  ),
  {
    ...edit(
      'a line that a planted fault quotes as it was',
      FAULTS_QUOTED,
      SERVED,
      (text) => text.replace('clearTimeout(this.#timer)', 'clearTimeout( this.#timer)'),
      '',
      /does not hold what is taken away for "a call that is over leaves no timer"/,
    ),
    line: 1,
  },
];
