import { describe, expect, it } from '@jest/globals';
import { loadedBy } from './loading/loaded-by.ts';

const LOADER = new URL('../../../packages/rpc/test/faults/from-source.mjs', import.meta.url).href;
const ENTRY = new URL('../src/exempla.main.ts', import.meta.url);
/** As jest runs it: from source. */
const flags = ['--conditions=exempla:source', '--import', LOADER];
/** What reads the command line; messages have enums that options name. */
const READS = ['@bufbuild/protobuf', 'commander'];
const CALLS = ['@bufbuild/protobuf', '@grpc/grpc-js', '@js-sdsl/ordered-map', 'commander'];
const NOBODY = Object.fromEntries(
  ['ORCHESTRATOR', 'AUDIO', 'STORAGE'].map((service) => [`EXEMPLA_${service}_TARGET`, '127.0.0.1:1']),
);

describe('what a command loads', () => {
  it.each(['--help', '--version', 'story --help'])('%s: the command line, and nothing that calls', async (line) => {
    const { code, packages, own } = await loadedBy(ENTRY, line.split(' '), { flags });
    expect({ code, packages }).toEqual({ code: 0, packages: READS });
    expect(own.filter((path) => /^packages\/(?!contracts\/)|^apps\/cli\/src\/(?:doctor|up|sync)\//.test(path))).toEqual(
      [],
    );
  });

  it.each(['voices', 'define river', 'stories list --json', 'usage'])(
    '%s: a client, and nothing that serves, starts processes or writes logs',
    async (line) => {
      const { code, packages, own } = await loadedBy(ENTRY, line.split(' '), { flags, env: NOBODY });
      // Nobody answers: up to there it is the whole way of a call.
      expect({ code, packages }).toEqual({ code: 11, packages: CALLS });
      expect(own.filter((path) => /^apps\/cli\/src\/(?:doctor|up|sync)\//.test(path))).toEqual([]);
    },
  );

  it.each([
    ['doctor', 'doctor/examine.ts'],
    ['up', 'up/run-up.ts'],
    ['reset', 'up/reset.ts'],
    ['the demo', 'demo/run-demo.ts'],
    ['a sync client', 'sync/call.ts'],
  ])('%s: nothing that serves either', async (_, path) => {
    const { code, packages } = await loadedBy(new URL(`../src/${path}`, import.meta.url), [], { flags });
    expect(code).toBe(0);
    expect(packages).toContain('@grpc/grpc-js');
    expect(packages.filter((name) => /^(?:@nestjs\/|@bufbuild\/(?!protobuf$)|rxjs$|pino$|openai$)/.test(name))).toEqual(
      [],
    );
  });
});
