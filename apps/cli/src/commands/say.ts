import { once } from 'node:events';
import { text as readAll } from 'node:stream/consumers';
import { AudioFormat, SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { Option, type Command } from 'commander';
import { UsageError } from '../problems.ts';
import { canBeSaved, saveSound, soundIn } from '../speech/save-sound.ts';
import { MARGIN } from '../terminal/columns.ts';
import { bytes, harmless } from '../terminal/text.ts';
import type { Choose } from './invocation.ts';
import { secondsOf } from './narration.ts';
import type { Session } from './session.ts';
import { file as fileName } from './values.ts';

interface SayOptions {
  voice?: string;
  language?: string;
  format?: 'wav' | 'mp3';
  out: string;
}

const FORMATS = {
  any: AudioFormat.AUDIO_FORMAT_UNSPECIFIED,
  wav: AudioFormat.AUDIO_FORMAT_WAV,
  mp3: AudioFormat.AUDIO_FORMAT_MP3,
};

/** Standard input or output, by the custom of command lines. */
const STREAM = '-';

export function addSay(program: Command, choose: Choose): void {
  program
    .command('say <text>')
    .description('read a text aloud into a file; a text of - is standard input')
    .option('--voice <name>', 'voice that reads it (exempla voices)')
    .option('--language <tag>', 'language of the text (en)')
    .addOption(new Option('--format <name>', 'of the sound (the usual one of the voice)').choices(['wav', 'mp3']))
    .option('--out <file>', 'where to; - is standard output', fileName, 'speech.wav')
    .action((text: string, options: SayOptions, command: Command) => {
      if (options.out === STREAM && command.optsWithGlobals()['json'] === true)
        throw new UsageError('--json and --out - both want standard output', 'exempla say --help');
      choose({ noun: 'speech', run: (session) => say(text, options, session) });
    });
}

async function say(
  given: string,
  { voice = '', language = '', format, out }: SayOptions,
  session: Session,
): Promise<void> {
  const { peers } = session;
  if (out !== STREAM) await canBeSaved(out);
  const text = given === STREAM ? await readAll(process.stdin) : given;
  session.doing('reading aloud');
  const audio = await peers.client('audio', SpeechServiceDefinition);
  const parts = audio.synthesize({ text, voice, language, format: FORMATS[format ?? 'any'] }, peers.call());
  if (out === STREAM) return toStdout(soundIn(parts), session.around.signal);
  let speaker = '';
  const watched = (async function* () {
    for await (const message of parts) {
      if (message.part?.$case === 'header') speaker = message.part.value.voice;
      yield message;
    }
  })();
  const { file, bytes: size, seconds } = await saveSound(soundIn(watched), out);
  session.answer(
    () => ({ file, bytes: size, seconds, voice: speaker }),
    (_, style) => [
      `${MARGIN}${style.strong(file)}  ${secondsOf({ seconds })}voice ${harmless(speaker)}, ${bytes(size)}`,
    ],
  );
}

/** At the pace of whoever reads. */
async function toStdout(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  for await (const chunk of chunks) if (!process.stdout.write(chunk)) await once(process.stdout, 'drain', { signal });
}
