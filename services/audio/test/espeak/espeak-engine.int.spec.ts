import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, openHandles } from '@exempla/testing';
import { EspeakEngine } from '../../src/adapters/espeak-engine.ts';
import { SpeechError, type Sound, type Speaker } from '../../src/speech/index.ts';
import { callOf } from '../calls.ts';
import { installBeeping } from './program.ts';

const RATE_HZ = 22_050;

function open(engine: EspeakEngine, { voice = 'espeak-nl', speed = 1, call = callOf() } = {}): Speaker {
  return engine.open({ voice, speed, call, format: 'wav', patienceMs: 60_000 });
}

/** Seconds of sound. */
async function lengthOf(sound: AsyncIterable<Sound>): Promise<number> {
  let samples = 0;
  for await (const part of sound) if (part.type === 'pcm') samples += part.samples.length;
  return samples / RATE_HZ;
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('espeak-ng as an engine, with a program that beeps', () => {
  let program: Awaited<ReturnType<typeof installBeeping>>;
  let engine: EspeakEngine;
  const file = (name: string): string => join(program.directory, name);
  /** The pid of a program that was told to hang. */
  const hanging = async (path: string): Promise<number> => {
    await eventually('the program runs', async () => (await readFile(path, 'utf8').catch(() => '')) !== '', 20_000);
    return Number(await readFile(path, 'utf8'));
  };

  beforeAll(async () => {
    program = await installBeeping();
    engine = await EspeakEngine.start({ program: program.path, path: '' }, { workers: 2, maxWaiting: 1 });
  });
  afterAll(async () => {
    engine.close();
    await program[Symbol.asyncDispose]();
  });

  it('has the voices of the program', () => {
    expect(engine.voices.map(({ name }) => name)).toContain('espeak-nl');
  });

  it('speaks a piece, in the speed asked for', async () => {
    const speaker = open(engine);
    expect(await lengthOf(speaker.speak('een twee drie vier'))).toBeCloseTo(0.4, 3);
    expect(await lengthOf(open(engine, { speed: 2 }).speak('een twee drie vier'))).toBeCloseTo(0.2, 3);
    speaker.close();
  });

  it('hands over text and nothing else: no shell, no option, no variable of ours', async () => {
    const path = file('seen');
    process.env['OPENAI_API_KEY'] = 'sk-secret';
    const other = await EspeakEngine.start({ program: program.path, path: '' }, { workers: 1, maxWaiting: 0 });
    await lengthOf(open(other).speak(`environment ${path} --path=/ $(id) ; -w out.wav`));
    delete process.env['OPENAI_API_KEY'];
    const seen = JSON.parse(await readFile(path, 'utf8')) as { argv: string[]; env: Record<string, string> };
    expect(seen.argv).toEqual(['--stdin', '--stdout', '-b', '1', '-v', 'nl', '-s', '175']);
    expect(JSON.stringify(seen.env)).not.toContain('sk-secret');
  });

  it('leaves out what would be read as a command', () => {
    expect(engine.sayable("a [[h@l'oU]] b\u0001+10S c\n\nd")).toBe("a [h@l'oU] b +10S c\n\nd");
  });

  it.each([
    ['an error', 'crash', 'ENGINE_FAILED'],
    ['a signal in the middle', 'die', 'ENGINE_FAILED'],
    ['what is no WAV', 'html', 'SOUND_UNUSABLE'],
  ])('fails when the program ends with %s', async (_, command, reason) => {
    await expect(lengthOf(open(engine).speak(command))).rejects.toMatchObject({
      reason,
      metadata: { engine: 'espeak-ng' },
    });
    expect(engine.stats()).toEqual({ busy: 0, queue: 0 });
  });

  it('fails when the program was removed meanwhile', async () => {
    await using other = await installBeeping();
    const removed = await EspeakEngine.start({ program: other.path, path: '' }, { workers: 1, maxWaiting: 0 });
    await rm(other.path);
    await expect(lengthOf(open(removed).speak('een'))).rejects.toMatchObject({ reason: 'ENGINE_FAILED' });
    expect(removed.stats()).toEqual({ busy: 0, queue: 0 });
  });

  it('kills the program of a caller who leaves, and gives its place back', async () => {
    const gone = new AbortController();
    const spoken = lengthOf(open(engine, { call: callOf(gone.signal) }).speak(`hang ${file('leaving')}`));
    const pid = await hanging(file('leaving'));
    gone.abort(new Error('gone'));
    await expect(spoken).rejects.toThrow('gone');
    await eventually('the program is gone', () => !isRunning(pid));
    expect(engine.stats()).toEqual({ busy: 0, queue: 0 });
  });

  it('kills the program when the reader stops reading', async () => {
    for await (const _ of open(engine).speak(`hang ${file('stopping')}`)) break;
    const pid = await hanging(file('stopping'));
    await eventually('the program is gone', () => !isRunning(pid));
    expect(engine.stats()).toEqual({ busy: 0, queue: 0 });
  });

  it('waits for a reader who stands still', async () => {
    const sound = open(engine).speak('long 600')[Symbol.asyncIterator]();
    await sound.next();
    const before = process.memoryUsage().arrayBuffers;
    // Time enough for most of its 26 MB, were they taken.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 << 20);
    await sound.return?.(undefined);
  });

  it('runs two programs at the same time, lets one wait, refuses the next call, and starts the one that waited', async () => {
    const gone = new AbortController();
    const call = callOf(gone.signal);
    const speakers = [1, 2, 3].map(() => open(engine, { call }));
    const [one, two, three] = speakers.map((speaker, at) => lengthOf(speaker.speak(`hang ${file(`at-${at}`)}`)));
    await Promise.all([hanging(file('at-0')), hanging(file('at-1'))]);
    expect(engine.stats()).toEqual({ busy: 2, queue: 1 });
    expect(() => open(engine)).toThrow(expect.objectContaining({ reason: 'ENGINE_BUSY' }));
    await expect(access(file('at-2'))).rejects.toThrow('ENOENT');
    speakers[0]?.close();
    await expect(one).rejects.toThrow('closed');
    await hanging(file('at-2'));
    gone.abort(new Error('gone'));
    const left = await Promise.allSettled([two, three]);
    expect(left.map((end) => end.status === 'rejected' && String(end.reason))).toEqual(['Error: gone', 'Error: gone']);
    expect(engine.stats()).toEqual({ busy: 0, queue: 0 });
  });

  it('leaves no handle, however its calls end', async () => {
    await lengthOf(open(engine).speak('een'));
    const of = ({ ProcessWrap = 0, PipeWrap = 0 }: Record<string, number>): number => ProcessWrap + PipeWrap;
    const before = of(openHandles());
    for (const text of ['een twee', 'crash', 'html', 'die'])
      await lengthOf(open(engine).speak(text)).catch((error: unknown) => expect(error).toBeInstanceOf(SpeechError));
    await eventually('nothing is open that was not before', () => of(openHandles()) <= before);
  });

  it('ends what it speaks when it is closed, and takes nothing after', async () => {
    const other = await EspeakEngine.start({ program: program.path, path: '' }, { workers: 1, maxWaiting: 1 });
    const spoken = lengthOf(open(other).speak(`hang ${file('closing')}`));
    const pid = await hanging(file('closing'));
    other.close();
    await expect(spoken).rejects.toMatchObject({ reason: 'ENGINE_FAILED' });
    await eventually('the program is gone', () => !isRunning(pid));
    expect(() => open(other)).toThrow('closed');
  });

  it('does not start without the program, or with one that lists no voice', async () => {
    await expect(
      EspeakEngine.start({ program: file('missing'), path: '' }, { workers: 1, maxWaiting: 1 }),
    ).rejects.toThrow('ENOENT');
    await expect(
      EspeakEngine.start({ program: 'true', path: '/usr/bin:/bin' }, { workers: 1, maxWaiting: 1 }),
    ).rejects.toThrow('no voice');
  });
});
