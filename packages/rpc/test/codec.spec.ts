import { describe, expect, it } from '@jest/globals';
import { replyEncoder } from '../src/codec.ts';
import { AskResponse, ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';

const encode = replyEncoder(ProbeServiceDefinition.methods.ask);
const reply = (text: string): AskResponse => AskResponse.fromPartial({ text });

describe('the encoder of replies', () => {
  it('leaves earlier messages as they were', () => {
    const first = encode(reply('first'));
    const second = encode(reply('second, and longer'));
    expect(AskResponse.decode(first).text).toBe('first');
    expect(AskResponse.decode(second).text).toBe('second, and longer');
  });

  it('keeps nothing of a message that could not be encoded', () => {
    const broken = { ...reply('half of it'), deadlineLeftMs: 'no number' as unknown as bigint };
    expect(() => encode(broken)).toThrow(/invalid|convert|BigInt/i);
    expect([...encode(reply('whole'))]).toEqual([...AskResponse.encode(reply('whole')).finish()]);
  });

  it('takes a message larger than what it keeps', () => {
    const large = 'x'.repeat(3 << 20);
    expect(AskResponse.decode(encode(reply(large))).text).toBe(large);
    expect(encode(reply('small')).length).toBeLessThan(20);
  });
});
