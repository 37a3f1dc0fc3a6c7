import { describe, expect, it } from '@jest/globals';
import { RemoteError, status } from '@exempla/rpc';
import { ExampleKind } from '@exempla/contracts/type/v1/example';
import { changeOf as childChange } from '../src/commands/children.ts';
import { defineRequestOf } from '../src/commands/define.ts';
import { commandFailure, failureJson } from '../src/commands/failure.ts';
import { changeOf as heroChange } from '../src/commands/heroes.ts';
import { peerError } from '../src/commands/peers.ts';
import { parseCommandLine } from '../src/commands/program.ts';
import { storyRequestOf } from '../src/commands/story.ts';
import { kinds, list, nameIn } from '../src/commands/values.ts';
import { NobodyReads, PeerError, UsageError } from '../src/problems.ts';
import { DraftProgress } from '../src/terminal/draft-progress.ts';
import { EXIT, exitCodeOf } from '../src/terminal/exit-codes.ts';
import { Interrupted } from '../src/terminal/interruption.ts';
import { phaseLine } from '../src/terminal/progress.ts';
import { PLAIN } from '../src/terminal/style.ts';
import { tableOf } from '../src/terminal/table.ts';
import { widthOf } from '../src/terminal/text.ts';

const parsed = (line: string) => {
  const result = parseCommandLine(line.split(' '), '1.2.3');
  if ('help' in result) throw new Error(`help: ${result.help}`);
  return result;
};

describe('parseCommandLine', () => {
  it.each(['voices --json --deadline 20s --quiet', '--json --deadline 20s --quiet voices'])(
    'takes the options of every command before and after it: %s',
    (line) =>
      expect(parsed(line).globals).toEqual({
        format: 'json',
        deadlineMs: 20_000,
        colour: true,
        quiet: true,
        tenant: undefined,
      }),
  );

  it.each([
    ['story --age 5 --interests stars', "required option '--child <name>' not specified"],
    ['story --child Mia --interests stars', 'A child given by name needs --age'],
    ['story --child Mia --age 5', 'A child given by name needs --interests'],
    ['story --child Mia --age five --interests stars', '"five" is not a whole number'],
    ['story --child Mia --age 5 --interests stars --gender fox', '"fox" is not one of female, male, other'],
    ['story --child Mia --age 5 --interests stars --seed -1', '"-1" is below 0'],
    ['story --child children/1 --no-audio --out x.wav', '--out saves what --no-audio does not make'],
    ['define river --kinds synonym,rhyme', '"rhyme" is not one of sentence, practical'],
    ['define', "missing required argument 'term'"],
    ['voices --deadline soon', '"soon" is not a duration'],
    ['voices --json --json-lines', '--json and --json-lines'],
    ['say hello --out - --json', '--json and --out - both want standard output'],
    ['say hello --out ', '"" is not a file name'],
    ['children update 1', 'Nothing to change'],
    ['children create --age 5 --age-group 3-5', '--age and --age-group'],
    ['children create --age-group 4-9', '"4-9" is not one of 2-3, 3-5, 5-7'],
    ['heroes update 1', 'Nothing to change'],
    ['stories rate 1 good', '"good" is not a whole number'],
    ['stories rate 1 good', 'rating: "good" is not a whole number'],
    ['stories get ', '"" does not name one of stories: give its ID, or stories/ID'],
    ['children get heroes/1', '"heroes/1" does not name one of children'],
    ['story --child children/1 --hero ', '--hero: "" does not name one of heroes'],
    ['help stroy', "unknown command 'stroy'"],
    ['help stories lsit', "unknown command 'lsit'"],
    ['usage limit much', '"much" is not an amount'],
    ['usage limit 0.1234567', 'is not an amount'],
    ['stroy', 'Did you mean story?'],
  ])('%s is a usage error', (line, message) => {
    expect(() => parsed(line)).toThrow(UsageError);
    expect(() => parsed(line)).toThrow(message);
  });

  it.each([
    ['voices --deadline soon', /^--deadline: "soon" is not a duration/],
    ['usage limit -3', /^amount: "-3" is not an amount/],
    ['say hi --format ogg', /^option '--format <name>' argument 'ogg' is invalid/],
  ])('names what is wrong with a value once: %s', (line, message) => expect(() => parsed(line)).toThrow(message));

  it.each([
    ['stroy', 'exempla --help'],
    ['--tenant north --bogus', 'exempla --help'],
    ['define', 'exempla define --help'],
    ['define stories get', 'exempla define --help'],
    ['children get', 'exempla children get --help'],
    ['--tenant stories children create --age five', 'exempla children create --help'],
    ['stories --quiet rate 1 good', 'exempla stories rate --help'],
    ['stories bogus', 'exempla stories --help'],
    ['help stories bogus', 'exempla stories --help'],
    ['usage limit much', 'exempla usage limit --help'],
  ])('%s: names the help of the command that was meant', (line, help) => {
    const refused = (() => {
      try {
        return parsed(line);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toMatchObject({ name: 'UsageError', help });
  });

  it.each([
    [[]],
    [['--help']],
    [['help']],
    [['help', 'stories', 'get']],
    [['stories', 'help', 'get']],
    [['story', '--help']],
    [['children']],
  ])('%j is help', (args) => {
    const result = parseCommandLine(args, '1.2.3');
    expect('help' in result && result.help).toMatch(/^Usage: exempla/);
  });
});

describe('requests', () => {
  const story = { child: 'Mia', age: 5, interests: ['stars'], gender: 'other', audio: true } as const;

  it('tells a child anew, or one that is kept', () => {
    expect(storyRequestOf({ ...story, interests: ['stars'] }).toldTo).toMatchObject({
      $case: 'newChild',
      value: { displayName: 'Mia', age: { $case: 'years', value: 5 }, interests: ['stars'] },
    });
    expect(storyRequestOf({ ...story, interests: [], child: 'children/1' }).toldTo).toEqual({
      $case: 'child',
      value: 'children/1',
    });
  });

  it('leaves to the service what is not said', () => {
    const request = storyRequestOf({ ...story, interests: ['stars'], audio: false });
    expect(request).toMatchObject({ narrate: false, hero: '', previousStory: '' });
    for (const field of ['lesson', 'lengthMinutes', 'seed']) expect(request).not.toHaveProperty(field);
  });

  it('narrates a definition when it is to be saved', () => {
    expect(defineRequestOf('river', {})).toMatchObject({ narrate: false, allowDuplicate: false, kinds: [] });
    expect(defineRequestOf('river', { out: 'x.wav', again: true })).toMatchObject({
      narrate: true,
      allowDuplicate: true,
    });
  });

  it('changes exactly the fields that are said', () => {
    expect(childChange({ name: 'Ben', ageGroup: 2 })).toEqual({
      child: { displayName: 'Ben', age: { $case: 'ageGroup', value: 2 } },
      updateMask: ['display_name', 'age_group'],
    });
    expect(heroChange({ name: 'Borin', strengths: [] })).toEqual({
      hero: { displayName: 'Borin', strengths: [] },
      updateMask: ['display_name', 'strengths'],
    });
  });

  it('reads lists, kinds and ids', () => {
    expect(list(' boats, old maps,')).toEqual(['boats', 'old maps']);
    expect(kinds('synonym,Antonym')).toEqual([ExampleKind.EXAMPLE_KIND_SYNONYM, ExampleKind.EXAMPLE_KIND_ANTONYM]);
    expect(['1', 'stories/1'].map(nameIn('stories'))).toEqual(['stories/1', 'stories/1']);
  });
});

const remote = (code: status, details = {}) => new RemoteError('x/Y', code, 'said', details);

describe('exit codes', () => {
  it.each([
    [status.INVALID_ARGUMENT, 3],
    [status.OUT_OF_RANGE, 3],
    [status.NOT_FOUND, 4],
    [status.ALREADY_EXISTS, 5],
    [status.FAILED_PRECONDITION, 6],
    [status.UNAUTHENTICATED, 7],
    [status.PERMISSION_DENIED, 7],
    [status.RESOURCE_EXHAUSTED, 8],
    [status.ABORTED, 9],
    [status.DEADLINE_EXCEEDED, 10],
    [status.UNAVAILABLE, 11],
    [status.UNKNOWN, 1],
    [status.CANCELLED, 1],
    [status.INTERNAL, 1],
    [status.UNIMPLEMENTED, 1],
    [status.DATA_LOSS, 1],
  ])('status %d is %d', (code, exit) => {
    expect(exitCodeOf(code)).toBe(exit);
    expect(commandFailure(remote(code)).exitCode).toBe(exit);
  });

  it('is that of the shell when somebody ended it', () => {
    expect(commandFailure(new Interrupted('SIGINT'))).toEqual({
      exitCode: 130,
      lines: ['Cancelled; the services were told to stop.'],
    });
    expect(commandFailure(new NobodyReads())).toEqual({ exitCode: EXIT.nobodyReads, lines: [] });
  });
});

describe('commandFailure', () => {
  const at = { service: 'audio', target: '127.0.0.1:1' };

  it.each([
    ['nobody', 'Nothing runs at 127.0.0.1:1, where audio should be.\nStart the mesh: exempla up, or npm run up.'],
    ['silent', 'Nothing comes back from 127.0.0.1:1'],
    ['unresolved', 'The host of 127.0.0.1:1, where audio should be, is not known.'],
    ['other', 'What answers at 127.0.0.1:1 is not audio.'],
  ] as const)('says what to do when the peer is %s', (problem, says) => {
    const { lines, exitCode } = commandFailure(new PeerError(problem, at));
    expect(exitCode).toBe(11);
    expect(lines.join('\n')).toContain(says);
    expect(lines.at(-1)).toBe('Is it elsewhere? EXEMPLA_AUDIO_TARGET=host:port. To see what is wrong: exempla doctor.');
  });

  it.each([
    [status.UNAVAILABLE, 'No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1', 'nobody'],
    [status.UNAVAILABLE, 'Name resolution failed for target dns:nowhere.invalid:1', 'unresolved'],
    [status.UNAVAILABLE, 'Protocol error', 'other'],
    [status.UNIMPLEMENTED, 'x', 'other'],
    [status.NOT_FOUND, 'there is no service', 'other'],
    [status.DEADLINE_EXCEEDED, 'x', 'silent'],
  ])('knows by status %d "%s" that the peer is %s', (code, message, problem) =>
    expect(peerError('audio', '127.0.0.1:1', new RemoteError('x', code, message)).problem).toBe(problem),
  );

  it('names the option for a field of the request', () => {
    const violations = [{ field: 'request.new_child.years', description: 'must be at most 18' }];
    expect(commandFailure(remote(status.INVALID_ARGUMENT, { violations })).lines).toEqual([
      'The request was refused.',
      '--age: must be at most 18',
    ]);
  });

  it('says where a definition is that is there already', () => {
    const error = remote(status.ALREADY_EXISTS, { reason: 'DEFINITION_EXISTS', metadata: { name: 'definitions/1' } });
    expect(commandFailure(error, { noun: 'definition', term: 'river' }).lines).toEqual([
      '"river" is defined already: definitions/1',
      'To define it again: --again',
    ]);
  });

  it('is one JSON document for a program', () => {
    const violations = [{ field: 'rating', description: 'too much' }];
    const error = remote(status.INVALID_ARGUMENT, { reason: 'FIELDS_INVALID', violations });
    expect(JSON.parse(failureJson(error, commandFailure(error)))).toEqual({
      error: {
        exitCode: 3,
        code: 'INVALID_ARGUMENT',
        reason: 'FIELDS_INVALID',
        metadata: {},
        message: 'said',
        violations,
      },
    });
  });
});

describe('on the screen', () => {
  it('a phase tells its time from the first second on', () => {
    expect([999, 1000, 59_999, 61_000].map((ms) => phaseLine('reading', ms))).toEqual([
      'reading',
      'reading · 1 s',
      'reading · 59 s',
      'reading · 1 min 1 s',
    ]);
  });

  it.each([50, 80, 120])('a table stays within %d columns and loses nothing', (width) => {
    const rows = [['1', 'a title that is long enough to be broken into lines', 'and something else beside it']];
    const lines = tableOf(['id', 'title', 'note'], rows, { width, style: PLAIN });
    for (const line of lines) expect(widthOf(line)).toBeLessThan(width);
    for (const word of rows[0]!.join(' ').split(' ')) expect(lines.join(' ')).toContain(word);
  });
});

describe('DraftProgress', () => {
  it('counts the words of a draft in tens, and begins again with the next', () => {
    const drafts = new DraftProgress();
    const after = (attempt: number, words: number) => drafts.after({ attempt, text: ' word'.repeat(words) });
    expect([after(1, 0), after(1, 12), after(1, 12), after(2, 3)]).toEqual([
      'writing the story, draft 1',
      'writing the story, draft 1, 10 words',
      'writing the story, draft 1, 20 words',
      'writing the story, draft 2',
    ]);
  });
});
