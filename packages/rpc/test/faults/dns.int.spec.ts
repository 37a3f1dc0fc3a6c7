import { describe, expect, it } from '@jest/globals';
import { startDnsServer } from '@exempla/testing';
import type { RemoteError } from '../../src/index.ts';
import { ProbeServiceDefinition } from '../gen/exempla/rpctest/v1/probe_service.ts';
import { startReplica } from './replicas.ts';

// grpc-js looks once, when it is loaded: with this it asks the name server that a `dns:` target names, and no other.
process.env['GRPC_NODE_USE_ALTERNATIVE_RESOLVER'] = 'true';
const { createClient, openChannel } = await import('../../src/index.ts');

const MAX_CALLS = 20_000;
const CALLS_AFTER = 200;

describe('a DNS target whose addresses change', () => {
  it('calls move to the new address when the connection has reached its age; none fails, and the old server may go', async () => {
    await using dns = await startDnsServer('127.0.0.1');
    await using old = await startReplica('old', { maxConnectionAgeMs: 400 });
    // One port at both: the target names it.
    await using young = await startReplica('young', { host: '127.0.0.2', port: old.port });
    const channel = openChannel(`dns://127.0.0.1:${dns.port}/probe.test:${old.port}`, [ProbeServiceDefinition]);
    const client = createClient(ProbeServiceDefinition, channel);
    const codes: number[] = [];
    const read = (): Promise<string> =>
      client.read({ behaviour: 'answer' }, { timeoutMs: 5_000 }).then(
        ({ text }) => text,
        (error: RemoteError) => (codes.push(error.code), 'failed'),
      );
    try {
      for (let i = 0; i < 20; i += 1) expect(await read()).toBe('old');
      const askedBefore = dns.asked();
      dns.resolveTo('127.0.0.2');
      let calls = 0;
      while (calls < MAX_CALLS && (await read()) === 'old') calls += 1;
      expect(dns.asked()).toBeGreaterThan(askedBefore);
      const exit = old.end('SIGTERM');
      for (let i = 0; i < CALLS_AFTER; i += 1) expect(await read()).toBe('young');
      expect(await exit).toBe(0);
      expect(codes).toEqual([]);
    } finally {
      channel.close();
    }
    await young.end('SIGTERM');
  });
});
