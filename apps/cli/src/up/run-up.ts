import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  DEFAULT_RESTART,
  GATEWAY,
  type Lock,
  LockedError,
  type MeshEvent,
  SERVICES,
  takeLock,
  variable,
} from '@exempla/launch';
import type { Config } from '../config.ts';
import { type LocalMesh, openLocalMesh } from '../mesh/local-mesh.ts';
import { newsOnly, noticeOf } from '../mesh/notice.ts';
import type { Progress } from '../terminal/progress.ts';
import type { Style } from '../terminal/style.ts';
import { harmless } from '../terminal/text.ts';
import { notWritable, RefusedError } from '../problems.ts';
import { DATA_DIRECTORY, LOCK_FILE } from './data-directory.ts';
import { openServiceLogs } from './service-logs.ts';
import { tryLines } from './try-lines.ts';

export interface UpScreen {
  print: (line: string) => void;
  style: Style;
  progress: Progress;
}

/** Runs the mesh until the signal aborts, then drains it. */
export async function runUp(config: Config, signal: AbortSignal, screen: UpScreen): Promise<void> {
  const directory = resolve(DATA_DIRECTORY);
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw notWritable(directory, error);
  });
  await using _lock = await lockOf(directory);
  await using logs = await openServiceLogs(join(directory, 'logs'));
  const { progress, print, style } = screen;
  progress.doing('starting PostgreSQL and the services');
  const tell = (service: string, text: string): void => {
    progress[Symbol.dispose]();
    print(`  ${style.service(service, service.padEnd(13))} ${text}`);
  };
  const isNews = newsOnly();
  await using local = await openLocalMesh({
    ...definedOf(config),
    directory,
    signal,
    gateway: true,
    restart: DEFAULT_RESTART,
    onDatabase: (detail) => progress.done('postgres', detail),
    onEvent: (event) => showEvent(event, progress, tell, style),
    onLine: (line) => {
      logs.write(line);
      const notice = noticeOf(line);
      if (notice && !signal.aborted && isNews(line.process, notice)) tell(line.process, style.warn(harmless(notice)));
    },
  });
  progress[Symbol.dispose]();
  welcome(local, directory, screen);
  if (!signal.aborted) await once(signal, 'abort');
  print('');
  print(`  ${style.quiet('draining')}`);
}

function definedOf({ env, ports, adminUrl, url }: Config) {
  // Where commands reach a mesh is nothing to the services of this one.
  const own = new Set([GATEWAY, ...SERVICES].map(({ name }) => variable(name, 'TARGET')));
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !own.has(name)));
  return { env: kept, ports, ...(adminUrl ? { adminUrl } : {}), ...(url ? { url } : {}) };
}

async function lockOf(directory: string): Promise<Lock> {
  try {
    return await takeLock(join(directory, LOCK_FILE));
  } catch (error) {
    if (!(error instanceof LockedError)) throw notWritable(directory, error);
    const { pid } = error.holder;
    throw new RefusedError(
      `Process ${pid} already runs the mesh on ${directory}. End it with Ctrl-C where it runs, or with: kill ${pid}`,
      { cause: error },
    );
  }
}

function showEvent(
  event: MeshEvent,
  progress: Progress,
  tell: (service: string, text: string) => void,
  style: Style,
): void {
  const { service } = event;
  switch (event.type) {
    case 'started':
      return progress.done(service, `port ${event.port}, pid ${event.pid}`);
    case 'ended':
      return tell(service, style.bad(`process ${event.pid} ended by itself (${event.how})`));
    case 'restarting':
      return tell(service, style.warn(`starting again in ${event.delayMs / 1000} s, attempt ${event.attempt}`));
    case 'given-up':
      return tell(service, style.bad(`given up after ${event.attempts} attempts; the others go on`));
  }
}

function welcome({ mesh, adminUrl }: LocalMesh, directory: string, { print, style }: UpScreen): void {
  print('');
  print(`  ${style.service(GATEWAY.name, GATEWAY.name.padEnd(13))} http://${mesh.addressOf(GATEWAY.name)}`);
  for (const { name } of SERVICES) print(`  ${style.service(name, name.padEnd(13))} ${mesh.addressOf(name)}`);
  print(`  ${'postgres'.padEnd(13)} ${new URL(adminUrl).host}`);
  print(`  ${'data'.padEnd(13)} ${directory}`);
  print('');
  print(`  ${style.quiet('To try, in another terminal:')}`);
  for (const line of tryLines((service) => mesh.addressOf(service))) print(`  ${line}`);
  print('');
  print(`  ${style.quiet('Ctrl-C stops everything; the data stays until npm run reset.')}`);
}
