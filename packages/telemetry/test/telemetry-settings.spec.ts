import { describe, expect, it } from '@jest/globals';
import { telemetrySettings } from '../src/index.ts';

describe('telemetry settings', () => {
  it('without any: all spans logged, all traces sampled, nothing served and nothing sent', () => {
    expect(telemetrySettings({})).toEqual({ okSpanShare: 1, rootShare: 1, metrics: undefined, otlp: false });
  });

  it.each([
    ['all', 1],
    ['errors', 0],
    ['0.1', 0.1],
    [' ', 1],
  ])('EXEMPLA_LOG_SPANS=%s logs the share %d of what went well', (raw, okSpanShare) => {
    expect(telemetrySettings({ EXEMPLA_LOG_SPANS: raw })).toMatchObject({ okSpanShare });
  });

  it('serves metrics for this machine unless told otherwise', () => {
    expect(telemetrySettings({ EXEMPLA_METRICS_PORT: '9464' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 });
    const open = { EXEMPLA_METRICS_PORT: '0', EXEMPLA_METRICS_HOST: '0.0.0.0' };
    expect(telemetrySettings(open).metrics).toEqual({ host: '0.0.0.0', port: 0 });
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4317' }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c' }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'c:4317' }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'unix:///run/collector.sock' }, true],
    // Nothing is sent, so it matters to nobody where to.
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'rubbish', OTEL_TRACES_EXPORTER: 'none' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4317', OTEL_SDK_DISABLED: 'true' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4317', OTEL_TRACES_EXPORTER: 'none' }, false],
  ])('%j sends spans: %s', (env, otlp) => {
    expect(telemetrySettings(env)).toMatchObject({ otlp });
  });

  it.each([
    ['always_on', undefined, 1],
    ['parentbased_always_off', undefined, 0],
    ['traceidratio', '0.25', 0.25],
    ['parentbased_traceidratio', undefined, 1],
  ])('OTEL_TRACES_SAMPLER=%s with %s samples the share %d', (sampler, argument, rootShare) => {
    const env = { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument };
    expect(telemetrySettings(env)).toMatchObject({ rootShare });
  });

  it.each([
    ['EXEMPLA_LOG_SPANS', 'some', 'all, errors, or a share'],
    ['EXEMPLA_LOG_SPANS', '1.1', 'all, errors, or a share'],
    ['EXEMPLA_METRICS_PORT', '65536', 'a whole number from 0 to 65535'],
    ['EXEMPLA_METRICS_PORT', 'x', 'a whole number from 0 to 65535'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'rubbish', 'http://collector:4317'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://[bad', 'http://collector:4317'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'ftp://c:4317', 'http://collector:4317'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'c:431700', 'http://collector:4317'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote', 'always_on, always_off or traceidratio'],
  ])('%s=%s is refused by name', (name, raw, expected) => {
    expect(() => telemetrySettings({ [name]: raw })).toThrow(expected);
    expect(() => telemetrySettings({ [name]: raw })).toThrow(name);
  });
});
