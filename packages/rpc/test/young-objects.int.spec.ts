import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Http2Stream } from 'node:http2';
import { eventually } from '@exempla/testing';
import { startProbe, type ProbeSetup } from './probe-server.ts';

describe('what a call leaves behind', () => {
  let setup: ProbeSetup;
  beforeAll(async () => {
    setup = await startProbe();
  });
  afterAll(async () => setup[Symbol.asyncDispose]());

  it.each(['server', 'client'])(
    'is not held by the HTTP/2 stream of its %s: nobody listens there any more',
    async (end) => {
      const streams: Http2Stream[] = [];
      const created = (message: unknown): void => void streams.push((message as { stream: Http2Stream }).stream);
      const channel = `http2.${end}.stream.created`;
      subscribe(channel, created);
      try {
        await setup.client.ask({ behaviour: 'answer' });
        for await (const _ of setup.client.count({ to: 3 }));
        await expect(setup.client.ask({ behaviour: '' })).rejects.toMatchObject({ reason: 'INVALID_REQUEST' });
      } finally {
        unsubscribe(channel, created);
      }
      expect(streams).toHaveLength(3);
      await eventually('all are over', () => streams.every(({ closed, destroyed }) => closed && destroyed));
      await eventually('nobody listens', () => streams.every((stream) => stream.eventNames().length === 0));
    },
  );
});
