export { openWatchdog, type Watchdog, type WatchdogOrder } from './processes/watchdog.ts';
export { PostgresError, type PostgresProblem } from './postgres/postgres-error.ts';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres/start-postgres.ts';
