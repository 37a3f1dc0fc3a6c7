import { expect, it } from '@jest/globals';
import { Story } from '@exempla/contracts/type/v1/story';
import { currentCall } from '@exempla/rpc';
import { exportSpansTo, METRICS, processMetrics, type EndedSpan } from '@exempla/telemetry';
import { eventually } from '@exempla/testing';
import { edgeWith } from './edge-under-test.ts';

it('each request is counted by route and status, and is the parent of the calls it led to', async () => {
  const spans: EndedSpan[] = [];
  let spanId: string | undefined;
  const getStory = async (): Promise<Story> => {
    spanId = currentCall()!.trace.spanId;
    return Story.fromPartial({ name: 'stories/1' });
  };
  const { app, lines } = await edgeWith({ stories: { getStory } });
  const stop = exportSpansTo({ ended: (span) => void spans.push(span), close: async () => {} });
  try {
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    for (const path of ['/api/v1/stories/1', '/api/v1/nowhere']) await (await fetch(url + path)).text();
    await eventually('both have ended', () => spans.length === 2);
  } finally {
    stop();
    await app.close();
  }
  expect(spans).toMatchObject([
    { kind: 'server', method: 'GET /api/v1/stories/:id', status: 'OK', trace: { spanId } },
    { kind: 'server', method: 'GET unknown', status: 'NOT_FOUND' },
  ]);
  const family = processMetrics.read().find(({ metric }) => metric === METRICS.httpDuration);
  expect(family?.points.map(({ labels }) => Object.values(labels))).toEqual([
    ['GET', '/api/v1/stories/:id', '200'],
    ['GET', 'unknown', '404'],
  ]);
  expect(lines.map(({ status }) => status)).toEqual([200, 404]);
});
