/** What the orchestrator is told by its environment. */
export interface OrchestratorConfig {
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  readonly examplesTarget: string;
  readonly audioTarget: string;
  readonly storageTarget: string;
}

/** Reads EXEMPLA_ORCHESTRATOR_*; throws with the name of the variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): OrchestratorConfig {
  const {
    EXEMPLA_ORCHESTRATOR_HOST: host = '127.0.0.1',
    EXEMPLA_ORCHESTRATOR_PORT: port = '50051',
    EXEMPLA_ORCHESTRATOR_EXAMPLES_TARGET: examplesTarget = '127.0.0.1:50052',
    EXEMPLA_ORCHESTRATOR_AUDIO_TARGET: audioTarget = '127.0.0.1:50053',
    EXEMPLA_ORCHESTRATOR_STORAGE_TARGET: storageTarget = '127.0.0.1:50054',
  } = env;
  return Object.freeze({
    host,
    port: portNumber('EXEMPLA_ORCHESTRATOR_PORT', port),
    examplesTarget,
    audioTarget,
    storageTarget,
  });
}

function portNumber(name: string, value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${name} must be a port from 0 to 65535, got "${value}"`);
  return port;
}
