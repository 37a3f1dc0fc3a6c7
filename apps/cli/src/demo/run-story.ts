import type { Hop } from '@exempla/launch';
import { endingView } from '../terminal/ending-view.ts';
import { storyView } from '../terminal/story-view.ts';
import { harmless } from '../terminal/text.ts';
import { openDemoMesh } from './demo-mesh.ts';
import { HopCollector } from './hop-collector.ts';
import { saveSpeech } from './save-speech.ts';
import { showHops } from './show-hops.ts';
import type { StoryArguments } from './story-arguments.ts';
import { storyReportOf } from './story-report.ts';
import type { Surroundings } from './surroundings.ts';
import { tellStory, type Told } from './tell-story.ts';

/** As the definition's demo: start, tell a story, show, stop. A failure is thrown after everything has stopped. */
export async function runStoryDemo(args: StoryArguments, surroundings: Surroundings): Promise<void> {
  const { screen, signal } = surroundings;
  const collector = new HopCollector();
  await using local = await openDemoMesh(surroundings, collector);
  screen.progress.doing(`writing a story for ${harmless(args.child)}, then reading it aloud`);
  const told = await tellStory(args, local.mesh.addressOf('orchestrator'), signal);
  const hops = await collector.settled({ traceId: told.traceId, services: expectedServices(told) });
  if (told.outcome.type === 'failed') {
    if (!args.json && hops.length > 0 && !signal.aborted) showHops(screen, hops, told);
    throw told.outcome.error;
  }
  await show(args, { told, hops, storage: local.mesh.addressOf('storage') }, surroundings);
  screen.progress.doing('stopping');
}

interface Finished {
  told: Told;
  hops: readonly Hop[];
  storage: string;
}

async function show(
  args: StoryArguments,
  { told, hops, storage }: Finished,
  { screen, signal }: Surroundings,
): Promise<void> {
  if (told.outcome.type === 'failed') return;
  const { response } = told.outcome;
  const { narration, story } = response;
  const audio = narration ? await saveSpeech(story?.title ?? args.child, narration, storage, signal) : null;
  if (args.json) {
    screen.print(JSON.stringify(storyReportOf(response, audio, hops, told)));
    return;
  }
  screen.progress[Symbol.dispose]();
  const { width, style, print } = screen;
  const blocks = [storyView(response, width, style), endingView(response, audio, width, style)];
  for (const block of blocks.filter(({ length }) => length > 0)) ['', ...block].forEach(print);
  showHops(screen, hops, told);
}

const SERVICES = ['orchestrator', 'storage', 'audio'];

/** An answer with every part had every service at work; otherwise only the one that was asked is sure. */
const expectedServices = ({ outcome }: Told): string[] =>
  outcome.type === 'ok' && outcome.response.degraded.length === 0 ? SERVICES : ['orchestrator'];
