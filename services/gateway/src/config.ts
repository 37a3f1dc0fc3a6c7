import { Settings } from '@exempla/rpc';
import { telemetrySettings, type TelemetrySettings } from '@exempla/telemetry';

/** What the gateway is told by its environment. */
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
    /** For each credential; 0 sets no limit. */
    readonly requestsPerMinute: number;
  };
  readonly telemetry: TelemetrySettings;
}

/** Raw environment → defaults → checked → frozen. Throws naming the variable that is wrong. */
export function readConfig(settings: Settings = new Settings('gateway')): GatewayConfig {
  return Object.freeze({
    host: settings.text('EXEMPLA_GATEWAY_HOST', '127.0.0.1'),
    port: settings.port('EXEMPLA_GATEWAY_PORT', 8080),
    orchestratorTarget: settings.text('EXEMPLA_GATEWAY_ORCHESTRATOR_TARGET', '127.0.0.1:50051'),
    examplesTarget: settings.text('EXEMPLA_GATEWAY_EXAMPLES_TARGET', '127.0.0.1:50052'),
    audioTarget: settings.text('EXEMPLA_GATEWAY_AUDIO_TARGET', '127.0.0.1:50053'),
    storageTarget: settings.text('EXEMPLA_GATEWAY_STORAGE_TARGET', '127.0.0.1:50054'),
    apiKeysFile: settings.text('EXEMPLA_GATEWAY_API_KEYS_FILE', ''),
    corsOrigins: settings.list('EXEMPLA_GATEWAY_CORS_ORIGINS', '').map(origin),
    limits: {
      bodyLimitBytes: settings.integer('EXEMPLA_GATEWAY_BODY_LIMIT_BYTES', 1 << 20, { min: 1024, max: 64 << 20 }),
      requestsPerMinute: settings.integer('EXEMPLA_GATEWAY_REQUESTS_PER_MINUTE', 6_000, { min: 0, max: 1_000_000 }),
    },
    telemetry: telemetrySettings(process.env),
  });
}

/** `*` would let every page in the world call on behalf of whoever looks at it. */
function origin(raw: string): string {
  if (URL.canParse(raw) && new URL(raw).origin === raw) return raw;
  throw new Error(`EXEMPLA_GATEWAY_CORS_ORIGINS has "${raw}"; it has to be origins such as https://stories.example`);
}
