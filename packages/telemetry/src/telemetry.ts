import type { Logger } from './logger.ts';
import type { MetricsEndpoint } from './metrics/endpoint.ts';
import { processMetrics } from './metrics/registry.ts';
import { sampleRoots } from './trace-context.ts';
import { exportSpansTo, type SpanExport } from './traces/span-export.ts';

/** What a process tells of itself, and where. */
export interface TelemetrySettings {
  /** Of calls that answered OK so many are logged, 0 to 1; every other call is logged always. */
  readonly okSpanShare: number;
  /** Of the traces that begin here so many are sampled, 0 to 1. */
  readonly rootShare: number;
  /** Where `/metrics` is served; undefined: nowhere. Port 0 lets the operating system choose. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Whether spans go to a collector; where to, the exporter reads from the `OTEL_EXPORTER_OTLP_*` variables itself. */
  readonly otlp: boolean;
}

export interface Telemetry {
  /** Undefined when no metrics are served. */
  readonly metricsPort: number | undefined;
  /** Sends what waits, and stops. */
  close(): Promise<void>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads `EXEMPLA_LOG_SPANS`, `EXEMPLA_METRICS_*` and `OTEL_*`. Throws naming the variable that is wrong. */
export function telemetrySettings(env: Env): TelemetrySettings {
  const read = (name: string): string | undefined => env[name]?.trim() || undefined;
  const port = read('EXEMPLA_METRICS_PORT');
  const target = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'].find((name) => read(name));
  const off = read('OTEL_SDK_DISABLED')?.toLowerCase() === 'true' || read('OTEL_TRACES_EXPORTER') === 'none';
  const otlp = target !== undefined && !off;
  if (otlp && !isEndpoint(read(target) ?? '')) throw new Error(`${target} is not a URL such as http://collector:4317`);
  return {
    okSpanShare: okSpanShare(read('EXEMPLA_LOG_SPANS')),
    rootShare: rootShare(read('OTEL_TRACES_SAMPLER'), read('OTEL_TRACES_SAMPLER_ARG')),
    metrics: port === undefined ? undefined : { host: read('EXEMPLA_METRICS_HOST') ?? '127.0.0.1', port: portOf(port) },
    otlp,
  };
}

/** A URL, or `host:port`. The exporter takes any word for a host, and says nothing of spans that never arrive. */
const isEndpoint = (text: string): boolean => {
  if (!text.includes('://')) return /:\d/.test(text) && URL.canParse(`http://${text}`);
  return /^(?:https?|unix):$/.test(URL.parse(text)?.protocol ?? '');
};

/** Begins to serve metrics and to send spans, as far as `settings` ask for it. */
export async function startTelemetry(service: string, settings: TelemetrySettings, logger: Logger): Promise<Telemetry> {
  sampleRoots(settings.rootShare);
  // What is not asked for is not loaded: the SDK would be the greater part of a service's start.
  const endpoint = settings.metrics ? await metricsAt(service, settings.metrics) : undefined;
  try {
    const spans = settings.otlp ? await collector(service, logger) : undefined;
    const stopExport = spans && exportSpansTo(spans);
    return {
      metricsPort: endpoint?.port,
      close: async () => {
        stopExport?.();
        await Promise.all([endpoint?.close(), spans?.close()]);
      },
    };
  } catch (error) {
    await endpoint?.close();
    throw error;
  }
}

async function metricsAt(service: string, at: { host: string; port: number }): Promise<MetricsEndpoint> {
  const { serveMetrics } = await import('./metrics/endpoint.ts');
  return serveMetrics({ ...at, service, registry: processMetrics });
}

async function collector(service: string, logger: Logger): Promise<SpanExport> {
  const { otlpExport } = await import('./traces/otlp.ts');
  return otlpExport(service, logger);
}

function okSpanShare(raw: string | undefined): number {
  if (raw === undefined || raw === 'all') return 1;
  if (raw === 'errors') return 0;
  return share('EXEMPLA_LOG_SPANS', raw, 'all, errors, or a share from 0 to 1 such as 0.1');
}

/** The samplers of the OpenTelemetry specification. Ours always keep what a parent decided. */
function rootShare(sampler: string | undefined, argument: string | undefined): number {
  switch (sampler?.replace(/^parentbased_/, '')) {
    case undefined:
    case 'always_on':
      return 1;
    case 'always_off':
      return 0;
    case 'traceidratio':
      return argument === undefined ? 1 : share('OTEL_TRACES_SAMPLER_ARG', argument, 'a share from 0 to 1 such as 0.1');
    default:
      throw new Error(
        `OTEL_TRACES_SAMPLER is "${sampler}"; it has to be always_on, always_off or traceidratio, or one of these with parentbased_ before it`,
      );
  }
}

function share(name: string, raw: string, expected: string): number {
  const value = Number(raw);
  if (value >= 0 && value <= 1) return value;
  throw new Error(`${name} is "${raw}"; it has to be ${expected}`);
}

function portOf(raw: string): number {
  const value = Number(raw);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new Error(`EXEMPLA_METRICS_PORT is "${raw}"; it has to be a whole number from 0 to 65535`);
}
