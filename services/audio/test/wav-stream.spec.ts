import { describe, expect, it } from '@jest/globals';
import { SoundFault } from '../src/adapters/sound-fault.ts';
import { WavStream } from '../src/adapters/wav-stream.ts';
import { UNKNOWN_LENGTH, wavHeader } from '../src/speech/wav.ts';
import { tone } from './beeping-engine.ts';

const SAMPLES = tone(500);
const SOUND = Buffer.from(SAMPLES.buffer);
/** A chunk of something else, of an odd length and so padded. */
const LIST = Buffer.concat([Buffer.from('LIST'), Buffer.from([5, 0, 0, 0]), Buffer.from('INFO!\0')]);

const wav = (dataBytes: number | undefined, ...rest: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from(wavHeader(22_050, dataBytes)), ...rest]);

/** The samples of bytes that come in pieces of `size`. */
function samplesOf(bytes: Buffer, size = 100, stream = new WavStream()): { samples: number[]; rates: number[] } {
  const parts = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(stream.push(bytes.subarray(at, at + size)));
  stream.end();
  const pcm = parts.flatMap((part) => (part ? [part] : []));
  return { samples: pcm.flatMap(({ samples }) => [...samples]), rates: pcm.map(({ sampleRateHz }) => sampleRateHz) };
}

describe('a WAV that streams', () => {
  it.each([1, 7, 45, 5_000])('is its samples, at the rate of its header, in pieces of %i bytes', (size) => {
    const { samples, rates } = samplesOf(wav(undefined, SOUND), size);
    expect(samples).toEqual([...SAMPLES]);
    expect(new Set(rates)).toEqual(new Set([22_050]));
  });

  it('may have other chunks before its samples, and behind them where their length is known', () => {
    const header = wav(SOUND.length);
    const all = Buffer.concat([header.subarray(0, 36), LIST, header.subarray(36), SOUND, LIST]);
    expect(samplesOf(all).samples).toEqual([...SAMPLES]);
  });

  it.each([0, UNKNOWN_LENGTH, 0x7fffffff, 0x7ffff000])('of a length of %i goes on to its end', (length) => {
    const header = wav(SOUND.length);
    header.writeUInt32LE(length, 40);
    expect(samplesOf(Buffer.concat([header, SOUND])).samples).toEqual([...SAMPLES]);
  });

  it('leaves half a sample at its end out', () => {
    expect(samplesOf(wav(undefined, SOUND, Buffer.of(1))).samples).toEqual([...SAMPLES]);
  });
});

it('samples without a header have the rate that was named', () => {
  const { samples, rates } = samplesOf(SOUND, 33, new WavStream(16_000));
  expect([samples, rates[0]]).toEqual([[...SAMPLES], 16_000]);
});

function faultOf(bytes: Buffer): string {
  try {
    samplesOf(bytes, 5_000);
    return 'none';
  } catch (error) {
    return error instanceof SoundFault ? error.fault : String(error);
  }
}

const fieldOf = (at: number, value: number): Buffer => {
  const header = wav(undefined);
  header.writeUInt16LE(value, at);
  return header;
};

it.each<[string, Buffer, SoundFault['fault']]>([
  ['a page', Buffer.from('<!doctype html><html>'), 'malformed'],
  ['two channels', fieldOf(22, 2), 'malformed'],
  ['floats', fieldOf(20, 3), 'malformed'],
  ['24 bits', fieldOf(34, 24), 'malformed'],
  ['samples before their format', Buffer.concat([wav(4).subarray(0, 12), wav(4).subarray(36), SOUND]), 'malformed'],
  ['a header without an end', wav(undefined).subarray(0, 40), 'malformed'],
  ['a header that goes on and on', Buffer.concat([wav(4).subarray(0, 36), Buffer.alloc(70_000)]), 'malformed'],
  ['fewer samples than it says', wav(SOUND.length + 2, SOUND), 'incomplete'],
])('%s is refused', (_, bytes, fault) => {
  expect(faultOf(bytes)).toBe(fault);
});
