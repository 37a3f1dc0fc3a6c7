import { describe, expect, it } from '@jest/globals';
import { readWav, wavHeader, WAV_HEADER_BYTES } from '../src/speech/wav.ts';

const file = (header: Uint8Array, samples: number[]): Uint8Array =>
  Buffer.concat([header, new Uint8Array(Int16Array.from(samples).buffer)]);

describe('header', () => {
  it('of a file of known length', () => {
    const header = Buffer.from(wavHeader(16_000, 6));
    expect(header.length).toBe(WAV_HEADER_BYTES);
    expect(header.toString('latin1', 0, 4)).toBe('RIFF');
    expect(header.readUInt32LE(4)).toBe(36 + 6);
    expect(header.toString('latin1', 8, 16)).toBe('WAVEfmt ');
    const fields = [16, 20, 22, 24, 28, 32, 34].map((at) =>
      at === 16 || at === 24 || at === 28 ? header.readUInt32LE(at) : header.readUInt16LE(at),
    );
    expect(fields).toEqual([16, 1, 1, 16_000, 32_000, 2, 16]);
    expect(header.toString('latin1', 36, 40)).toBe('data');
    expect(header.readUInt32LE(40)).toBe(6);
  });

  it('of a stream has no lengths', () => {
    const header = Buffer.from(wavHeader(8_000));
    expect([header.readUInt32LE(4), header.readUInt32LE(40)]).toEqual([0xffffffff, 0xffffffff]);
  });
});

describe('reading', () => {
  it('gives back the samples', () => {
    expect(readWav(file(wavHeader(8_000, 6), [1, -2, 32_767]))).toEqual({
      sampleRateHz: 8_000,
      samples: Int16Array.of(1, -2, 32_767),
    });
  });

  it('takes a stream to its end', () => {
    expect(readWav(file(wavHeader(8_000), [1, 2])).samples).toEqual(Int16Array.of(1, 2));
  });

  it('works at any offset of a buffer', () => {
    const shifted = Buffer.concat([Buffer.from('x'), file(wavHeader(8_000, 2), [7])]).subarray(1);
    expect(readWav(shifted).samples).toEqual(Int16Array.of(7));
  });

  it('passes over other chunks, also of odd length', () => {
    const whole = file(wavHeader(8_000, 2), [7]);
    const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    expect(readWav(Buffer.concat([whole.subarray(0, 36), list, whole.subarray(36)])).samples).toEqual(Int16Array.of(7));
  });

  it.each<[string, Uint8Array, string]>([
    ['not WAV at all', Buffer.from('MThd and more bytes'), 'not a WAV'],
    ['too short', Buffer.from('RIFF'), 'not a WAV'],
    ['no data', wavHeader(8_000, 0).subarray(0, 36), 'without data'],
    ['two channels', Uint8Array.from(file(wavHeader(8_000, 2), [1])).fill(2, 22, 23), '2 channels'],
    ['eight bits', Uint8Array.from(file(wavHeader(8_000, 2), [1])).fill(8, 34, 35), '8 bits'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readWav(bytes)).toThrow(message);
  });
});
