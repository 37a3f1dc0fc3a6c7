import { beforeAll, describe, expect, it } from '@jest/globals';
import { create, createFileRegistry, fromBinary, setExtension, toBinary } from '@bufbuild/protobuf';
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  MessageOptionsSchema,
  type FieldDescriptorProto,
} from '@bufbuild/protobuf/wkt';
import { status } from '@grpc/grpc-js';
import { serverMethod, type Received } from '../src/server/server-method.ts';
import { RequestRules } from '../src/validation.ts';
import { AskRequest, CountRequest, ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';
import { probeImage } from './probe-server.ts';

const SERVICE = 'exempla.rpctest.v1.ProbeService';
const PACKAGE = '.exempla.rpctest.v1';

const messageField = (name: string, type: string): FieldDescriptorProto =>
  create(FieldDescriptorProtoSchema, {
    name,
    number: 10,
    label: FieldDescriptorProto_Label.OPTIONAL,
    type: FieldDescriptorProto_Type.MESSAGE,
    typeName: `${PACKAGE}.${type}`,
  });

/** The probe image with two messages that contain each other; only one of them has a rule. */
function recursive(image: Uint8Array): Uint8Array {
  const set = fromBinary(FileDescriptorSetSchema, image);
  const messages = set.file.flatMap((file) => file.messageType);
  messages.find(({ name }) => name === 'AskRequest')!.field.unshift(messageField('count', 'CountRequest'));
  messages.find(({ name }) => name === 'CountRequest')!.field.push(messageField('ask', 'AskRequest'));
  return toBinary(FileDescriptorSetSchema, set);
}

/** The probe image with a field of a closed enum, as proto2 has them: number 10, the values 0 and 1. */
function closedEnum(image: Uint8Array): Uint8Array {
  const set = fromBinary(FileDescriptorSetSchema, image);
  const value = ['NONE', 'RED'].map((name, number) => ({ name, number }));
  set.file.unshift(
    create(FileDescriptorProtoSchema, { name: 'old.proto', package: 'old', enumType: [{ name: 'Colour', value }] }),
  );
  const file = set.file.find((one) => one.messageType.some(({ name }) => name === 'AskRequest'))!;
  file.dependency.push('old.proto');
  const field = { ...messageField('colour', ''), type: FieldDescriptorProto_Type.ENUM, typeName: '.old.Colour' };
  file.messageType.find(({ name }) => name === 'AskRequest')!.field.push(field);
  return toBinary(FileDescriptorSetSchema, set);
}

/** The probe image with a rule that divides by a field of the request. */
function dividing(image: Uint8Array): Uint8Array {
  const set = fromBinary(FileDescriptorSetSchema, image);
  const rules = createFileRegistry(set).getExtension('buf.validate.message')!;
  const count = set.file.flatMap((file) => file.messageType).find(({ name }) => name === 'CountRequest')!;
  const cel = [{ id: 'divided', message: 'must be small', expression: '10 / this.to > 0' }];
  count.options = create(MessageOptionsSchema);
  setExtension(count.options, rules, create(rules.message!, { cel }) as never);
  return toBinary(FileDescriptorSetSchema, set);
}

describe('RequestRules', () => {
  let image: Uint8Array;
  beforeAll(async () => {
    image = await probeImage();
  });

  it('finds the rules of messages that contain each other, whichever method comes first', () => {
    const rules = new RequestRules(recursive(image));
    expect(rules.checkFor(SERVICE, 'Ask')).toBeDefined();
    expect(rules.checkFor(SERVICE, 'Count')).toBeDefined();
  });

  it('checks nothing where there is no rule', () => {
    expect(new RequestRules(image).checkFor(SERVICE, 'Count')).toBeUndefined();
  });

  it('refuses a value that a rule cannot be worked out on: bad input, not a fault of ours', () => {
    const check = new RequestRules(dividing(image)).checkFor(SERVICE, 'Count')!;
    expect(check(CountRequest.encode(CountRequest.fromPartial({ to: 5 })).finish())).toHaveProperty('bytes');
    expect(check(CountRequest.encode(CountRequest.fromPartial({ to: 0 })).finish())).toMatchObject({
      refused: { code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' },
    });
  });

  it('hands on what it checked: a message field that comes twice is merged for the handler too', () => {
    const check = new RequestRules(image).checkFor(SERVICE, 'Ask')!;
    const { requestDeserialize } = serverMethod(ProbeServiceDefinition, ProbeServiceDefinition.methods.ask, check);
    const part = (numbers: number[]): Uint8Array =>
      AskRequest.encode({ behaviour: 'answer', inner: { numbers } }).finish();
    const twice = requestDeserialize(Buffer.concat([part([1, 2]), part([3])])) as Received<AskRequest>;
    expect(twice).toMatchObject({ value: { behaviour: 'answer', inner: { numbers: [1, 2, 3] } } });
  });

  describe('of a request that would take long to look at', () => {
    const ask = (bytes: Uint8Array) => new RequestRules(image).checkFor(SERVICE, 'Ask')!(bytes);
    const numbers = (count: number): Uint8Array =>
      AskRequest.encode({ behaviour: 'answer', inner: { numbers: Array<number>(count).fill(1) } }).finish();
    const refused = {
      refused: {
        code: status.INVALID_ARGUMENT,
        reason: 'INVALID_REQUEST',
        violations: [{ field: '', rule: 'extent' }],
      },
    };

    it('refuses one of many numbers, and takes one of some thousands', () => {
      expect(ask(numbers(32_000))).toHaveProperty('bytes');
      expect(ask(numbers(33_000))).toMatchObject(refused);
    });

    it('refuses one of many empty messages, which is two bytes for each', () => {
      const inner = AskRequest.encode({ behaviour: '', inner: { numbers: [] } }).finish();
      expect(inner).toHaveLength(2);
      expect(ask(Buffer.alloc(2 << 20, inner))).toMatchObject(refused);
      // Each counts with its one field, though that is not set.
      const asked = AskRequest.encode({ behaviour: 'answer', inner: undefined }).finish();
      expect(ask(Buffer.concat([asked, Buffer.alloc(2 * 16_000, inner)]))).toHaveProperty('bytes');
      expect(ask(Buffer.concat([asked, Buffer.alloc(2 * 17_000, inner)]))).toMatchObject(refused);
    });

    it('counts unknown fields and what is wrong of its kind, and refuses what is cut off as malformed', () => {
      const unknown = Buffer.from([((1_000 << 3) & 0x7f) | 0x80, (1_000 << 3) >> 7, 0]);
      expect(ask(Buffer.alloc(2 << 20, unknown))).toMatchObject({ refused: { code: status.INVALID_ARGUMENT } });
      expect(ask(numbers(32_000).subarray(0, 10_000))).toMatchObject({ refused: { reason: 'MALFORMED_REQUEST' } });
    });
  });
});

it('a value that a closed enum does not have is not set, for the rules and for the handler', async () => {
  const check = new RequestRules(closedEnum(await probeImage())).checkFor(SERVICE, 'Ask')!;
  const named = [10, 1, 97];
  const kept = (colour: number): unknown => {
    const checked = check(Uint8Array.from([...named, 80, colour]));
    return 'bytes' in checked && [...checked.bytes];
  };
  expect(kept(1)).toEqual([...named, 80, 1]);
  expect(kept(99)).toEqual(named);
});
