import {
  DefinitionServiceDefinition,
  GenerateDefinitionResponse,
  StreamDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import type { ExampleKind } from '@exempla/contracts/type/v1/example';
import type { Command } from 'commander';
import { KINDS } from '../demo/report.ts';
import { canBeSaved } from '../speech/save-sound.ts';
import { definitionView } from '../terminal/definition-view.ts';
import { examplesTable } from '../terminal/examples-table.ts';
import { makerView } from '../terminal/maker-view.ts';
import { harmless } from '../terminal/text.ts';
import type { Choose } from './invocation.ts';
import { download, missingRows, narrationRows, tellWith } from './narration.ts';
import type { Session } from './session.ts';
import { file, kinds, repeated, wholeNumber } from './values.ts';

export interface DefineOptions {
  context?: string[];
  juridical?: string[];
  legalBasis?: string[];
  category?: string;
  kinds?: ExampleKind[];
  maxExamples?: number;
  language?: string;
  provider?: string;
  voice?: string;
  out?: string;
  again?: boolean;
}

export function addDefine(program: Command, choose: Choose): void {
  program
    .command('define <term>')
    .description('define a term, with six kinds of examples')
    .option('--context <text>', 'where it is used, such as "banking"; may be repeated', repeated)
    .option('--juridical <text>', 'field of law, such as "criminal law"; may be repeated', repeated)
    .option('--legal-basis <text>', 'act or article; may be repeated', repeated)
    .option('--category <text>', 'prefers senses of a category, such as "substance"')
    .option('--kinds <list>', 'sentence, practical, counter, synonym, antonym, explanation (all)', kinds)
    .option('--max-examples <n>', 'examples of each kind, 1 to 50', wholeNumber)
    .option('--language <tag>', 'language of the term; other than English it takes a model (en)')
    .option('--provider <name>', 'who is asked: lexical, or a model; nobody else stands in')
    .option('--out <file>', 'read it aloud into this file', file)
    .option('--voice <name>', 'voice that reads it')
    .option('--again', 'define it again when it is defined already')
    .action((term: string, options: DefineOptions) =>
      choose({ noun: 'definition', term, run: (session) => define(term, options, session) }),
    );
}

export const defineRequestOf = (term: string, options: DefineOptions) => ({
  term,
  context: {
    organisational: options.context ?? [],
    juridical: options.juridical ?? [],
    legalBasis: options.legalBasis ?? [],
  },
  category: options.category ?? '',
  kinds: options.kinds ?? [],
  language: options.language ?? '',
  provider: options.provider ?? '',
  voice: options.voice ?? '',
  narrate: options.out !== undefined,
  allowDuplicate: options.again ?? false,
  ...(options.maxExamples === undefined ? {} : { maxExamples: options.maxExamples }),
});

async function define(term: string, options: DefineOptions, session: Session): Promise<void> {
  if (options.out !== undefined) await canBeSaved(options.out);
  session.doing(`defining ${harmless(term)}`);
  const request = defineRequestOf(term, options);
  const response = await generate(request, session);
  if (!response) return;
  const { narration, degraded } = response;
  const saving = narration && options.out ? download(narration.object, options.out, session) : undefined;
  await tellWith(saving, (saved) => {
    session.document(() => ({ ...(GenerateDefinitionResponse.toJSON(response) as object), ...(saved && { saved }) }));
    const { width, style } = session.around;
    const shown = request.kinds.length > 0 ? KINDS.filter((kind) => request.kinds.includes(kind)) : KINDS;
    session.text([
      '',
      ...definitionView(response, width, style),
      ...makerView({ ...response, models: undefined, usage: [] }, width, style),
      '',
      ...examplesTable(response, width, style, shown),
      '',
      ...narrationRows(narration, { saved, fetch: '' }, { width, style }),
      ...missingRows(degraded, width, style),
    ]);
  });
}

async function generate(
  request: ReturnType<typeof defineRequestOf>,
  session: Session,
): Promise<GenerateDefinitionResponse | undefined> {
  const orchestrator = await session.peers.client('orchestrator', DefinitionServiceDefinition);
  const wanted = request.kinds.length || KINDS.length;
  let found = 0;
  for await (const message of orchestrator.streamDefinition({ request }, session.peers.call())) {
    session.message(() => StreamDefinitionResponse.toJSON(message));
    const { part } = message;
    if (part?.$case === 'examples') session.doing(`finding examples, ${(found += 1)} of ${wanted} kinds`);
    if (part?.$case === 'stored' && request.narrate) session.doing('reading it aloud');
    if (part?.$case === 'done') return part.value;
  }
  return undefined;
}
