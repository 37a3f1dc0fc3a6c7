import { idIn } from '@exempla/contracts';
import {
  GenerateStoryResponse,
  StoryServiceDefinition,
  StreamGenerateStoryResponse,
} from '@exempla/contracts/orchestrator/v1/story_service';
import type { Command } from 'commander';
import { UsageError } from '../problems.ts';
import { GENDERS, type GenderWord, lessonOf } from '../requests/story.ts';
import { canBeSaved } from '../speech/save-sound.ts';
import { DraftProgress } from '../terminal/draft-progress.ts';
import { makerView } from '../terminal/maker-view.ts';
import { paragraphLines, storyFacts, titleLine } from '../terminal/story-view.ts';
import { harmless } from '../terminal/text.ts';
import type { Choose } from './invocation.ts';
import { download, missingRows, narrationRows, tellWith } from './narration.ts';
import type { Session } from './session.ts';
import { file, gender, list, nameIn, seed, wholeNumber } from './values.ts';

export interface StoryOptions {
  child: string;
  age?: number;
  gender: GenderWord;
  interests?: string[];
  hero?: string;
  moral?: string;
  minutes?: number;
  language?: string;
  provider?: string;
  /** `--no-audio` makes it false. */
  audio: boolean;
  voice?: string;
  out?: string;
  continue?: string;
  seed?: number;
}

/** A model that writes several drafts, and reading them aloud, take longer than the thirty seconds that a call has by default. */
const USUAL_MS = 120_000;

export function addStory(program: Command, choose: Choose): void {
  program
    .command('story')
    .description('write a bedtime story, read it aloud, and store it')
    .requiredOption('--child <name>', 'who it is told to: a name, or children/ID of an existing child')
    .option('--age <years>', '1 to 18', wholeNumber)
    .option('--interests <list>', 'what the child likes, separated by commas', list)
    .option('--gender <word>', 'female, male or other', gender, 'other')
    .option('--hero <id>', 'an existing hero', nameIn('heroes'))
    .option(
      '--moral <text>',
      'kindness, honesty, bravery, friendship, perseverance, empathy, respect, responsibility, or one of your own (kindness)',
    )
    .option('--minutes <n>', 'how long it takes to read aloud, 1 to 30 (5)', wholeNumber)
    .option('--language <tag>', 'language of the story; other than English it takes a model (en)')
    .option('--provider <name>', 'who writes: offline-grammar, or a model; nobody else stands in')
    .option('--continue <story>', 'the previous story of a series', nameIn('stories'))
    .option('--no-audio', 'do not read it aloud')
    .option('--voice <name>', 'voice that reads it')
    .option('--out <file>', 'save the narration to this file', file)
    .option('--seed <n>', 'the same seed and the same wishes tell the same story', seed)
    .action((options: StoryOptions) => {
      const request = storyRequestOf(options);
      choose({ noun: 'story', run: (session) => tell(request, options.out, session) });
    });
}

export type StoryRequest = ReturnType<typeof storyRequestOf>;

/** Throws UsageError when a child given by name lacks what a story needs. */
export function storyRequestOf(options: StoryOptions) {
  const { moral, minutes, seed: chosen } = options;
  if (options.out !== undefined && !options.audio)
    throw new UsageError('--out saves what --no-audio does not make: leave out one of them', HELP);
  return {
    toldTo: toldTo(options),
    hero: options.hero ?? '',
    language: options.language ?? '',
    provider: options.provider ?? '',
    narrate: options.audio,
    voice: options.voice ?? '',
    previousStory: options.continue ?? '',
    ...(moral === undefined ? {} : { lesson: lessonOf(moral) }),
    ...(minutes === undefined ? {} : { lengthMinutes: minutes }),
    ...(chosen === undefined ? {} : { seed: chosen }),
  };
}

const HELP = 'exempla story --help';

function toldTo({ child, age, gender: word, interests = [] }: StoryOptions) {
  if (child.startsWith('children/')) return { $case: 'child', value: child } as const;
  if (age === undefined) throw new UsageError('A child given by name needs --age', HELP);
  if (interests.length === 0) throw new UsageError('A child given by name needs --interests', HELP);
  const value = { displayName: child, age: { $case: 'years', value: age } as const, gender: GENDERS[word], interests };
  return { $case: 'newChild', value } as const;
}

async function tell(request: StoryRequest, out: string | undefined, session: Session): Promise<void> {
  if (out !== undefined) await canBeSaved(out);
  session.doing('writing the story');
  const { width, style } = session.around;
  const response = await write(request, session);
  if (!response) return;
  const { story, narration, degraded, fallbackReason } = response;
  const saving = narration && out ? download(narration.object, out, session) : undefined;
  await tellWith(saving, (saved) => {
    session.document(() => ({ ...(GenerateStoryResponse.toJSON(response) as object), ...(saved && { saved }) }));
    if (!story) return;
    session.text([
      '',
      ...storyFacts(story, width, style),
      ...makerView({ provider: story.model, fallbackReason, models: undefined, usage: [] }, width, style),
      ...narrationRows(narration, { saved, fetch: `exempla stories audio ${idIn(story.name)}` }, { width, style }),
      ...missingRows(degraded, width, style),
    ]);
  });
}

/** Shows each part as it comes; the last is the whole answer. */
async function write(request: StoryRequest, session: Session): Promise<GenerateStoryResponse | undefined> {
  const { width, style } = session.around;
  const orchestrator = await session.peers.client('orchestrator', StoryServiceDefinition);
  const drafts = new DraftProgress();
  for await (const message of orchestrator.streamGenerateStory({ request }, session.peers.call(USUAL_MS))) {
    session.message(() => StreamGenerateStoryResponse.toJSON(message));
    const { part } = message;
    if (part?.$case === 'draft') session.doing(drafts.after(part.value));
    if (part?.$case === 'title') session.text(['', titleLine(harmless(part.value), style)]);
    if (part?.$case === 'text') {
      session.text(paragraphLines(part.value, width));
      session.doing('keeping it');
    }
    if (part?.$case === 'saved' && request.narrate) session.doing('reading it aloud');
    if (part?.$case === 'done') return part.value;
  }
  return undefined;
}
