export { listVoices, type VoicePage, type VoicePageRequest } from './list-voices.ts';
export { SpeechError, type SpeechErrorReason } from './speech-error.ts';
export type {
  AudioFormat,
  Pcm,
  Sound,
  Speaker,
  SpeakerOptions,
  SpeechCall,
  SpeechEngine,
  Voice,
} from './speech-engine.ts';
export { synthesizeSpeech } from './synthesize-speech.ts';
export type {
  SpeechHeader,
  SpeechLimits,
  SpeechPart,
  SpeechReport,
  SpeechRequest,
  SynthesizeSpeech,
} from './synthesize-speech.ts';
export { VoiceRegistry, type ChosenVoice, type VoicePreferences } from './voice-registry.ts';
export { readWav } from './wav.ts';
