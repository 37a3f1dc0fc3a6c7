import { describe, expect, it } from '@jest/globals';
import { SoundFault } from '../src/adapters/sound-fault.ts';
import { WavStream } from '../src/adapters/wav-stream.ts';
import { wavHeader } from '../src/speech/wav.ts';

const PCM = Int16Array.from({ length: 50 }, (_, i) => i * 300 - 7_000);
const FILE = Buffer.concat([wavHeader(22_050), new Uint8Array(PCM.buffer)]);

/** The samples of a file that comes in pieces of `size` bytes. */
function read(file: Buffer, size: number): { samples: number[]; sampleRateHz: number } {
  const wav = new WavStream();
  const samples: number[] = [];
  let sampleRateHz = 0;
  for (let at = 0; at < file.length; at += size) {
    const pcm = wav.push(file.subarray(at, at + size));
    samples.push(...(pcm?.samples ?? []));
    sampleRateHz = pcm?.sampleRateHz ?? sampleRateHz;
  }
  wav.end();
  return { samples, sampleRateHz };
}

describe('the samples of a WAV file as it comes', () => {
  it.each([1, 2, 3, 7, 43, 44, 45, 1_000])('are the same in pieces of %d bytes', (size) => {
    expect(read(FILE, size)).toEqual({ samples: [...PCM], sampleRateHz: 22_050 });
  });

  it('begin behind other parts of the file', () => {
    const list = Buffer.from('LIST\x05\0\0\0INFO!\0', 'latin1');
    const file = Buffer.concat([FILE.subarray(0, 36), list, FILE.subarray(36)]);
    expect(read(file, 5).samples).toEqual([...PCM]);
  });

  it.each([
    ['HTML', Buffer.from('<!doctype html><html></html>')],
    ['another format', Buffer.concat([FILE.subarray(0, 22), Buffer.from([2, 0]), FILE.subarray(24)])],
    ['no format', Buffer.concat([FILE.subarray(0, 12), FILE.subarray(36)])],
    ['a header without end', Buffer.concat([FILE.subarray(0, 12), Buffer.from('LIST\xff\xff\xff\x7f', 'latin1')])],
  ])('are not taken from %s', (_, file) => {
    expect(() => read(file, 4)).toThrow(SoundFault);
  });
});
