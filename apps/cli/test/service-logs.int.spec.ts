import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { openServiceLogs } from '../src/up/service-logs.ts';

const MAX_BYTES = 1000;

describe('the logs of up', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const linesOf = async (name: string) => (await readFile(at(name), 'utf8')).split('\n').slice(0, -1);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'service-logs-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are added to, a file for each process', async () => {
    for (const text of ['one', 'two']) {
      await using logs = await openServiceLogs(folder);
      for (const process of ['audio', 'storage']) logs.write({ process, text, json: undefined });
    }
    expect(await linesOf('audio.log')).toEqual(['one', 'two']);
    expect(await linesOf('storage.log')).toEqual(['one', 'two']);
  });

  it('do not grow without end: what is full is put aside once, and no line is lost between', async () => {
    const texts = Array.from({ length: 100 }, (_, at) => String(at).padStart(99, '.'));
    {
      await using logs = await openServiceLogs(folder, MAX_BYTES);
      for (const text of texts) {
        logs.write({ process: 'audio', text, json: undefined });
        await stat(folder);
      }
    }
    expect((await readdir(folder)).toSorted()).toEqual(['audio.log', 'audio.log.1']);
    const kept = [...(await linesOf('audio.log.1')), ...(await linesOf('audio.log'))];
    expect(kept.length).toBeLessThan(texts.length);
    expect(kept).toEqual(texts.slice(-kept.length));
  });

  it('count what was there before', async () => {
    await writeFile(at('audio.log'), 'x'.repeat(2 * MAX_BYTES));
    await using logs = await openServiceLogs(folder, MAX_BYTES);
    logs.write({ process: 'audio', text: 'new', json: undefined });
    await eventually('it is put aside', async () => (await readdir(folder)).includes('audio.log.1'));
    expect((await stat(at('audio.log.1'))).size).toBeGreaterThanOrEqual(2 * MAX_BYTES);
  });
});
