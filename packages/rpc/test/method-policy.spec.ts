import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  createFileRegistry,
  fromBinary,
  getOption,
  type DescMethod,
  type FileRegistry,
  type Message,
} from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { DEFAULT_POLICY, methodPolicy } from '../src/method-policy.ts';
import { ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';
import { probeImage } from './probe-server.ts';

interface Duration {
  seconds: bigint;
  nanos: number;
}
const toMs = ({ seconds, nanos }: Duration): number => Number(seconds) * 1000 + nanos / 1e6;

describe('methodPolicy', () => {
  let registry: FileRegistry;
  beforeAll(async () => {
    registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, await probeImage()));
  });

  it('reads from the generated definition what the proto says', () => {
    expect(methodPolicy(ProbeServiceDefinition.methods.ask)).toEqual({
      defaultMs: 500,
      maxMs: 2_000,
      reserveMs: 150,
      watch: false,
      allOrNothing: false,
      access: 'tenant',
    });
  });

  it('agrees with the option in the buf image', () => {
    const ask = registry.getService('exempla.rpctest.v1.ProbeService')!.method.ask as DescMethod;
    const extension = registry.getExtension('exempla.options.v1.deadline')!;
    const option = getOption(ask as never, extension as never) as Message & {
      default: Duration;
      max: Duration;
      reserve: Duration;
    };
    const { defaultMs, maxMs, reserveMs } = methodPolicy(ProbeServiceDefinition.methods.ask);
    expect([toMs(option.default), toMs(option.max), toMs(option.reserve)]).toEqual([defaultMs, maxMs, reserveMs]);
  });

  it('gives a watch half an hour', () => {
    expect(methodPolicy(ProbeServiceDefinition.methods.watch)).toMatchObject({
      watch: true,
      defaultMs: 1_800_000,
      maxMs: 1_800_000,
    });
  });

  it('gives a method without the option the defaults', () => {
    expect(methodPolicy(ProbeServiceDefinition.methods.count)).toEqual(DEFAULT_POLICY);
  });
});
