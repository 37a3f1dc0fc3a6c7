import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { createLogger, exportSpansTo, spanExport, startTelemetry, telemetrySettings } from '../src/index.ts';

const silent = createLogger({ service: 'test', level: 'silent' });
const target = () => ({ ended: () => {}, close: async () => {} });

describe('two servers in one process', () => {
  it('show the process once', async () => {
    const settings = telemetrySettings({ EXEMPLA_METRICS_PORT: '0' });
    const [one, two] = [await startTelemetry('one', settings, silent), await startTelemetry('two', settings, silent)];
    const residentBytes = async (port: number | undefined): Promise<number> => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return Number(/^process_memory_usage (\d+)/m.exec(text)?.[1]);
    };
    const seen = await residentBytes(one.metricsPort);
    expect(seen).toBeLessThan(process.memoryUsage.rss() * 1.5);
    await one.close();
    expect(await residentBytes(two.metricsPort)).toBeGreaterThan(0);
    await two.close();
  });

  it('do not end each other’s export of spans', () => {
    const [one, two] = [target(), target()];
    const stopOne = exportSpansTo(one);
    const stopTwo = exportSpansTo(two);
    stopOne();
    expect(spanExport()).toBe(two);
    stopTwo();
    expect(spanExport()).toBeUndefined();
  });
});

it('a start that fails leaves no port behind', async () => {
  const probe = createServer();
  const port = await new Promise<number>((resolve) =>
    probe.listen(0, '127.0.0.1', () => resolve((probe.address() as { port: number }).port)),
  );
  await new Promise((resolve) => probe.close(resolve));
  const before = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://[bad';
  try {
    const settings = { ...telemetrySettings({ EXEMPLA_METRICS_PORT: String(port) }), otlp: true };
    await expect(startTelemetry('late', settings, silent)).rejects.toThrow(/URL|endpoint/i);
    const again = await startTelemetry('again', telemetrySettings({ EXEMPLA_METRICS_PORT: String(port) }), silent);
    expect(again.metricsPort).toBe(port);
    await again.close();
  } finally {
    if (before === undefined) delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    else process.env.OTEL_EXPORTER_OTLP_ENDPOINT = before;
  }
});
