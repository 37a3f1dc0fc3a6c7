import { describe, expect, it } from '@jest/globals';
import { newsOnly, noticeOf } from '../src/mesh/notice.ts';

const line = (json: Record<string, unknown>) => ({ process: 'audio', text: JSON.stringify(json), json });

describe('noticeOf', () => {
  it('shows warnings and errors with their cause, once', () => {
    expect(noticeOf(line({ level: 50, msg: 'unexpected error', err: { message: 'no voice' } }))).toBe(
      'unexpected error: no voice',
    );
    expect(noticeOf(line({ level: 60, msg: 'same', err: { message: 'same' } }))).toBe('same');
    expect(noticeOf(line({ level: 40, event: 'slow' }))).toBe('slow');
    expect(noticeOf(line({ level: 40, x: 1 }))).toBe('{"level":40,"x":1}');
  });

  it('is silent on what is normal', () => {
    expect(noticeOf(line({ level: 30, msg: 'migration applied' }))).toBeUndefined();
    expect(noticeOf(line({ kind: 'span' }))).toBeUndefined();
    expect(noticeOf({ process: 'audio', text: '  ', json: undefined })).toBeUndefined();
  });

  it('shows a loop that stood still only with a culprit of ours', () => {
    const msg = 'something held the event loop';
    expect(noticeOf(line({ level: 40, event: 'loop-blocked', msg }))).toBeUndefined();
    const heldBy = (culprit: string) => noticeOf(line({ level: 40, event: 'loop-blocked', culprit, msg }));
    expect(heldBy('sort services/audio/dist/a.js:1:1')).toBe(msg);
    // As while programs are loaded on a busy machine; whoever starts the demo can do nothing about it.
    expect(heldBy('connect node_modules/@grpc/grpc-js/build/src/load-balancer-pick-first.js:370:25')).toBeUndefined();
    expect(heldBy('MessagePort.<anonymous> node:internal/per_context/messageport:19:31')).toBeUndefined();
  });

  it('shows what is no log line at all', () => {
    expect(noticeOf({ process: 'audio', text: 'Error: crash', json: undefined })).toBe('Error: crash');
  });
});

describe('newsOnly', () => {
  it('lets the same through once in ten seconds, of each service', () => {
    let now = 0;
    const isNews = newsOnly(() => now);
    expect([isNews('storage', 'away'), isNews('storage', 'away'), isNews('audio', 'away')]).toEqual([
      true,
      false,
      true,
    ]);
    now = 9999;
    expect([isNews('storage', 'away'), isNews('storage', 'back')]).toEqual([false, true]);
    now = 10_000;
    expect(isNews('storage', 'away')).toBe(true);
  });

  it('does not grow with notices that all differ', () => {
    const isNews = newsOnly(() => 0);
    for (let n = 0; n < 1000; n += 1) expect(isNews('storage', `call ${n}`)).toBe(true);
    expect(isNews('storage', 'call 999')).toBe(false);
    expect(isNews('storage', 'call 0')).toBe(true);
  });
});
