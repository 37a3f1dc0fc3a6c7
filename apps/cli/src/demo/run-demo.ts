import { SERVICES, type Hop } from '@exempla/launch';
import { type LocalMesh, openLocalMesh } from '../mesh/local-mesh.ts';
import { definitionView, endingView } from '../terminal/definition-view.ts';
import { examplesTable } from '../terminal/examples-table.ts';
import { noticeOf } from '../mesh/notice.ts';
import type { Progress } from '../terminal/progress.ts';
import type { Style } from '../terminal/style.ts';
import { harmless, whole } from '../terminal/text.ts';
import { waterfall } from '../terminal/waterfall.ts';
import type { DemoArguments } from './arguments.ts';
import { type Generated, generate } from './generate.ts';
import { HopCollector } from './hop-collector.ts';
import { type DemoResult, hopReport, reportOf } from './report.ts';
import { saveSpeech } from './save-speech.ts';

/** Where things are shown and how. */
export interface Screen {
  print: (line: string) => void;
  /** Columns. */
  width: number;
  style: Style;
  progress: Progress;
}

export interface Surroundings {
  screen: Screen;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
  adminUrl: string | undefined;
}

/** The demo from nothing to nothing: start, define, show, stop. A failure is thrown after everything has stopped. */
export async function runDemo(args: DemoArguments, surroundings: Surroundings): Promise<void> {
  const { screen, signal, env, adminUrl } = surroundings;
  const collector = new HopCollector();
  const { progress } = screen;
  progress.doing('starting PostgreSQL and the services');
  await using local = await openLocalMesh({
    env,
    signal,
    ...(adminUrl ? { adminUrl } : {}),
    onHop: (hop) => collector.add(hop),
    onLine: (line) => {
      const notice = noticeOf(line);
      if (notice && !signal.aborted) progress.done(line.process, harmless(notice));
    },
    onDatabase: (detail) => progress.done('postgres', detail),
    onEvent: (event) => {
      if (event.type === 'started') progress.done(event.service, `port ${event.port}, pid ${event.pid}`);
    },
  });
  progress.doing(`defining ${harmless(args.term)}`);
  const made = await generate(args, local.mesh.addressOf('orchestrator'), signal);
  const hops = await collector.settled({ traceId: made.traceId, services: expectedServices(made) });
  if (made.outcome.type === 'failed') {
    if (!args.json && hops.length > 0 && !signal.aborted) showHops(screen, hops, made);
    throw made.outcome.error;
  }
  await show(args, { made, response: made.outcome.response, hops, local }, surroundings);
  progress.doing('stopping');
}

interface Finished {
  made: Generated;
  response: DemoResult['response'];
  hops: readonly Hop[];
  local: LocalMesh;
}

async function show(args: DemoArguments, finished: Finished, { screen, signal }: Surroundings): Promise<void> {
  const { made, response, hops, local } = finished;
  const { narration } = response;
  const audio = narration ? await saveSpeech(args.term, narration, local.mesh.addressOf('storage'), signal) : null;
  if (args.json) {
    const { startedAt, totalMs } = made;
    screen.print(JSON.stringify(reportOf({ term: args.term, response, audio, hops, startedAt, totalMs })));
    return;
  }
  screen.progress[Symbol.dispose]();
  const { width, style } = screen;
  const blocks = [
    definitionView(response, width, style),
    examplesTable(response, width, style),
    endingView(response, audio, width, style),
  ];
  for (const block of blocks.filter(({ length }) => length > 0)) ['', ...block].forEach(screen.print);
  showHops(screen, hops, made);
}

function showHops({ print, width, style }: Screen, hops: readonly Hop[], { startedAt, totalMs }: Generated): void {
  const reports = hops.map(({ spanId, parentSpanId, ...hop }) => ({
    ...hopReport({ ...hop, spanId }, startedAt),
    spanId,
    ...(parentSpanId ? { parentSpanId } : {}),
  }));
  const pids = new Set(hops.map(({ pid }) => pid)).size;
  const sum = `${count(hops.length, 'hop')} in ${count(pids, 'process', 'processes')}, ${whole(totalMs)} ms in all`;
  print('');
  waterfall(reports, width, style).forEach(print);
  print('');
  print(`  ${style.quiet(sum)}`);
  print('');
}

const count = (number: number, one: string, more = `${one}s`): string => `${number} ${number === 1 ? one : more}`;

/** An answer with every part had every service at work; otherwise only the one that was asked is sure. */
function expectedServices({ outcome }: Generated): string[] {
  const whole = outcome.type === 'ok' && outcome.response.degraded.length === 0;
  return whole ? SERVICES.map(({ name }) => name) : ['orchestrator'];
}
