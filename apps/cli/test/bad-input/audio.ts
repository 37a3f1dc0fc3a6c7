import { AudioFormat, SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { at, bare, callsTo, invalid, malformed, ok, type Row, wire, withUnknownField } from './row.ts';

const to = callsTo(SpeechServiceDefinition);
const text = 'Rivers run.';
const textEmpty = { code: 'INVALID_ARGUMENT', reason: 'TEXT_EMPTY', fields: ['text'] } as const;

export const AUDIO_ROWS: readonly Row[] = at('audio', [
  { case: 'an empty text', call: to('synthesize', { text: '' }), ...textEmpty },
  { case: 'a text of blanks', call: to('synthesize', { text: ' \n\t ' }), ...textEmpty },
  { case: 'a text of punctuation', call: to('synthesize', { text: '?! … -- ;' }), ...textEmpty },
  { case: 'a text of control characters', call: to('synthesize', { text: '\0\u0001\u001b' }), ...textEmpty },
  { case: 'a text of pictures', call: to('synthesize', { text: '🎉🎉' }), ...textEmpty },
  { case: 'a text in another script', call: to('synthesize', { text: '熵增加' }), ...textEmpty },
  { case: 'a text with U+0000 between words', call: to('synthesize', { text: 'one\0two' }), ...ok },
  { case: 'a text that looks like an option', call: to('synthesize', { text: '-f /etc/passwd' }), ...ok },
  { case: 'a text of 200,001 characters', call: to('synthesize', { text: 'a'.repeat(200_001) }), ...invalid('text') },
  {
    case: 'an unknown voice',
    call: to('synthesize', { text, voice: 'nobody' }),
    code: 'NOT_FOUND',
    reason: 'VOICE_UNKNOWN',
  },
  {
    case: 'a voice that is a name of every object',
    call: to('synthesize', { text, voice: '__proto__' }),
    code: 'NOT_FOUND',
    reason: 'VOICE_UNKNOWN',
  },
  { case: 'a voice of 101 characters', call: to('synthesize', { text, voice: 'v'.repeat(101) }), ...invalid('voice') },
  {
    case: 'an unsupported language',
    call: to('synthesize', { text, language: 'nl' }),
    code: 'FAILED_PRECONDITION',
    reason: 'LANGUAGE_WITHOUT_VOICE',
  },
  { case: 'a malformed language tag', call: to('synthesize', { text, language: 'english!' }), ...invalid('language') },
  {
    case: 'MP3',
    call: to('synthesize', { text, format: AudioFormat.AUDIO_FORMAT_MP3 }),
    code: 'FAILED_PRECONDITION',
    reason: 'FORMAT_UNSUPPORTED',
  },
  { case: 'an unknown format', call: to('synthesize', { text, format: 99 as AudioFormat }), ...invalid('format') },
  { case: 'speed 0.1', call: to('synthesize', { text, speed: 0.1 }), ...invalid('speed') },
  { case: 'speed 0', call: to('synthesize', { text, speed: 0 }), ...invalid('speed') },
  { case: 'speed 2.1', call: to('synthesize', { text, speed: 2.1 }), ...invalid('speed') },
  { case: 'a speed that is no number', call: to('synthesize', { text, speed: NaN }), ...invalid('speed') },
  { case: 'an infinite speed', call: to('synthesize', { text, speed: Infinity }), ...invalid('speed') },
  { case: 'no deadline', call: to('synthesize', { text }, {}), ...ok },
  { case: 'a deadline of 1 ms', call: to('synthesize', { text }, { deadlineMs: 1 }), ...bare('DEADLINE_EXCEEDED') },
  { case: 'a field the server does not know', call: to('synthesize', withUnknownField('river')), ...ok },
  { case: 'text that is no UTF-8', call: to('synthesize', wire.badUtf8), ...malformed },
  { case: 'a message that breaks off', call: to('synthesize', wire.truncated), ...malformed },
  { case: 'a number where text belongs', call: to('synthesize', wire.wrongType), ...malformed },
  { case: 'noise in place of a message', call: to('synthesize', wire.noise), ...malformed },
  { case: 'a message over the size limit', call: to('synthesize', wire.oversize), ...bare('RESOURCE_EXHAUSTED') },
  { case: 'a negative page size', call: to('listVoices', { pageSize: -1 }), ...invalid('page_size') },
  {
    case: 'a forged page token',
    call: to('listVoices', { pageToken: Buffer.from('aaaaaaaaaaaaslt').toString('base64url') }),
    code: 'INVALID_ARGUMENT',
    reason: 'PAGE_TOKEN_INVALID',
    fields: ['page_token'],
  },
  { case: 'voices of a malformed language tag', call: to('listVoices', { language: '-' }), ...invalid('language') },
  { case: 'voices of a language nobody speaks', call: to('listVoices', { language: 'nl' }), ...ok },
]);
