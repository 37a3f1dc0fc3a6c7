import { Settings } from '@exempla/rpc';
import { telemetrySettings, type TelemetrySettings } from '@exempla/telemetry';

/** The settings of the gateway. */
export interface GatewayConfig {
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  readonly orchestratorTarget: string;
  readonly examplesTarget: string;
  readonly audioTarget: string;
  readonly storageTarget: string;
  /** Empty: there are no API keys. */
  readonly apiKeysFile: string;
  /** Pages of these may call from a browser. */
  readonly corsOrigins: readonly string[];
  readonly limits: {
    /** Larger bodies are refused. */
    readonly bodyLimitBytes: number;
    /** One more is closed at once. */
    readonly maxConnections: number;
    /** For each credential; 0 sets no limit. */
    readonly requestsPerMinute: number;
    /** For each client address; 0 sets no limit. */
    readonly failedCredentialsPerMinute: number;
  };
  /** Proxies in front whose X-Forwarded-For is believed. */
  readonly trustedHops: number;
  readonly telemetry: TelemetrySettings;
}

/** Raw environment → defaults → checked → frozen. Throws naming the variable that is wrong. */
export function readConfig(settings: Settings = new Settings('gateway')): GatewayConfig {
  const failedCredentialsPerMinute = perMinute(settings, 'EXEMPLA_GATEWAY_FAILED_CREDENTIALS_PER_MINUTE', 100);
  return Object.freeze({
    host: settings.text('EXEMPLA_GATEWAY_HOST', '127.0.0.1'),
    port: settings.port('EXEMPLA_GATEWAY_PORT', 8080),
    orchestratorTarget: settings.target('EXEMPLA_GATEWAY_ORCHESTRATOR_TARGET', '127.0.0.1:50051'),
    examplesTarget: settings.target('EXEMPLA_GATEWAY_EXAMPLES_TARGET', '127.0.0.1:50052'),
    audioTarget: settings.target('EXEMPLA_GATEWAY_AUDIO_TARGET', '127.0.0.1:50053'),
    storageTarget: settings.target('EXEMPLA_GATEWAY_STORAGE_TARGET', '127.0.0.1:50054'),
    apiKeysFile: settings.text('EXEMPLA_GATEWAY_API_KEYS_FILE', ''),
    corsOrigins: settings.list('EXEMPLA_GATEWAY_CORS_ORIGINS', '').map(origin),
    limits: {
      bodyLimitBytes: settings.integer('EXEMPLA_GATEWAY_BODY_LIMIT_BYTES', 128 << 10, { min: 1024, max: 64 << 20 }),
      maxConnections: settings.integer('EXEMPLA_GATEWAY_MAX_CONNECTIONS', 10_000, { min: 1, max: 1_000_000 }),
      requestsPerMinute: perMinute(settings, 'EXEMPLA_GATEWAY_REQUESTS_PER_MINUTE', 6_000),
      failedCredentialsPerMinute,
    },
    trustedHops: trustedHops(settings, failedCredentialsPerMinute),
    telemetry: telemetrySettings(process.env),
  });
}

/** 0 sets no limit. */
const perMinute = (settings: Settings, name: string, fallback: number): number =>
  settings.integer(name, fallback, { min: 0, max: 1_000_000 });

/**
 * In production a proxy is in front, and everybody comes from its address: where nobody says so, anybody could have the
 * credentials of all refused.
 */
function trustedHops(settings: Settings, failuresPerMinute: number): number {
  const hops = settings.integer('EXEMPLA_GATEWAY_TRUSTED_HOPS', 0, { min: 0, max: 10 });
  const told = settings.text('EXEMPLA_GATEWAY_TRUSTED_HOPS', '') !== '';
  if (told || failuresPerMinute === 0 || settings.text('NODE_ENV', '') !== 'production') return hops;
  throw new Error(
    'EXEMPLA_GATEWAY_TRUSTED_HOPS is not set with NODE_ENV=production: set it to the number of proxies in front, whose ' +
      'X-Forwarded-For tells the address of a client, or EXEMPLA_GATEWAY_FAILED_CREDENTIALS_PER_MINUTE=0',
  );
}

/** `*` would let every page in the world call on behalf of whoever looks at it. */
function origin(raw: string): string {
  if (URL.canParse(raw) && new URL(raw).origin === raw) return raw;
  throw new Error(`EXEMPLA_GATEWAY_CORS_ORIGINS has "${raw}"; it has to be origins such as https://stories.example`);
}
