import { SERVICES, type Hop } from '@exempla/launch';
import type { LocalMesh } from '../mesh/local-mesh.ts';
import { definitionView } from '../terminal/definition-view.ts';
import { endingView } from '../terminal/ending-view.ts';
import { examplesTable } from '../terminal/examples-table.ts';
import { type Maker, makerView } from '../terminal/maker-view.ts';
import { harmless } from '../terminal/text.ts';
import type { DemoArguments } from './arguments.ts';
import { openDemoMesh } from './demo-mesh.ts';
import { type Generated, generate } from './generate.ts';
import { HopCollector } from './hop-collector.ts';
import { modelsIn, modelLine, type Models } from './models.ts';
import { type DemoResult, reportOf } from './report.ts';
import { makeOutputFolder, saveSpeech } from './save-speech.ts';
import { showHops } from './show-hops.ts';
import type { Surroundings } from './surroundings.ts';
import { usageOf } from './usage.ts';

/** The demo from nothing to nothing: start, define, show, stop. A failure is thrown after everything has stopped. */
export async function runDemo(args: DemoArguments, surroundings: Surroundings): Promise<void> {
  const { screen, signal } = surroundings;
  const models = await modelsIn(surroundings.env);
  await makeOutputFolder();
  if (models.size > 0) screen.progress.done('model', modelLine(models));
  const collector = new HopCollector();
  await using local = await openDemoMesh(surroundings, collector);
  screen.progress.doing(`defining ${harmless(args.term)}`);
  const made = await generate(args, models.size > 0, local.mesh.addressOf('orchestrator'), signal);
  const hops = await collector.settled({ traceId: made.traceId, services: expectedServices(made) });
  if (made.outcome.type === 'failed') {
    if (!args.json && hops.length > 0 && !signal.aborted) showHops(screen, hops, made);
    throw made.outcome.error;
  }
  await show(args, { made, response: made.outcome.response, hops, local, models }, surroundings);
  screen.progress.doing('stopping');
}

interface Finished {
  made: Generated;
  response: DemoResult['response'];
  hops: readonly Hop[];
  local: LocalMesh;
  models: Models;
}

async function show(args: DemoArguments, finished: Finished, { screen, signal }: Surroundings): Promise<void> {
  const { made, response, hops, local, models } = finished;
  const { narration, provider, fallbackReason } = response;
  const storage = local.mesh.addressOf('storage');
  const maker: Maker = {
    provider,
    fallbackReason,
    models,
    usage: models.size > 0 ? await usageOf(storage, signal) : [],
  };
  const audio = narration ? await saveSpeech(args.term, narration, storage, signal) : null;
  if (args.json) {
    const { startedAt, totalMs } = made;
    screen.print(JSON.stringify(reportOf({ term: args.term, response, maker, audio, hops, startedAt, totalMs })));
    return;
  }
  screen.progress[Symbol.dispose]();
  const { width, style } = screen;
  const blocks = [
    definitionView(response, width, style),
    examplesTable(response, width, style),
    [...makerView(maker, width, style), ...endingView(response, audio, width, style)],
  ];
  for (const block of blocks.filter(({ length }) => length > 0)) ['', ...block].forEach(screen.print);
  showHops(screen, hops, made);
}

/** An answer with every part had every service at work; otherwise only the one that was asked is sure. */
function expectedServices({ outcome }: Generated): string[] {
  const whole = outcome.type === 'ok' && outcome.response.degraded.length === 0;
  return whole ? SERVICES.map(({ name }) => name) : ['orchestrator'];
}
