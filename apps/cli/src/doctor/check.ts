/** What was looked at, how it is, and what to do when it is not well. */
export interface Check {
  name: string;
  level: 'ok' | 'warn' | 'fail';
  says: string;
  /** Always there for a fail. */
  todo?: string;
}

export const ok = (name: string, says: string): Check => ({ name, level: 'ok', says });
export const warn = (name: string, says: string, todo: string): Check => ({ name, level: 'warn', says, todo });
export const fail = (name: string, says: string, todo: string): Check => ({ name, level: 'fail', says, todo });

export const isHealthy = (checks: readonly Check[]): boolean => checks.every(({ level }) => level !== 'fail');
