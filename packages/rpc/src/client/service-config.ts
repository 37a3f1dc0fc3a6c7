import {
  experimental,
  type ChannelOptions,
  type LoadBalancingConfig,
  type RetryPolicy,
  type ServiceConfig,
} from '@grpc/grpc-js';
import type { GenericMethod, GenericService } from '../generic-definition.ts';
import { methodPolicy } from '../method-policy.ts';
import { judgedByFaults } from './replica-faults.ts';

/** Tries of a call whose method may be repeated, all of them inside its one deadline. */
const RETRY: RetryPolicy = {
  maxAttempts: 4,
  initialBackoff: '0.05s',
  maxBackoff: '1s',
  backoffMultiplier: 2,
  retryableStatusCodes: ['UNAVAILABLE'],
};

/** Each failure takes a token and each success gives a tenth back; below half of them nothing is retried. */
const THROTTLING = { maxTokens: 20, tokenRatio: 0.1 };

const seconds = (count: number): { seconds: number; nanos: number } => ({ seconds: count, nanos: 0 });

/**
 * Calls go round the addresses of a target. One that fails half of its calls is left out for a while, at most half of
 * them at once. Durations are objects here, not the `"10s"` of JSON.
 */
const OUTLIERS: LoadBalancingConfig = {
  outlier_detection: {
    interval: seconds(1),
    base_ejection_time: seconds(5),
    max_ejection_time: seconds(30),
    max_ejection_percent: 50,
    failure_percentage_ejection: { threshold: 50, enforcement_percentage: 100, minimum_hosts: 2, request_volume: 5 },
    child_policy: [{ round_robin: {} }],
  },
};

/** Reads and request-id methods may be repeated; the proto says which they are. Watches end as they should and resume. */
const mayRepeat = (method: GenericMethod): boolean => {
  const level = method.options?.idempotencyLevel;
  return (level === 'NO_SIDE_EFFECTS' || level === 'IDEMPOTENT') && !methodPolicy(method).watch;
};

/** How calls to `services` are balanced and retried. */
export function serviceConfig(services: readonly GenericService[]): ServiceConfig {
  const name = services.flatMap(({ fullName, methods }) =>
    Object.values(methods)
      .filter(mayRepeat)
      .map((method) => ({ service: fullName, method: method.name })),
  );
  return {
    loadBalancingConfig: [judgedByFaults(OUTLIERS)],
    methodConfig: name.length > 0 ? [{ name, retryPolicy: RETRY }] : [],
    retryThrottling: THROTTLING,
  };
}

/** Channel options that carry a service config, and no other source of one. Throws when grpc-js cannot read it: it would quietly do without. */
export function serviceConfigOptions(config: ServiceConfig): ChannelOptions {
  for (const policy of config.loadBalancingConfig) experimental.parseLoadBalancingConfig(policy);
  return { 'grpc.service_config': JSON.stringify(config), 'grpc.service_config_disable_resolution': 1 };
}
