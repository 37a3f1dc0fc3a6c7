export { Barrier, gate, type Gate } from './barrier.ts';
export { startDnsServer, type DnsServer } from './dns-server.ts';
export { eventually, standingStill } from './eventually.ts';
export { grpcFrame, startFaultyPeer, type Fault, type FaultyPeer } from './faulty-peer.ts';
export { startHoldingRelay, type Held, type HoldingRelay, type HoldPoint } from './holding-relay.ts';
export { openHandles } from './handles.ts';
export { collectGarbage, holdings, recordWarnings, type Holdings } from './leak-check.ts';
export { manualClock, type ManualClock } from './manual-clock.ts';
export { recordSpans } from './record-spans.ts';
export { recordingLogger, type RecordingLogger } from './recording-logger.ts';
export {
  startScriptedOpenAi,
  type OpenAiBehaviour,
  type OpenAiRequest,
  type ScriptedOpenAi,
} from './scripted-openai.ts';
export { seeded } from './seeded.ts';
