import { describe, expect, it } from '@jest/globals';
import { modelLine, modelsIn } from '../src/demo/models.ts';
import { ConfigError } from '../src/problems.ts';
import { makerView } from '../src/terminal/maker-view.ts';
import { PLAIN } from '../src/terminal/style.ts';
import { widthOf } from '../src/terminal/text.ts';
import { MAKER } from './sample.ts';

const shown = (change: Partial<typeof MAKER>): string => makerView({ ...MAKER, ...change }, 100, PLAIN).join('\n');

describe('makerView', () => {
  it('says which model wrote, where, and what it cost', () =>
    expect(shown({})).toBe(
      `  by        small at models.test\n            small: 7 answers, 1,204 + 689 tokens, $0.0005`,
    ));

  it('says that nobody knows the price', () => {
    const usage = MAKER.usage.map((one) => ({ ...one, costMicros: 0n }));
    expect(shown({ usage })).toContain('1,204 + 689 tokens, at an unknown price');
  });

  it('says who stood in, why, and what to do', () =>
    expect(shown({ provider: 'lexical', fallbackReason: 'TEXT_KEY_REFUSED', usage: [] })).toBe(
      '  by        lexical, in place of small (TEXT_KEY_REFUSED). Why: npx exempla doctor',
    ));

  it('says offline how to have a model, in one line', () =>
    expect(shown({ provider: 'lexical', models: new Map(), usage: [] })).toBe(
      '  by        lexical, offline. With a model, in any language: OPENAI_API_KEY=… (docs/providers.md)',
    ));

  it('names nobody of whom nothing is known', () => {
    expect(shown({ provider: '', usage: [] })).toBe('');
    expect(shown({ provider: 'lexical', models: undefined, usage: [] })).toBe('  by        lexical');
  });

  it.each([60, 80, 120])('stays within %d columns', (width) => {
    for (const line of makerView({ ...MAKER, fallbackReason: 'TEXT_UPSTREAM_FAILED' }, width, PLAIN))
      expect(widthOf(line)).toBeLessThan(width);
  });
});

describe('the models of the environment', () => {
  it('are each at their host', async () => {
    const models = await modelsIn({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_MODELS: 'one=1/2,two' });
    expect(modelLine(models)).toBe('one, two at 127.0.0.1:1');
    expect(modelLine(await modelsIn({ OPENAI_API_KEY: 'k' }))).toBe('gpt-6-luna at api.openai.com');
    expect(modelLine(await modelsIn({}))).toBe('');
  });

  it('are refused in a sentence that names the variable', async () => {
    await expect(modelsIn({ OPENAI_BASE_URL: 'nowhere' })).rejects.toThrow(ConfigError);
    await expect(modelsIn({ OPENAI_BASE_URL: 'nowhere' })).rejects.toThrow(/OPENAI_BASE_URL is "nowhere"/);
  });
});
