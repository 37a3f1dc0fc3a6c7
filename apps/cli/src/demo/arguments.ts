import { parseArgs } from 'node:util';
import { UsageError } from '../problems.ts';
import { durationOption, wholeNumberOption } from '../requests/options.ts';

export interface DemoArguments {
  term: string;
  organisational: string[];
  juridical: string[];
  legalBasis: string[];
  category: string;
  language: string;
  provider: string;
  voice: string;
  maxExamples: number | undefined;
  deadlineMs: number | undefined;
  json: boolean;
  help: boolean;
}

export const HELP = `
  npm run demo [-- options]

  Starts PostgreSQL and the four services on temporary data, defines a term with six kinds of examples,
  has it read aloud, shows which process did what under which deadline, and stops everything.
  npm run demo -- story --help: the same with a bedtime story.

    --term TERM           what to define (entropy)
    --context TEXT        where it is used, such as "banking"; may be repeated
    --juridical TEXT      field of law, such as "criminal law"; may be repeated
    --legal-basis TEXT    act or article; may be repeated
    --category TEXT       prefers senses of a category, such as "substance"
    --language TAG        language of the term, such as nl; other than English it takes a model (en)
    --provider NAME       who is asked: lexical, or a model as it is configured; nobody else stands in
    --max-examples N      examples of each kind, 1 to 50
    --voice NAME          voice that reads it
    --deadline TIME       how long it may take in all: 500ms, 3s, 2m
    --json                one JSON object on standard output, progress on standard error
    --help

  Exit code: 0 done; 1 not started; 2 wrong command line; 4 unknown term; 10 deadline passed; 130 interrupted; the
  others are in docs/cli.md.
  OPENAI_API_KEY: a model defines and finds examples, in any language (docs/providers.md).
  DATABASE_ADMIN_URL: uses that PostgreSQL server in place of the embedded one; it drops what it creates there.
`;

const HELP_COMMAND = 'npm run demo -- --help';

const OPTIONS = {
  term: { type: 'string', default: 'entropy' },
  context: { type: 'string', multiple: true, default: [] as string[] },
  juridical: { type: 'string', multiple: true, default: [] as string[] },
  'legal-basis': { type: 'string', multiple: true, default: [] as string[] },
  category: { type: 'string', default: '' },
  language: { type: 'string', default: '' },
  provider: { type: 'string', default: '' },
  'max-examples': { type: 'string' },
  voice: { type: 'string', default: '' },
  deadline: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export function parseDemoArguments(args: readonly string[]): DemoArguments {
  const values = parse(args);
  return {
    term: values.term,
    organisational: values.context,
    juridical: values.juridical,
    legalBasis: values['legal-basis'],
    category: values.category,
    language: values.language,
    provider: values.provider,
    voice: values.voice,
    maxExamples:
      values['max-examples'] === undefined
        ? undefined
        : wholeNumberOption('max-examples', values['max-examples'], HELP_COMMAND),
    deadlineMs: values.deadline === undefined ? undefined : durationOption(values.deadline, HELP_COMMAND),
    json: values.json,
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node adds advice on positional arguments, of which there are none here.
    const [sentence = ''] = (error as Error).message.split('. ');
    const term = /^Unexpected argument '(.*)'/.exec(sentence)?.[1];
    throw usage(term === undefined ? sentence : `Unexpected "${term}". To define it: --term "${term}"`);
  }
}

const usage = (message: string): UsageError => new UsageError(message, HELP_COMMAND);
