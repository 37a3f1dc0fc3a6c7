import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fixLengths, layoutOf } from '../src/speech/wav.ts';
import { fileNameOf } from '../src/demo/save-speech.ts';

/** 16 kHz, 16 bit, mono; lengths as a stream writes them. */
function streamed(samples: number, extra = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(36);
  head.write('RIFF\xff\xff\xff\xffWAVEfmt ', 0, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt32LE(16_000, 24);
  head.writeUInt32LE(32_000, 28);
  const data = Buffer.alloc(8 + samples * 2);
  data.write('data\xff\xff\xff\xff', 0, 'latin1');
  return Buffer.concat([head, extra, data]);
}

describe('fixLengths', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wav-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function fix(content: Buffer) {
    const path = join(folder, 'x.wav');
    await writeFile(path, content);
    await using file = await open(path, 'r+');
    return { seconds: await fixLengths(file), content: await readFile(path) };
  }

  it('writes both lengths and gives the duration', async () => {
    const { seconds, content } = await fix(streamed(8000));
    expect(seconds).toBe(0.5);
    expect(content.readUInt32LE(4)).toBe(content.length - 8);
    expect(content.readUInt32LE(40)).toBe(16_000);
  });

  it('finds the samples behind other chunks of odd length', async () => {
    const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    const { seconds, content } = await fix(streamed(16_000, list));
    expect(seconds).toBe(1);
    expect(content.readUInt32LE(36 + list.length + 4)).toBe(32_000);
  });

  it('leaves anything else alone', async () => {
    const other = Buffer.from('OggS and so on, long enough to hold a header of forty-four bytes');
    const { seconds, content } = await fix(other);
    expect(seconds).toBeUndefined();
    expect(content).toEqual(other);
    expect(layoutOf(Buffer.from('RIFF'))).toBeUndefined();
  });
});

describe('fileNameOf', () => {
  it.each([
    ['entropy', 'entropy.wav'],
    ['Power of  Attorney', 'power-of-attorney.wav'],
    ['../../etc/passwd', 'etc-passwd.wav'],
    ['日本', '日本.wav'],
    ['???', 'term.wav'],
    ['x'.repeat(200), `${'x'.repeat(60)}.wav`],
  ])('%j is kept in %s', (term, name) => expect(fileNameOf(term, 'objects/definitions/1/narration.wav')).toBe(name));

  it('an MP3 is called one', () =>
    expect(fileNameOf('entropy', 'objects/definitions/1/narration.mp3')).toBe('entropy.mp3'));
});
