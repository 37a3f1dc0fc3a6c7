// What the voices of services/audio promise, each taken away once; the fields are those of properties.mjs.

const voices = (promise, spec, file, from, to, test) => ({
  promise: `voices: ${promise}`,
  spec: `services/audio/test/${spec}`,
  file: `services/audio/src/${file}`,
  from,
  to,
  test,
});

export const VOICE_FAULTS = [
  voices(
    'frames that tell of one stream are left out of the joined one',
    'mp3-frames.spec.ts',
    'speech/mp3-frames.ts',
    'if (isInfo) return { skip: frame.bytes };',
    '',
  ),
  voices(
    'a stream that breaks off inside a frame is told',
    'mp3-frames.spec.ts',
    'speech/mp3-frames.ts',
    "if (isBroken) throw new Mp3Error('the stream ends inside a frame');",
    '',
  ),
  voices(
    'streams of another rate are not joined',
    'mp3-frames.spec.ts',
    'speech/mp3-frames.ts',
    'if (rate === sampleRateHz && count === channels) return;',
    'return;',
  ),
  voices(
    'a text that is refused is spoken by nobody else',
    'engine-fallback.spec.ts',
    'speech/synthesize-speech.ts',
    'if (isLast || !isOfInfrastructure(error)) throw error;',
    'if (isLast) throw error;',
  ),
  voices(
    'a sound has a limit by its text',
    'speech-engines.int.spec.ts',
    'adapters/piece-reader.ts',
    'if (this.#bytes > this.#maxBytes)',
    'if (this.#bytes > Infinity)',
    'faults of openai 20 MB',
  ),
  voices(
    'a silent provider leaves time to another engine',
    'speech-engines.int.spec.ts',
    'adapters/provider-engine.ts',
    '{ ...job.call, patienceMs, ...',
    '{ ...job.call, ...',
    'voices of openai that are silent',
  ),
  voices(
    'who waits for the first sound is the only one who is patient',
    'speech-engines.int.spec.ts',
    'adapters/provider-engine.ts',
    '    isBegun = true;\n',
    '',
    'voices of openai that have begun',
  ),
  voices(
    'a page is no sound, whatever it says it is',
    'speech-engines.int.spec.ts',
    'adapters/sound-stream.ts',
    "if (!isBegun && !beginsMp3(bytes)) throw new SoundFault('malformed', 'the sound is no MP3');",
    '',
    'faults of openai a page that says',
  ),
  voices(
    'a key goes to the server it is for',
    'config.spec.ts',
    'config.ts',
    'new URL(baseUrl).origin === new URL(textUrl).origin ? textKey : undefined',
    'textKey',
  ),
];
