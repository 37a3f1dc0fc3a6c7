import { beforeAll, describe, expect, it } from '@jest/globals';
import { Mp3Error, Mp3Frames } from '../src/speech/mp3-frames.ts';
import { ascii, id3v1, id3v2, infoFrame, silence, tone, type Bytes } from './mp3.ts';

let low: Bytes;
let high: Bytes;
let fine: Bytes;
beforeAll(async () => {
  [low, high, fine] = await Promise.all([tone('tone-440-24k'), tone('tone-660-24k'), tone('tone-440-44k')]);
});

/** What comes out of these streams, each handed over in pieces of `size` bytes. */
function framesOf(streams: readonly Uint8Array[], size = 1_000): { out: Buffer; frames: Mp3Frames } {
  const frames = new Mp3Frames();
  const out: Bytes[] = [];
  for (const stream of streams) {
    for (let at = 0; at < stream.length; at += size) out.push(frames.push(stream.subarray(at, at + size)));
    frames.end();
  }
  return { out: Buffer.concat(out), frames };
}
const dressed = (stream: Bytes): Buffer => Buffer.concat([id3v2(300), infoFrame(), stream, id3v1()]);

describe('an MP3 of an encoder', () => {
  it('comes out as it is, with its rate, channels and length (S3-120)', () => {
    const { out, frames } = framesOf([low]);
    expect(out.equals(low)).toBe(true);
    expect(frames.format).toEqual({ sampleRateHz: 24_000, channels: 1 });
    expect(frames.seconds).toBeCloseTo(1.05, 1);
    const { frames: finer } = framesOf([fine]);
    expect(finer.format).toEqual({ sampleRateHz: 44_100, channels: 1 });
    expect(finer.seconds).toBeCloseTo(0.34, 1);
  });

  it.each([1, 7, 96, 97, 4_096])('in pieces of %i bytes as well', (size) => {
    expect(framesOf([dressed(low), dressed(high)], size).out.equals(Buffer.concat([low, high]))).toBe(true);
  });
});

describe('streams put together', () => {
  it('have no tags and no frames that tell of one stream between them', () => {
    const { out, frames } = framesOf([dressed(low), dressed(high), dressed(silence(240))]);
    expect(out.equals(Buffer.concat([low, high, silence(240)]))).toBe(true);
    expect(frames.seconds).toBeCloseTo(1.05 + 0.55 + 0.24, 1);
  });

  it('hand frames over as soon as they are complete', () => {
    const frames = new Mp3Frames();
    expect(frames.push(silence(48).subarray(0, 150)).length).toBe(96);
  });

  it('are of one rate', () => {
    expect(() => framesOf([low, fine])).toThrow('44100 Hz, 1 channels after 24000 Hz, 1 channels');
  });

  it('are of as many channels', () => {
    const stereo = silence(24);
    stereo[3] = 0x04;
    expect(() => framesOf([low, stereo])).toThrow('2 channels after 24000 Hz, 1 channels');
  });
});

describe('what is no MP3', () => {
  it.each([
    ['a page', () => Uint8Array.from(ascii('<!doctype html><html>'))],
    ['JSON', () => Uint8Array.from(ascii('{"error":"x"}'))],
    ['a WAV', () => Uint8Array.from(ascii('RIFF----WAVE'))],
    ['a frame, then something else', () => Buffer.concat([silence(24), Uint8Array.from(ascii('Oops, sorry'))])],
    ['layer II', () => Uint8Array.of(0xff, 0xfd, 0x44, 0xc4)],
    ['no bit rate', () => Uint8Array.of(0xff, 0xf3, 0x04, 0xc4)],
  ])('%s is refused', (_, bytes) => {
    expect(() => framesOf([bytes()])).toThrow(Mp3Error);
  });

  it.each([
    ['in a frame', () => low.subarray(0, 1_000)],
    ['in a tag', () => id3v2(300).subarray(0, 200)],
    ['after two bytes', () => low.subarray(0, 2)],
  ])('a stream that breaks off %s is refused at its end', (_, bytes) => {
    expect(() => framesOf([bytes()])).toThrow('ends inside a frame');
  });
});
