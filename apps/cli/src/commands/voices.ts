import { ListVoicesResponse, SpeechServiceDefinition, Voice } from '@exempla/contracts/audio/v1/speech_service';
import type { Command } from 'commander';
import { tableOf } from '../terminal/table.ts';
import type { Choose } from './invocation.ts';
import type { Session } from './session.ts';

export function addVoices(program: Command, choose: Choose): void {
  program
    .command('voices')
    .description('list the voices')
    .option('--language <tag>', 'only those that speak it')
    .action(({ language = '' }: { language?: string }) => choose({ run: (session) => listVoices(language, session) }));
}

async function listVoices(language: string, session: Session): Promise<void> {
  const { peers } = session;
  session.doing('asking for the voices');
  const audio = await peers.client('audio', SpeechServiceDefinition);
  const answer = await audio.listVoices({ language }, peers.call());
  session.document(() => ListVoicesResponse.toJSON(answer));
  for (const voice of answer.voices) session.message(() => Voice.toJSON(voice));
  const rows = answer.voices.map((voice) => [
    voice.default ? `${voice.name} *` : voice.name,
    voice.engine,
    voice.languages.join(', '),
    `${voice.sampleRateHz} Hz`,
    voice.description,
  ]);
  const { width, style } = session.around;
  session.text(tableOf(['voice', 'engine', 'languages', 'rate', 'sounds like'], rows, { width, style }));
  if (answer.voices.some((voice) => voice.default))
    session.text(['', `  ${style.quiet('* speaks when none is asked for')}`]);
}
