export { Barrier, gate, type Gate } from './barrier.ts';
export { eventually } from './eventually.ts';
export { openHandles } from './handles.ts';
export { recordingLogger, type RecordingLogger } from './recording-logger.ts';
