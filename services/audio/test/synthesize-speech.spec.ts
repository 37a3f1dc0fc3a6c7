import { describe, expect, it } from '@jest/globals';
import { SpeechError, type SpeechPart, type Voice } from '../src/speech/index.ts';
import { Mp3Frames } from '../src/speech/mp3-frames.ts';
import { readWav } from '../src/speech/wav.ts';
import { BeepingEngine, MS_PER_CHARACTER, voice } from './beeping-engine.ts';
import { collect } from './collect.ts';
import { failure, setUp, TEXT } from './speech-set-up.ts';

const bytesOf = (parts: SpeechPart[]): Buffer =>
  Buffer.concat(parts.flatMap((part) => (part.type === 'chunk' ? [part.bytes] : [])));

describe('the stream', () => {
  it('is a header, then one WAV file in chunks', async () => {
    const { speak, engine, reports } = setUp();
    const parts = await collect(speak({ speed: 1.5 }));
    expect(parts[0]).toEqual({
      type: 'header',
      header: {
        voice: 'beep',
        engine: 'beeping',
        sampleRateHz: 8_000,
        format: 'wav',
        contentType: 'audio/wav',
        fallbackReason: '',
        sentences: 3,
        soundKey: new Uint8Array(),
      },
    });
    expect(parts.slice(1).every((part) => part.type === 'chunk' && part.bytes.length <= 1_024)).toBe(true);
    expect(readWav(bytesOf(parts)).samples.length).toBeGreaterThan(8 * MS_PER_CHARACTER * (TEXT.length - 2));
    expect(bytesOf(parts).indexOf('RIFF', 1)).toBe(-1);
    expect(engine.begun).toEqual(['First sentence here.', 'Second one follows.', 'Third is last.']);
    expect(engine.opened[0]).toMatchObject({ voice: 'beep', speed: 1.5 });
    expect(reports).toEqual([
      {
        voice: 'beep',
        engine: 'beeping',
        sentences: 3,
        pieces: 3,
        spoken: 3,
        spokenAtFirstSound: 1,
        bytes: bytesOf(parts).length,
      },
    ]);
  });

  it('gives the engine no piece above the limit', async () => {
    const { speak, engine } = setUp(20);
    await collect(speak({ text: 'word '.repeat(50) }));
    expect(Math.max(...engine.begun.map((text) => text.length))).toBeLessThanOrEqual(20);
  });

  it('hands over the first sound before the second sentence is begun (S3-50)', async () => {
    const { speak, engine } = setUp();
    const parts = speak({});
    for (let sound = 0; sound < 1_600;) {
      const { value } = await parts.next();
      if (value?.type === 'chunk') sound += value.bytes.length - (sound === 0 ? 44 : 0);
    }
    expect(engine.begun).toEqual(['First sentence here.']);
    await parts.return();
  });

  it('makes nothing for a reader that stands still', async () => {
    const { speak, engine } = setUp();
    const parts = speak({ text: 'Some words here. '.repeat(500) });
    await parts.next();
    await parts.next();
    await parts.next();
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(engine.begun.length).toBe(1);
    await parts.return();
    expect(engine.closed).toBe(1);
  });
});

describe('the end', () => {
  it('a reader that leaves closes the speaker', async () => {
    const { speak, engine, reports } = setUp();
    for await (const part of speak({})) if (part.type === 'chunk') break;
    expect([engine.closed, reports[0]?.spoken, reports[0]?.spokenAtFirstSound]).toEqual([1, 1, 1]);
  });

  it('an abort ends it between two chunks', async () => {
    const { speak, engine } = setUp();
    const caller = new AbortController();
    const parts = speak({}, caller.signal);
    await parts.next();
    await parts.next();
    await parts.next();
    caller.abort(new Error('gone'));
    await expect(parts.next()).rejects.toThrow('gone');
    expect([engine.begun.length, engine.closed]).toEqual([1, 1]);
  });

  it('an abort before the start reaches no engine', async () => {
    const { speak, engine } = setUp();
    await expect(speak({}, AbortSignal.abort(new Error('late'))).next()).rejects.toThrow('late');
    expect(engine.opened).toEqual([]);
  });

  it('an engine that fails ends it with its error', async () => {
    const { speak, engine } = setUp();
    engine.beforeSound = async (text) => {
      if (text.startsWith('Second')) throw new SpeechError('ENGINE_FAILED', 'broken');
    };
    const error = await failure(speak({}));
    expect([error.reason, engine.closed]).toEqual(['ENGINE_FAILED', 1]);
  });
});

describe('what is refused', () => {
  it.each(['', ' \n\t', '...', '?! — "', '🙂🙂', '\u0000'])('text %j is empty', async (text) => {
    const error = await failure(setUp().speak({ text }));
    expect([error.reason, error.message, error.metadata]).toEqual(['TEXT_EMPTY', 'text is empty', { field: 'text' }]);
  });

  it('text the voice can say nothing of', async () => {
    const { speak, engine } = setUp();
    const error = await failure(speak({ text: '日本語。' }));
    expect([error.reason, error.metadata['voice'], engine.opened.length]).toEqual(['TEXT_EMPTY', 'beep', 0]);
    expect(error.message).toMatch(/^text is empty: /);
  });

  it('a format the voice does not have', async () => {
    const error = await failure(setUp().speak({ format: 'mp3' }));
    expect([error.reason, error.metadata]).toEqual([
      'FORMAT_UNSUPPORTED',
      { format: 'mp3', formats: 'wav', engine: 'beeping', voice: 'beep' },
    ]);
  });

  it('sound of another rate than the piece before', async () => {
    const { speak, engine } = setUp();
    engine.beforeSound = async (text) => void (engine.sampleRateHz = text.startsWith('Second') ? 44_100 : 8_000);
    const error = await failure(speak({}));
    expect(`${error.reason}: ${error.message}`).toBe(
      'SOUND_UNUSABLE: the speech engine made 44100 samples a second after 8000',
    );
  });
});

it('cuts a sentence at clauses for an engine that has all of its sound before it gives any', async () => {
  const { speak, engine } = setUp();
  engine.sentenceCharacters = 20;
  await collect(speak({ text: 'One is here, two is there, three is gone. Short.' }));
  expect(engine.begun).toEqual(['One is here,', 'two is there,', 'three is gone.', 'Short.']);
});

describe('an engine that takes more than a sentence', () => {
  it('gets as many as it takes, paragraphs apart, and the header counts sentences', async () => {
    const { speak, engine } = setUp();
    engine.pieceCharacters = 45;
    const parts = await collect(speak({ text: `One is here. Two is too.\n\nThree is third. ${'Four '.repeat(8)}.` }));
    expect(engine.begun).toEqual([
      'One is here. Two is too.\n\nThree is third.',
      'Four Four Four Four Four Four Four Four .',
    ]);
    expect(parts[0]).toMatchObject({ header: { sentences: 4 } });
  });
});

describe('MP3', () => {
  const mp3: Voice = { ...voice('mp3', 'en'), formats: ['mp3'] };
  it('is one stream of whole frames with the rate and length of its sound', async () => {
    const { speak } = setUp(5_000, [new BeepingEngine([mp3])]);
    const parts = await collect(speak({ format: 'mp3' }));
    expect(parts[0]).toMatchObject({ header: { format: 'mp3', contentType: 'audio/mpeg', sampleRateHz: 24_000 } });
    const frames = new Mp3Frames();
    expect(frames.push(bytesOf(parts)).length).toBe(bytesOf(parts).length);
    frames.end();
    expect(frames.seconds).toBeCloseTo((MS_PER_CHARACTER * (TEXT.length - 2)) / 1_000, 0);
  });

  it('is what comes where the voice makes nothing else and no format is asked for', async () => {
    const { speak } = setUp(5_000, [new BeepingEngine([mp3])]);
    expect((await collect(speak({ format: undefined })))[0]).toMatchObject({ header: { contentType: 'audio/mpeg' } });
  });

  it('that is none is told before a byte of it', async () => {
    const engine = new BeepingEngine([mp3]);
    engine.open = () => ({
      async *speak() {
        yield { type: 'mp3', bytes: Uint8Array.from(Buffer.from('<!doctype html>')) };
      },
      close: () => {},
    });
    const parts = setUp(5_000, [engine]).speak({ format: 'mp3' });
    await expect(parts.next()).rejects.toMatchObject({ reason: 'SOUND_UNUSABLE' });
  });
});
