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
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { Deadline } from '../src/gen/exempla/options/v1/options.ts';
import { DEFAULT_POLICY, methodPolicy } from '../src/method-policy.ts';
import { ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';
import { probeImage } from './probe-server.ts';

interface Duration {
  seconds: bigint;
  nanos: number;
}
const toMs = ({ seconds, nanos }: Duration): number => Number(seconds) * 1000 + nanos / 1e6;

const seconds = (count: number): Duration => ({ seconds: BigInt(count), nanos: 0 });

/** A method with this option, as ts-proto generates it. */
const withDeadline = (option: Partial<Deadline>) => {
  const unset = { default: undefined, max: undefined, reserve: undefined, watch: false, allOrNothing: false };
  const bytes = Deadline.encode({ ...unset, ...option }).finish();
  const raw = new BinaryWriter().bytes(bytes).finish();
  const { ask } = ProbeServiceDefinition.methods;
  return { ...ask, name: 'Odd', options: { _unknownFields: { [(50101 << 3) | 2]: [raw] } } };
};

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

  it.each([
    [
      'a default above the usual maximum raises that',
      { default: seconds(300) },
      { defaultMs: 300_000, maxMs: 300_000 },
    ],
    ['a maximum below the usual default lowers that', { max: seconds(5) }, { defaultMs: 5_000, maxMs: 5_000 }],
    [
      'a watch that may last a minute lasts one',
      { watch: true, max: seconds(60) },
      { defaultMs: 60_000, maxMs: 60_000 },
    ],
    ['a short default leaves the maximum', { default: seconds(3) }, { defaultMs: 3_000, maxMs: 120_000 }],
  ])('where one number is given: %s', (_, option, expected) => {
    expect(methodPolicy(withDeadline(option))).toMatchObject(expected);
  });

  it.each([
    ['a default longer than the maximum', { default: seconds(10), max: seconds(5) }],
    ['no time at all', { default: seconds(0) }],
    ['a time below zero', { max: seconds(-1) }],
    ['more than a timer can wait for', { max: seconds(30 * 86_400) }],
    ['a reserve that leaves nothing', { max: seconds(5), reserve: seconds(5) }],
    ['a reserve below zero', { reserve: seconds(-1) }],
  ])('%s is refused by name', (_, option) => {
    expect(() => methodPolicy(withDeadline(option))).toThrow(/^the deadline option of Odd/);
  });
});
