import { Settings } from '@exempla/rpc';

/** Everything the service can be told from outside; see the table in README.md. */
export interface ExamplesConfig {
  readonly host: string;
  readonly port: number;
  /** Folder of the WordNet database; empty takes the packaged one. */
  readonly wordnetFolder: string;
}

/** Raw environment → defaults → checked → frozen. Throws naming the variable that is wrong. */
export function readConfig(settings: Settings = new Settings('examples')): ExamplesConfig {
  return Object.freeze({
    host: settings.text('EXEMPLA_EXAMPLES_HOST', '127.0.0.1'),
    port: settings.port('EXEMPLA_EXAMPLES_PORT', 50052),
    wordnetFolder: settings.text('EXEMPLA_EXAMPLES_WORDNET', ''),
  });
}
