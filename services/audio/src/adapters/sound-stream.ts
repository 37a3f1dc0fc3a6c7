import type { AudioFormat, Sound } from '../speech/index.ts';
import { SoundFault } from './sound-fault.ts';
import { WavStream } from './wav-stream.ts';

/** Bytes of a provider as sound, looked at before any of it is handed on. */
export interface SoundStream {
  /** Undefined when more has to come first. Throws SoundFault. */
  push(bytes: Uint8Array): Sound | undefined;
  /** Throws SoundFault when something is missing. */
  end(): void;
}

export const soundStream = (format: AudioFormat, rawSampleRateHz?: number): SoundStream =>
  format === 'mp3' ? mp3Stream() : wavStream(rawSampleRateHz);

function wavStream(rawSampleRateHz: number | undefined): SoundStream {
  const wav = new WavStream(rawSampleRateHz);
  return {
    push: (bytes) => {
      const pcm = wav.push(bytes);
      return pcm && { type: 'pcm', ...pcm };
    },
    end: () => wav.end(),
  };
}

/** A frame, or a tag before the first one. Whether the frames are whole is seen by who puts them together. */
const beginsMp3 = ([first, second = 0xff]: Uint8Array): boolean =>
  (first === 0xff && second >= 0xe0) || first === 'I'.charCodeAt(0);

function mp3Stream(): SoundStream {
  let isBegun = false;
  return {
    push: (bytes) => {
      if (!isBegun && !beginsMp3(bytes)) throw new SoundFault('malformed', 'the sound is no MP3');
      isBegun = true;
      return { type: 'mp3', bytes };
    },
    end: () => {},
  };
}
