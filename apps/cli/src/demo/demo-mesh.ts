import { type LocalMesh, openLocalMesh } from '../mesh/local-mesh.ts';
import { noticeOf } from '../mesh/notice.ts';
import { harmless } from '../terminal/text.ts';
import type { HopCollector } from './hop-collector.ts';
import type { Surroundings } from './surroundings.ts';

/** The mesh on temporary data; what it does is seen as progress, and its hops are collected. */
export function openDemoMesh({ screen, signal, env, adminUrl }: Surroundings, hops: HopCollector): Promise<LocalMesh> {
  const { progress } = screen;
  progress.doing('starting PostgreSQL and the services');
  return openLocalMesh({
    env,
    signal,
    ...(adminUrl ? { adminUrl } : {}),
    onHop: (hop) => hops.add(hop),
    onLine: (line) => {
      const notice = noticeOf(line);
      if (notice && !signal.aborted) progress.done(line.process, harmless(notice));
    },
    onDatabase: (detail) => progress.done('postgres', detail),
    onEvent: (event) => {
      if (event.type === 'started') progress.done(event.service, `port ${event.port}, pid ${event.pid}`);
    },
  });
}
