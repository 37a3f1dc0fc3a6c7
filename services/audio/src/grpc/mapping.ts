import {
  AudioFormat as WireFormat,
  type ListVoicesResponse,
  type SynthesizeRequest,
  type SynthesizeResponse,
  type SynthesizeResponse_Header,
  type Voice as WireVoice,
} from '@exempla/contracts/audio/v1/speech_service';
import type { AudioFormat, SpeechHeader, SpeechPart, SpeechRequest, Voice, VoicePage } from '../speech/index.ts';

const FORMATS: Readonly<Record<AudioFormat, WireFormat>> = {
  wav: WireFormat.AUDIO_FORMAT_WAV,
  mp3: WireFormat.AUDIO_FORMAT_MP3,
};

const ASKED: Readonly<Partial<Record<WireFormat, AudioFormat>>> = {
  [WireFormat.AUDIO_FORMAT_WAV]: 'wav',
  [WireFormat.AUDIO_FORMAT_MP3]: 'mp3',
};

export function toSpeechRequest(request: SynthesizeRequest): SpeechRequest {
  const { text, voice, language, format, speed = 1, keyFirst } = request;
  return { text, voice, language, format: ASKED[format], speed, keyFirst };
}

export function fromSpeechPart(part: SpeechPart): SynthesizeResponse {
  if (part.type === 'header') return { part: { $case: 'header', value: fromSpeechHeader(part.header) } };
  const { buffer, byteOffset, byteLength } = part.bytes;
  return { part: { $case: 'chunk', value: Buffer.from(buffer, byteOffset, byteLength) } };
}

function fromSpeechHeader(header: SpeechHeader): SynthesizeResponse_Header {
  return { ...header, format: FORMATS[header.format], soundKey: Buffer.from(header.soundKey) };
}

export function fromVoicePage(page: VoicePage, defaultVoice: string): ListVoicesResponse {
  return { voices: page.voices.map((voice) => fromVoice(voice, defaultVoice)), nextPageToken: page.nextPageToken };
}

function fromVoice(voice: Voice, defaultVoice: string): WireVoice {
  const formats = voice.formats.map((format) => FORMATS[format]);
  return { ...voice, languages: [...voice.languages], formats, default: voice.name === defaultVoice };
}
