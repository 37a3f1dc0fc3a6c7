import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keepPostgres, type MeshEvent, type RestartPolicy } from '@exempla/launch';
import { allGone, holdsWithin, query, temporaryDirectory } from './support.ts';

const SOON: RestartPolicy = { type: 'backoff', maxAttempts: 8, firstDelayMs: 50, maxDelayMs: 1000 };

describe('keepPostgres', () => {
  it('starts a server that was killed again on its port, with what was committed', async () => {
    await using directory = await temporaryDirectory(0o755);
    const events: MeshEvent[] = [];
    const restarted = Promise.withResolvers<void>();
    const server = await keepPostgres({
      dataDir: join(directory.path, 'data'),
      restart: SOON,
      onEvent: (event) => {
        events.push(event);
        if (event.type === 'started') restarted.resolve();
      },
    });
    const { pid: before, adminUrl, port } = server;
    await query(adminUrl, 'create table kept as select 7 as seven');
    process.kill(before, 'SIGKILL');
    await restarted.promise;
    await expect(query(adminUrl, 'select seven from kept')).resolves.toEqual([{ seven: 7 }]);
    expect(server.pid).not.toBe(before);
    expect(events[0]).toEqual({ type: 'ended', service: 'postgres', pid: before, how: 'SIGKILL' });
    expect(events.at(-1)).toEqual({ type: 'started', service: 'postgres', pid: server.pid, port });
    await server.stop();
    expect(await allGone([before, server.pid])).toBe(true);
    // An end that was asked for is not told of.
    expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
  });

  it('does not start again what is stopped while it waits', async () => {
    await using directory = await temporaryDirectory(0o755);
    const waiting = Promise.withResolvers<void>();
    const server = await keepPostgres({
      dataDir: join(directory.path, 'data'),
      restart: { ...SOON, firstDelayMs: 600_000, maxDelayMs: 600_000 },
      onEvent: ({ type }) => type === 'restarting' && waiting.resolve(),
    });
    const { pid } = server;
    process.kill(pid, 'SIGINT');
    await waiting.promise;
    await server.stop();
    expect(server.pid).toBe(pid);
    expect(await holdsWithin(2000, () => allGone([pid]))).toBe(true);
  });

  it('gives up on data that no server can be started on, and says so', async () => {
    await using directory = await temporaryDirectory(0o755);
    const dataDir = join(directory.path, 'data');
    const givenUp = Promise.withResolvers<MeshEvent>();
    const said: string[] = [];
    await using server = await keepPostgres({
      dataDir,
      restart: { ...SOON, maxAttempts: 2 },
      onEvent: (event) => event.type === 'given-up' && givenUp.resolve(event),
      log: (message) => said.push(message),
    });
    await query(server.adminUrl, `alter system set shared_preload_libraries = 'there_is_no_such_library'`);
    process.kill(server.pid, 'SIGINT');
    await expect(givenUp.promise).resolves.toEqual({ type: 'given-up', service: 'postgres', attempts: 2 });
    expect(said.join('\n')).toContain('there_is_no_such_library');
  });
});
