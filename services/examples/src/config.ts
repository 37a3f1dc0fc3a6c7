import { Settings } from '@exempla/rpc';
import { readTextOptions, type OpenAiTextOptions } from '@exempla/text';

/** Everything the service can be told from outside; see the table in README.md. */
export interface ExamplesConfig {
  readonly host: string;
  readonly port: number;
  /** Folder of the WordNet database; empty takes the packaged one. */
  readonly wordnetFolder: string;
  /** Who is asked, in this order: `lexical`, `model` or the name of a model. Not empty, without doubles. */
  readonly providers: readonly string[];
  /** Where the storage service is, which keeps the budgets that models are paid from; `off` asks no budget. */
  readonly storageTarget: string;
  /** Undefined where no model is configured. */
  readonly text: OpenAiTextOptions | undefined;
}

/** Raw environment → defaults → checked → frozen. Throws naming the variable that is wrong. */
export async function readConfig(settings: Settings = new Settings('examples')): Promise<ExamplesConfig> {
  const text = await readTextOptions(settings);
  return Object.freeze({
    host: settings.text('EXEMPLA_EXAMPLES_HOST', '127.0.0.1'),
    port: settings.port('EXEMPLA_EXAMPLES_PORT', 50052),
    wordnetFolder: settings.text('EXEMPLA_EXAMPLES_WORDNET', ''),
    providers: readProviders(settings, text),
    storageTarget: settings.target('EXEMPLA_EXAMPLES_STORAGE_TARGET', '127.0.0.1:50054', { mayBeOff: true }),
    text,
  });
}

const PROVIDERS = 'EXEMPLA_EXAMPLES_PROVIDERS';

function readProviders(settings: Settings, text: OpenAiTextOptions | undefined): readonly string[] {
  const order = settings.list(PROVIDERS, text ? 'model,lexical' : 'lexical');
  const models = text?.upstreams.flatMap((upstream) => upstream.models.map(({ name }) => name)) ?? [];
  const known = ['lexical', ...(text ? ['model', ...models] : [])];
  for (const name of order) {
    if (known.includes(name)) continue;
    const how = text ? '' : '; for a model set OPENAI_API_KEY or OPENAI_BASE_URL, and OPENAI_MODELS';
    throw new Error(`${PROVIDERS} has "${name}"; choose from ${known.join(', ')}${how}`);
  }
  return [...new Set(order)];
}
