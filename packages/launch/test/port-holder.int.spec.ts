import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { findPortHolder, listeningInodes } from '../src/mesh/port-holder.ts';
import { freePorts, isPortFree } from '../src/processes/free-ports.ts';

describe('a port', () => {
  it('that is taken is known with its holder', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      expect(await isPortFree(port)).toBe(false);
      expect(await findPortHolder(port)).toMatchObject({ pid: process.pid, command: expect.stringContaining('node') });
    } finally {
      server.close();
      await once(server, 'close');
    }
    expect(await isPortFree(port)).toBe(true);
    expect(await findPortHolder(port)).toBeUndefined();
  });

  it('that is free is none that an outgoing connection can be given', async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
    expect(Math.max(...ports)).toBeLessThan(32_768);
    expect(await Promise.all(ports.map((port) => isPortFree(port)))).not.toContain(false);
  });

  it('is read from the table of the kernel, listeners only', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:C383 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 777 1',
      '   1: 0100007F:C383 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 888 1',
      '   2: 0100007F:C384 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 999 1',
    ].join('\n');
    expect(listeningInodes(table, 0xc383)).toEqual(['777']);
  });
});
