import { Client, credentials, type ChannelCredentials, type ChannelOptions } from '@grpc/grpc-js';
import type { GenericService } from '../generic-definition.ts';
import { collectYoung } from '../young-objects.ts';
import { cancelByReset, USER_AGENT } from './cancel-by-reset.ts';
import { serviceConfig, serviceConfigOptions } from './service-config.ts';

/** A connection to one service; share it, it multiplexes calls. */
export interface Channel {
  readonly target: string;
  readonly grpc: Client;
  close(): void;
}

let usual = credentials.createInsecure();

/** The credentials of every channel opened from here on that names none: a process has one way to its peers. */
export function useChannelCredentials(all: ChannelCredentials): void {
  usual = all;
}

/** As on the server: see there. */
const FLOW_CONTROL_WINDOW_BYTES = 4 << 20;

/**
 * A connection to a machine that is gone without a word stays open for a quarter of an hour or for good, and every call on it
 * would run into its deadline, a watch into half an hour of nothing. So one that calls wait on is asked whether it is there.
 */
export const KEEPALIVE = {
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 20_000,
};

const DEFAULTS: ChannelOptions = {
  ...KEEPALIVE,
  'grpc.primary_user_agent': USER_AGENT,
  'grpc-node.flow_control_window': FLOW_CONTROL_WINDOW_BYTES,
  'grpc.max_receive_message_length': 16 << 20,
  // Its counts would be served by nobody here.
  'grpc.enable_channelz': 0,
  // A restarted peer is found again well inside a call's deadline.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.min_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
  // A name whose addresses changed is asked again as soon as a connection is lost; the default is 30 s.
  'grpc.dns_min_time_between_resolutions_ms': 1_000,
};

/**
 * Opens a channel to `host:port`, `dns:///name:port` or `ipv4:a:port,b:port`. Connects with the first call. Calls go round
 * the addresses of the target, and methods of `services` that their proto calls idempotent are retried when a server is
 * UNAVAILABLE, within the deadline of the call. Throws when grpc-js could not read that policy.
 */
export function openChannel(
  target: string,
  services: readonly GenericService[] = [],
  { credentials: own = usual, ...options }: ChannelOptions & { credentials?: ChannelCredentials } = {},
): Channel {
  cancelByReset();
  collectYoung();
  const policy = serviceConfigOptions(serviceConfig(services));
  const grpc = new Client(target, own, { ...DEFAULTS, ...policy, ...options });
  return { target, grpc, close: () => grpc.close() };
}

/** Resolves when the channel is connected; rejects when it is not within `timeoutMs`. */
export function waitForReady(channel: Channel, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    channel.grpc.waitForReady(Date.now() + timeoutMs, (error) =>
      error ? reject(new Error(`no connection to ${channel.target} within ${timeoutMs} ms`)) : resolve(),
    );
  });
}
