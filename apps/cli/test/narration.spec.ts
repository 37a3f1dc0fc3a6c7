import { describe, expect, it } from '@jest/globals';
import { Narration } from '@exempla/contracts/orchestrator/v1/answer_parts';
import { narrationRows, tellWith } from '../src/commands/narration.ts';
import { PLAIN } from '../src/terminal/style.ts';

const narration = Narration.fromPartial({ object: 'objects/a.wav', voice: 'slt', sizeBytes: 641_000n });
const fetch = 'exempla stories audio 00e89fa4-5c45-4d2c-9612-15bd27233e4e';

describe('narrationRows', () => {
  it('shows the command that fetches a narration on one line of a terminal of 80 columns', () =>
    expect(narrationRows(narration, { saved: undefined, fetch }, { width: 80, style: PLAIN })[0]).toBe(
      `  spoken    ${fetch}`,
    ));

  it('cuts neither a command nor a path', () => {
    const shown = (where: Parameters<typeof narrationRows>[1]) =>
      narrationRows(narration, where, { width: 50, style: PLAIN }).join('').replaceAll(/ {2,}/g, ' ');
    expect(shown({ saved: undefined, fetch })).toContain(fetch);
    const saved = { file: `/music/${'a'.repeat(100)}.wav`, bytes: 1, seconds: undefined };
    expect(shown({ saved, fetch }).replaceAll(' ', '')).toContain(saved.file);
  });

  it('says what was read where nothing can be fetched', () =>
    expect(narrationRows(narration, { saved: undefined, fetch: '' }, { width: 80, style: PLAIN })).toEqual([
      '  spoken    voice slt, 641 kB',
    ]));
});

describe('tellWith', () => {
  const saved = { file: 'a.wav', bytes: 1, seconds: 1 };

  it('tells what was made, and where its sound is', async () => {
    const told: unknown[] = [];
    await tellWith(Promise.resolve(saved), (one) => told.push(one));
    await tellWith(undefined, (one) => told.push(one));
    expect(told).toStrictEqual([saved, undefined]);
  });

  // A story that was written and kept is not to be lost sight of for a full disk.
  it('tells it also when the sound cannot be saved', async () => {
    const told: unknown[] = [];
    await expect(tellWith(Promise.reject(new Error('the disk is full')), (one) => told.push(one))).rejects.toThrow(
      'the disk is full',
    );
    expect(told).toStrictEqual([undefined]);
  });
});
