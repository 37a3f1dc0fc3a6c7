// What a program needs that says why a start failed: nothing that starts anything is loaded with it.
export { PostgresError, type PostgresProblem } from './postgres/postgres-error.ts';
export { ProcessError } from './processes/process-error.ts';
