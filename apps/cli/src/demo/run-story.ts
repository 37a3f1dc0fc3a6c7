import type { Hop } from '@exempla/launch';
import { endingView } from '../terminal/ending-view.ts';
import { storyView } from '../terminal/story-view.ts';
import { type Maker, makerView } from '../terminal/maker-view.ts';
import { harmless } from '../terminal/text.ts';
import { openDemoMesh } from './demo-mesh.ts';
import { HopCollector } from './hop-collector.ts';
import { modelsIn, modelLine, type Models } from './models.ts';
import { makeOutputFolder, saveSpeech } from './save-speech.ts';
import { showHops } from './show-hops.ts';
import type { StoryArguments } from './story-arguments.ts';
import { storyReportOf } from './story-report.ts';
import type { Surroundings } from './surroundings.ts';
import { tellStory, type Told } from './tell-story.ts';
import { usageOf } from './usage.ts';

/** As the definition's demo: start, tell a story, show, stop. A failure is thrown after everything has stopped. */
export async function runStoryDemo(args: StoryArguments, surroundings: Surroundings): Promise<void> {
  const { screen, signal } = surroundings;
  const models = await modelsIn(surroundings.env);
  await makeOutputFolder();
  if (models.size > 0) screen.progress.done('model', modelLine(models));
  const collector = new HopCollector();
  await using local = await openDemoMesh(surroundings, collector);
  screen.progress.doing(`writing a story for ${harmless(args.child)}, then reading it aloud`);
  const told = await tellStory(args, local.mesh.addressOf('orchestrator'), signal);
  const hops = await collector.settled({ traceId: told.traceId, services: expectedServices(told) });
  if (told.outcome.type === 'failed') {
    if (!args.json && hops.length > 0 && !signal.aborted) showHops(screen, hops, told);
    throw told.outcome.error;
  }
  await show(args, { told, hops, storage: local.mesh.addressOf('storage'), models }, surroundings);
  screen.progress.doing('stopping');
}

interface Finished {
  told: Told;
  hops: readonly Hop[];
  storage: string;
  models: Models;
}

async function show(
  args: StoryArguments,
  { told, hops, storage, models }: Finished,
  { screen, signal }: Surroundings,
): Promise<void> {
  if (told.outcome.type === 'failed') return;
  const { response } = told.outcome;
  const { narration, story, fallbackReason } = response;
  const maker: Maker = {
    provider: story?.model ?? '',
    fallbackReason,
    models,
    usage: models.size > 0 ? await usageOf(storage, signal) : [],
  };
  const audio = narration ? await saveSpeech(story?.title ?? args.child, narration, storage, signal) : null;
  if (args.json) {
    screen.print(JSON.stringify(storyReportOf({ response, maker, audio, hops, ...told })));
    return;
  }
  screen.progress[Symbol.dispose]();
  const { width, style, print } = screen;
  const blocks = [
    storyView(response, width, style),
    [...makerView(maker, width, style), ...endingView(response, audio, width, style)],
  ];
  for (const block of blocks.filter(({ length }) => length > 0)) ['', ...block].forEach(print);
  showHops(screen, hops, told);
}

const SERVICES = ['orchestrator', 'storage', 'audio'];

/** An answer with every part had every service at work; otherwise only the one that was asked is sure. */
const expectedServices = ({ outcome }: Told): string[] =>
  outcome.type === 'ok' && outcome.response.degraded.length === 0 ? SERVICES : ['orchestrator'];
