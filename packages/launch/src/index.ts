export { PostgresError, type PostgresProblem, ProcessError } from './errors.ts';
export { DEFAULT_RESTART, type RestartPolicy } from './mesh/restart.ts';
export { type Asks, baseEnvironment } from './mesh/environment.ts';
export { type Hop, type Mesh, type MeshEvent, type MeshOptions, startMesh, type Store } from './mesh/mesh.ts';
export { findPortHolder, type PortHolder } from './mesh/port-holder.ts';
export { entryOf, GATEWAY, SERVICES, type ServiceSpec, variable } from './mesh/services.ts';
export { freePorts, isPortFree } from './processes/free-ports.ts';
export { isRunning, startOf } from './processes/identity.ts';
export { holderOf, type Lock, LockedError, takeLock } from './processes/lock.ts';
export { type OutputLine, type ProcessSpec, type RunningProcess, startProcess } from './processes/start-process.ts';
export { openWatchdog, type Watchdog, type WatchdogOrder } from './processes/watchdog.ts';
export {
  type Database,
  ensureDatabase,
  makeTemporaryDatabase,
  type TemporaryDatabase,
  withDatabase,
} from './postgres/database.ts';
export { keepPostgres, type KeepPostgresOptions, type KeptPostgres } from './postgres/keep-postgres.ts';
export { removePostgresData } from './postgres/remove-data.ts';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres/start-postgres.ts';
