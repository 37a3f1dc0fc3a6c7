import { Settings } from '@exempla/rpc';

/** What the orchestrator is told by its environment. */
export interface OrchestratorConfig {
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  readonly examplesTarget: string;
  readonly audioTarget: string;
  readonly storageTarget: string;
}

/** Raw environment → defaults → checked → frozen. Throws naming the variable that is wrong. */
export function readConfig(settings: Settings = new Settings('orchestrator')): OrchestratorConfig {
  return Object.freeze({
    host: settings.text('EXEMPLA_ORCHESTRATOR_HOST', '127.0.0.1'),
    port: settings.port('EXEMPLA_ORCHESTRATOR_PORT', 50051),
    examplesTarget: settings.text('EXEMPLA_ORCHESTRATOR_EXAMPLES_TARGET', '127.0.0.1:50052'),
    audioTarget: settings.text('EXEMPLA_ORCHESTRATOR_AUDIO_TARGET', '127.0.0.1:50053'),
    storageTarget: settings.text('EXEMPLA_ORCHESTRATOR_STORAGE_TARGET', '127.0.0.1:50054'),
  });
}
