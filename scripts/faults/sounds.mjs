// What sounds that are made once promise, and the engine that is a program, each taken away once; the fields are those of
// properties.mjs.

const sound = (promise, spec, file, from, to, test) => ({
  promise: `sounds: ${promise}`,
  spec: `services/${spec}`,
  file: `services/${file}`,
  from,
  to,
  test,
});
const NARRATOR = 'orchestrator/src/adapters/rpc-narrator.ts';
const KNOWN = 'orchestrator/src/adapters/known-sounds.ts';
const KEY = 'audio/src/speech/sound-key.ts';
const PROGRAM = 'audio/src/adapters/espeak-program.ts';
const ESPEAK = 'audio/src/adapters/espeak-engine.ts';

export const SOUND_FAULTS = [
  sound('no two tenants have one key', 'audio/test/sound-key.spec.ts', KEY, '[VERSION, tenant, ', '[VERSION, '),
  sound(
    'an engine that makes all of a sentence first is given no endless one',
    'audio/test/synthesize-speech.spec.ts',
    'audio/src/speech/plan-speech.ts',
    'Math.min(maxCharacters, pieceCharacters, sentenceCharacters)',
    'Math.min(maxCharacters, pieceCharacters)',
  ),
  sound('another model has another key', 'audio/test/sound-key.spec.ts', KEY, 'engine.settings, voice', 'voice'),
  sound(
    'a voice that spoke in place of another has a key of its own',
    'orchestrator/test/known-sounds.spec.ts',
    NARRATOR,
    'await this.#remember(spoken.soundKey, stored, time());',
    'await this.#remember((await beginSpeech(this.#speech.synthesize({ text, voice: "nova", keyFirst: true }, time()))).header!.soundKey, stored, time());',
  ),
  sound(
    'what was told before is not made again',
    'orchestrator/test/known-sounds.spec.ts',
    NARRATOR,
    'await this.#copy(job, header, time)',
    'undefined',
  ),
  sound(
    'what has a key is not spoken before its sound was looked for',
    'audio/test/sound-key.spec.ts',
    'audio/src/speech/synthesize-speech.ts',
    'request.keyFirst && soundKey.length > 0',
    'request.keyFirst && soundKey.length < 0',
  ),
  sound(
    'speech that nobody came to read ends with the step',
    'orchestrator/test/known-sounds.spec.ts',
    NARRATOR,
    '      over.abort();',
    '      void over;',
  ),
  sound(
    'a sound that was replaced is not taken for the one it was',
    'orchestrator/test/known-sounds.spec.ts',
    KNOWN,
    'downloadObject({ name, ifEtag }, time)',
    'downloadObject({ name }, time)',
  ),
  sound(
    'a sound that is gone is made again',
    'orchestrator/test/known-sounds.spec.ts',
    KNOWN,
    '[status.NOT_FOUND, status.ABORTED, status.DATA_LOSS]',
    '[status.ABORTED]',
  ),
  sound(
    'a sound is stored by the name of its type',
    'orchestrator/test/rpc-narrator.spec.ts',
    NARRATOR,
    'narrationObject(name, contentType)',
    "narrationObject(name, 'audio/wav')",
  ),
  sound(
    'a sound that was never named goes with its story, whatever the name of its type',
    'orchestrator/test/stories/narrate-story.spec.ts',
    'orchestrator/src/parts/narration.ts',
    ', ...narrationObjects(name)]',
    ', narrationObject(name, "audio/wav")]',
  ),
  sound(
    'a download has the name of its type',
    'gateway/test/streams.int.spec.ts',
    'gateway/src/rest/audio.ts',
    "EXTENSIONS[contentType] ?? 'bin'",
    "'wav'",
    'an MP3',
  ),
  sound(
    'the program of a caller who left is killed',
    'audio/test/espeak/espeak-engine.int.spec.ts',
    PROGRAM,
    "signal.addEventListener('abort', kill, { once: true });",
    '',
    'caller who leaves',
  ),
  sound(
    'the program of a reader who stops is killed',
    'audio/test/espeak/espeak-engine.int.spec.ts',
    PROGRAM,
    '      kill();\n      await ended;',
    '',
    'stops reading',
  ),
  sound(
    'a program sees no key',
    'audio/test/espeak/espeak-engine.int.spec.ts',
    PROGRAM,
    "this.#env = { PATH: path, LANG: 'C.UTF-8' };",
    'this.#env = { ...process.env, PATH: path };',
    'hands over text',
  ),
  sound(
    'only so many programs run',
    'audio/test/espeak/espeak-engine.int.spec.ts',
    ESPEAK,
    'using _place = await this.#places.take(signal);',
    '',
    'two programs',
  ),
];
