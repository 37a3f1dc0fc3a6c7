import { createHash } from 'node:crypto';
import { SpeechError } from './speech-error.ts';
import type { Voice } from './speech-engine.ts';
import { fluency } from './voice-registry.ts';

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;

export interface VoicePageRequest {
  /** Only voices that speak it; empty means all. */
  readonly language: string;
  /** 0 means 50; above 200 is taken as 200. */
  readonly pageSize: number;
  /** From the page before; empty means the first. */
  readonly pageToken: string;
}

export interface VoicePage {
  readonly voices: readonly Voice[];
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

/** One page of the voices, which are sorted by name. */
export function listVoices(all: readonly Voice[], request: VoicePageRequest): VoicePage {
  const { language } = request;
  const size = Math.min(request.pageSize || DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  const after = request.pageToken === '' ? '' : readToken(request.pageToken, language);
  const rest = all.filter((voice) => voice.name > after && (language === '' || fluency(voice, language) > 0));
  const voices = rest.slice(0, size);
  const last = voices.at(-1);
  return { voices, nextPageToken: last && rest.length > size ? makeToken(last.name, language) : '' };
}

// Nothing secret is behind a token: the check tells a token of another list, or a made-up one, from ours.
const check = (name: string, language: string): string =>
  createHash('sha256').update(`voices\n${language.toLowerCase()}\n${name}`).digest('base64url').slice(0, 12);

const makeToken = (name: string, language: string): string =>
  Buffer.from(`${check(name, language)}${name}`).toString('base64url');

function readToken(token: string, language: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  const name = text.slice(12);
  if (makeToken(name, language) === token) return name;
  const message = 'the page token is not one this list gave out';
  throw new SpeechError('PAGE_TOKEN_INVALID', message, { field: 'page_token', page_token: token });
}
