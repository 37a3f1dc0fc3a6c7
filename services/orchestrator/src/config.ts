import { Settings } from '@exempla/rpc';
import { readTextOptions, type OpenAiTextOptions } from '@exempla/text';

/** Who can write stories. */
const WRITERS = ['model', 'grammar'] as const;
export type WriterKind = (typeof WRITERS)[number];

/** The settings of the orchestrator. */
export interface OrchestratorConfig {
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  readonly examplesTarget: string;
  readonly audioTarget: string;
  readonly storageTarget: string;
  /** Undefined where no model is configured. */
  readonly text: OpenAiTextOptions | undefined;
  /** In the order in which they are asked. */
  readonly writers: readonly WriterKind[];
}

/** Raw environment → defaults → checked → frozen. Throws naming the variable that is wrong. */
export async function readConfig(settings: Settings = new Settings('orchestrator')): Promise<OrchestratorConfig> {
  const text = await readTextOptions(settings);
  return Object.freeze({
    host: settings.text('EXEMPLA_ORCHESTRATOR_HOST', '127.0.0.1'),
    port: settings.port('EXEMPLA_ORCHESTRATOR_PORT', 50051),
    examplesTarget: settings.target('EXEMPLA_ORCHESTRATOR_EXAMPLES_TARGET', '127.0.0.1:50052'),
    audioTarget: settings.target('EXEMPLA_ORCHESTRATOR_AUDIO_TARGET', '127.0.0.1:50053'),
    storageTarget: settings.target('EXEMPLA_ORCHESTRATOR_STORAGE_TARGET', '127.0.0.1:50054'),
    text,
    writers: writersIn(settings, text !== undefined),
  });
}

function writersIn(settings: Settings, hasModel: boolean): readonly WriterKind[] {
  const name = 'EXEMPLA_ORCHESTRATOR_WRITERS';
  return settings.list(name, hasModel ? 'model,grammar' : 'grammar').map((entry) => {
    const writer = WRITERS.find((known) => known === entry);
    if (!writer) throw new Error(`${name} has "${entry}"; choose from ${WRITERS.join(', ')}`);
    if (writer === 'model' && !hasModel)
      throw new Error(`${name} has "model" and none is configured: set OPENAI_API_KEY or OPENAI_BASE_URL`);
    return writer;
  });
}
