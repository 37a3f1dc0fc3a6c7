import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { eventually, openHandles } from '@exempla/testing';
import { METRICS, MetricRegistry } from '../src/index.ts';
import { serveMetrics } from '../src/metrics/endpoint.ts';

const started = async (registry = new MetricRegistry()) => {
  const endpoint = await serveMetrics({ host: '127.0.0.1', port: 0, service: 'probe', registry });
  const url = `http://127.0.0.1:${endpoint.port}`;
  return { url, registry, [Symbol.asyncDispose]: () => endpoint.close() };
};

describe('the metrics endpoint', () => {
  it('says in the text of Prometheus what was counted', async () => {
    await using at = await started();
    const labels = { 'grpc.method': 'a.B/C', 'grpc.status': 'OK' };
    const histogram = at.registry.histogram(METRICS.serverDuration, labels);
    histogram.record(0.0004);
    histogram.record(3);
    histogram.record(1_000);
    at.registry.counter(METRICS.serverStarted, { 'grpc.method': 'a"\\\n' }).add(4);
    at.registry.observe(METRICS.serverInFlight, () => [{ value: 2 }]);
    const response = await fetch(`${at.url}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    const lines = text.split('\n');
    expect(lines).toContain('# TYPE grpc_server_call_duration histogram');
    expect(lines).toContain('grpc_server_call_duration_count{grpc_method="a.B/C",grpc_status="OK"} 3');
    expect(lines).toContain('grpc_server_call_duration_bucket{grpc_method="a.B/C",grpc_status="OK",le="0.0003"} 0');
    expect(lines).toContain('grpc_server_call_duration_bucket{grpc_method="a.B/C",grpc_status="OK",le="0.0006"} 1');
    expect(lines).toContain('grpc_server_call_duration_bucket{grpc_method="a.B/C",grpc_status="OK",le="100"} 2');
    expect(lines).toContain('grpc_server_call_duration_bucket{grpc_method="a.B/C",grpc_status="OK",le="+Inf"} 3');
    expect(lines).toContain(String.raw`grpc_server_call_started_total{grpc_method="a\"\\\n"} 4`);
    expect(lines).toContain('exempla_server_in_flight 2');
    expect(text).toMatch(/target_info\{[^}]*service_name="probe"/);
    expect(text).toMatch(/process_cpu_time_total\{cpu_mode="user"\} [\d.]+/);
    expect(text).toMatch(/process_memory_usage \d{6,}/);
  });

  it('answers only those who read metrics', async () => {
    await using at = await started();
    expect((await fetch(`${at.url}/metrics?name=x`)).status).toBe(200);
    expect((await fetch(`${at.url}/`)).status).toBe(404);
    expect((await fetch(`${at.url}/metrics/../secret`)).status).toBe(404);
    expect((await fetch(`${at.url}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('a port that is taken is said by name', async () => {
    await using at = await started();
    const port = Number(new URL(at.url).port);
    const options = { host: '127.0.0.1', port, service: 'late', registry: new MetricRegistry() };
    await expect(serveMetrics(options)).rejects.toThrow(`metrics cannot be served at 127.0.0.1:${port}`);
  });

  it('closes, also for one who keeps the line open', async () => {
    const at = await started();
    await (await fetch(`${at.url}/metrics`)).text();
    const idle = connect(Number(new URL(at.url).port), '127.0.0.1');
    idle.on('error', () => {});
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    await at[Symbol.asyncDispose]();
    await closed;
    await eventually('no server is left', () => !('TCPServerWrap' in openHandles()));
    expect(idle.destroyed).toBe(true);
  });
});
