import { parseArgs } from 'node:util';
import { UsageError } from '../problems.ts';
import { durationOption, wholeNumberOption } from '../requests/options.ts';

export interface StoryArguments {
  child: string;
  age: number;
  gender: 'female' | 'male' | 'other';
  interests: string[];
  /** A known moral, or one of your own. */
  moral: string;
  minutes: number | undefined;
  language: string;
  provider: string;
  voice: string;
  seed: number | undefined;
  deadlineMs: number | undefined;
  json: boolean;
  help: boolean;
}

export const STORY_HELP = `
  npm run demo -- story [options]

  Starts PostgreSQL and the services on temporary data, writes a bedtime story, has it read aloud, shows which
  process did what under which deadline, and stops everything.

    --child NAME          who it is told to (Mia)
    --age YEARS           1 to 18 (5)
    --gender WORD         female, male or other (other)
    --interests LIST      what the child likes, separated by commas (stars,foxes)
    --moral TEXT          kindness, honesty, bravery, friendship, perseverance, empathy, respect, responsibility,
                          or one of your own (kindness)
    --minutes N           how long it takes to read aloud, 1 to 30 (5)
    --language TAG        language of the story, such as nl; other than English it takes a model (en)
    --provider NAME       who writes: offline-grammar, or a model as it is configured; nobody else stands in
    --voice NAME          voice that reads it
    --seed N              the same seed tells the same story
    --deadline TIME       how long it may take in all: 20s, 90s (2m)
    --json                one JSON object on standard output, progress on standard error
    --help

  OPENAI_API_KEY: a model writes, in any language (docs/providers.md).
  Exit codes are those of npm run demo -- --help.
`;

const OPTIONS = {
  child: { type: 'string', default: 'Mia' },
  age: { type: 'string', default: '5' },
  gender: { type: 'string', default: 'other' },
  interests: { type: 'string', default: 'stars,foxes' },
  moral: { type: 'string', default: 'kindness' },
  minutes: { type: 'string' },
  language: { type: 'string', default: '' },
  provider: { type: 'string', default: '' },
  voice: { type: 'string', default: '' },
  seed: { type: 'string' },
  deadline: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const HELP_COMMAND = 'npm run demo -- story --help';

export function parseStoryArguments(args: readonly string[]): StoryArguments {
  const { age, minutes, seed, deadline, gender, interests, ...values } = parse(args);
  return {
    ...values,
    age: wholeNumberOption('age', age, HELP_COMMAND),
    gender: genderOf(gender),
    interests: interests.split(',').map((interest) => interest.trim()),
    minutes: minutes === undefined ? undefined : wholeNumberOption('minutes', minutes, HELP_COMMAND),
    seed: seed === undefined ? undefined : seedOf(seed),
    deadlineMs: deadline === undefined ? undefined : durationOption(deadline, HELP_COMMAND),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node adds advice on positional arguments, of which there are none here.
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new UsageError(sentence, HELP_COMMAND);
  }
}

function genderOf(word: string): StoryArguments['gender'] {
  if (word === 'female' || word === 'male' || word === 'other') return word;
  throw new UsageError(`--gender: "${word}" is not one of female, male, other`, HELP_COMMAND);
}

function seedOf(text: string): number {
  const seed = wholeNumberOption('seed', text, HELP_COMMAND);
  if (seed >= 0) return seed;
  throw new UsageError(`--seed: "${text}" is below 0`, HELP_COMMAND);
}
