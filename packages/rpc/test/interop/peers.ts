import { compressionAlgorithms, type ChannelOptions } from '@grpc/grpc-js';
import { createClient, openChannel, type RpcClient } from '../../src/index.ts';
import { TestServiceDefinition, UnimplementedServiceDefinition } from '../gen/grpc/testing/test.ts';

/** Whichever implementation it is, the cases call it as they call ours. */
export interface InteropClient {
  test: RpcClient<typeof TestServiceDefinition>;
  unimplemented: RpcClient<typeof UnimplementedServiceDefinition>;
  close(): void;
}

export interface InteropServer extends AsyncDisposable {
  /** `host:port`. */
  readonly target: string;
}

export interface ClientOptions {
  /** Requests go out as gzip. */
  compressed?: boolean;
}

export type Connect = (target: string, options?: ClientOptions) => InteropClient;

export const channelOptions = ({ compressed = false }: ClientOptions = {}): ChannelOptions =>
  compressed ? { 'grpc.default_compression_algorithm': compressionAlgorithms.gzip } : {};

/** A client as the product makes it. */
export const connectOurs: Connect = (target, options) => {
  const channel = openChannel(target, [TestServiceDefinition], channelOptions(options));
  return {
    test: createClient(TestServiceDefinition, channel),
    unimplemented: createClient(UnimplementedServiceDefinition, channel),
    close: () => channel.close(),
  };
};
