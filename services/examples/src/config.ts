/** Everything the service can be told from outside; see the table in README.md. */
export interface ExamplesConfig {
  readonly host: string;
  readonly port: number;
  /** Folder of the WordNet database; empty takes the packaged one. */
  readonly wordnetFolder: string;
}

const DEFAULTS = { EXEMPLA_EXAMPLES_HOST: '127.0.0.1', EXEMPLA_EXAMPLES_PORT: '50052', EXEMPLA_EXAMPLES_WORDNET: '' };

function toPort(name: string, raw: string): number {
  const port = Number(raw);
  if (!/^\d{1,5}$/.test(raw) || port > 65_535) throw new Error(`${name} must be a port from 0 to 65535, not "${raw}"`);
  return port;
}

/** Raw environment → defaults → checked → frozen. 0 lets the system choose a port. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): ExamplesConfig {
  const value = (name: keyof typeof DEFAULTS): string => env[name]?.trim() || DEFAULTS[name];
  return Object.freeze({
    host: value('EXEMPLA_EXAMPLES_HOST'),
    port: toPort('EXEMPLA_EXAMPLES_PORT', value('EXEMPLA_EXAMPLES_PORT')),
    wordnetFolder: value('EXEMPLA_EXAMPLES_WORDNET'),
  });
}
