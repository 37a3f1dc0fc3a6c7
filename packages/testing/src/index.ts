export { Barrier, gate, type Gate } from './barrier.ts';
export { startDnsServer, type DnsServer } from './dns-server.ts';
export { eventually, standingStill } from './eventually.ts';
export { grpcFrame, startFaultyPeer, type Fault, type FaultyPeer } from './faulty-peer.ts';
export { startHoldingRelay, type Held, type HoldingRelay, type HoldPoint } from './holding-relay.ts';
export { textsReadTooSlowly } from './hostile-texts.ts';
export { openHandles } from './handles.ts';
export {
  collectGarbage,
  grownSince,
  holdings,
  nothingMore,
  recordWarnings,
  type Counts,
  type Holdings,
} from './leak-check.ts';
export { manualClock, type ManualClock } from './manual-clock.ts';
export { noNetwork, type NoNetwork, type Reached } from './no-network.ts';
export { recordSpans } from './record-spans.ts';
export { recordingLogger, type RecordingLogger } from './recording-logger.ts';
export type { OpenAiBehaviour } from './openai-behaviour.ts';
export { mostResidentWhile, residentBytes } from './resident-memory.ts';
export { startScriptedOpenAi, type OpenAiRequest, type ScriptedOpenAi } from './scripted-openai.ts';
export { startScriptedSpeech, type ScriptedSpeech, type SpeechRequest } from './scripted-speech.ts';
export { seeded } from './seeded.ts';
export type { SpeechBehaviour } from './speech-answers.ts';
export { SPEECH_MS_PER_CHARACTER, SPEECH_RATE_HZ } from './speech-sound.ts';
export { threadNiceness } from './thread-niceness.ts';
