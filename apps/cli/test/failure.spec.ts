import { describe, expect, it } from '@jest/globals';
import { RemoteError, status } from '@exempla/rpc';
import { ProcessError } from '@exempla/launch';
import { ConfigError, UsageError } from '../src/problems.ts';
import { failureOf, optionOf } from '../src/terminal/failure.ts';
import { Interrupted } from '../src/terminal/interruption.ts';

const remote = (code: status, message: string, details = {}) => new RemoteError('x/Y', code, message, details);

describe('failureOf', () => {
  it.each([
    [new UsageError('x', 'help'), 2],
    [new ConfigError('x'), 2],
    [new Interrupted('SIGINT'), 130],
    [new Interrupted('SIGTERM'), 143],
    [new ProcessError('audio', 'x'), 1],
    [remote(status.NOT_FOUND, 'x'), 4],
    [remote(status.DEADLINE_EXCEEDED, 'x'), 10],
    [remote(status.INVALID_ARGUMENT, 'x'), 3],
    [remote(status.UNAVAILABLE, 'x'), 11],
    [new Error('bug'), 1],
    ['thrown text', 1],
  ])('%s has exit code %d', (error, exitCode) => expect(failureOf(error, 'term').exitCode).toBe(exitCode));

  it('says that a term is unknown, and what to try', () => {
    const error = remote(status.NOT_FOUND, 'not found', {
      reason: 'TERM_UNKNOWN',
      metadata: { suggestions: 'entropy' },
    });
    const text = failureOf(error, 'entropi\u001b[2J').lines.join('\n');
    expect(text).toMatch(/No source knows "entropi \[2J"\.\nDid you mean entropy\?\nThese work: entropy, river/);
  });

  it('names the option for a field of the request', () => {
    const violations = [
      { field: 'max_examples', description: 'must be at least 1' },
      { field: 'context.juridical[0]', description: 'too long' },
      // As the room that refuses it says it, with the field in front.
      { field: 'text', description: 'text is empty' },
      { field: 'child.display_name', description: 'child.display_name: is empty' },
    ];
    const { lines } = failureOf(remote(status.INVALID_ARGUMENT, 'x', { violations }), 'x');
    expect(lines.slice(1)).toEqual([
      '--max-examples: must be at least 1',
      '--juridical: too long',
      'text: is empty',
      '--name: is empty',
    ]);
    expect(optionOf('request_id')).toBe('request_id');
  });

  it.each([
    [status.FAILED_PRECONDITION, 'LANGUAGE_UNSUPPORTED', /OPENAI_API_KEY=… \(docs\/providers\.md\)/],
    [status.FAILED_PRECONDITION, 'TEXT_KEY_REFUSED', /exempla doctor/],
    [status.NOT_FOUND, 'STORY_NOT_FOUND', /exempla stories list/],
    [status.NOT_FOUND, 'CHILD_NOT_FOUND', /exempla children list/],
    [status.NOT_FOUND, 'HERO_NOT_FOUND', /exempla heroes list/],
    [status.UNAUTHENTICATED, 'CREDENTIAL_INVALID', /EXEMPLA_TOKEN.*docs\/identity\.md/],
    [status.UNAVAILABLE, 'TEXT_UPSTREAM_FAILED', /exempla doctor/],
  ])('says what to do: %d %s', (code, reason, advice) =>
    expect(failureOf(remote(code, 'x', { reason })).lines[1]).toMatch(advice),
  );

  it('names status and reason of anything else', () => {
    const error = remote(status.FAILED_PRECONDITION, 'no voice', { reason: 'VOICE_MISSING' });
    expect(failureOf(error).lines).toEqual(['The definition failed: no voice (FAILED_PRECONDITION VOICE_MISSING)']);
  });
});
