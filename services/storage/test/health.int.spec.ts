import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkHealth } from '@exempla/rpc';
import { eventually } from '@exempla/testing';
import { StorageModule } from '../src/storage.module.ts';
import { startTestServer, type TestServer } from './database.ts';
import { muteableProxy } from './muteable-proxy.ts';
import { startService } from './service.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('health of the service', () => {
  it('is NOT_SERVING when its database stops answering, although the process is well', async () => {
    const database = await server.database();
    const proxy = await muteableProxy(server.postgres.port);
    const through = (url: string): string => url.replace(`:${server.postgres.port}/`, `:${proxy.port}/`);
    const urls = { url: through(database.url), adminUrl: through(database.adminUrl) };
    const dependencyTimes = { everyMs: 50, deadlineMs: 300 };
    const service = await startService(urls, {}, { dependencies: StorageModule.dependencies, dependencyTimes });
    expect(await checkHealth(service.channel)).toBe('SERVING');
    proxy.mute();
    await eventually('not serving', async () => (await checkHealth(service.channel)) === 'NOT_SERVING');
    const line = service.log.lines.find(({ event }) => event === 'dependency-away');
    expect(line).toMatchObject({ dependency: 'database' });
    await proxy.close();
    await service.stop();
  });
});
