// Faults of pages.
import { LINKS, edit } from './plant.mjs';

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
];
