import { describe, expect, it } from '@jest/globals';
import { noticeOf } from '../src/mesh/notice.ts';

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

  it('shows what is no log line at all', () => {
    expect(noticeOf({ process: 'audio', text: 'Error: crash', json: undefined })).toBe('Error: crash');
  });
});
