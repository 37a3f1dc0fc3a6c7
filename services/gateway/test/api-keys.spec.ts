import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ApiKeys } from '../src/http/api-keys.ts';

const digest = (key: string): string => hash('sha256', key);

describe('API keys', () => {
  const keys = new ApiKeys(
    `# of the parents\n\nphone home ${digest('one')}\n  tablet   other ${digest('two').toUpperCase()}  \n`,
  );

  it('are those whose digest is in the file, each of its tenant', () => {
    expect(keys.verify('one')).toEqual({ tenant: 'home', subject: 'key:phone', admin: false });
    expect(keys.verify('two')).toEqual({ tenant: 'other', subject: 'key:tablet', admin: false });
  });

  it.each(['', 'three', digest('one'), 'one ', 'x'.repeat(10_000)])('%.20s is none', (key) =>
    expect(keys.verify(key)).toBeUndefined(),
  );

  it.each([
    ['a key in the open', 'phone home one'],
    ['no tenant', `phone ${digest('one')}`],
    ['a tenant that is no name', `phone ../home ${digest('one')}`],
    ['more than there is', `phone home ${digest('one')} admin`],
  ])('%s in the file is refused, by its line', (_, line) =>
    expect(() => new ApiKeys(`# first\n${line}`)).toThrow('line 2 is not'),
  );
});
