import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { threadNiceness } from '@exempla/testing';
import { FliteEngine } from '../src/adapters/flite-engine.ts';
import { readWav, synthesizeSpeech, VoiceRegistry, type SynthesizeSpeech } from '../src/speech/index.ts';
import { callOf } from './calls.ts';
import { largestJumpAtJoins, loudShare, pauses, seconds, silentEdgesMs, type Sound } from './sound.ts';

const NARRATION =
  'Entropy. A measure of the disorder or randomness in a closed system. The term matters wherever heat is turned into ' +
  'work: it says how much of the energy is out of reach for good, e.g. in an engine, a power station or a living cell. ' +
  'Dr. Clausius gave it its name in 1865. Today it is used for messages, too: the more surprising a message is, the ' +
  'higher its entropy.';
const STORY =
  'Once upon a time, a girl called Mia lived by the sea. Every morning she ran down to the beach to look for shells.\n\n' +
  'One day she found a small green boat. "Whose boat are you?" she asked. The boat did not answer, but it rocked in the ' +
  'water as if it wanted to go somewhere. Mia took a deep breath, climbed in and held on tight.\n\n' +
  'When she came back in the evening, her pockets were full of shells and her head was full of stories.';
const VOICES = ['slt', 'rms', 'awb', 'kal16', 'kal'];

let engine: FliteEngine;
let synthesize: SynthesizeSpeech;

beforeAll(async () => {
  engine = await FliteEngine.start({ workers: 2, maxWaiting: 100 });
  const registry = new VoiceRegistry([engine], { defaultVoice: 'slt', fallbackVoices: VOICES });
  synthesize = synthesizeSpeech({ registry, limits: { maxPieceCharacters: 5_000, maxChunkBytes: 32_768 } });
});

afterAll(() => engine.close());

async function speak(text: string, voice = 'slt', speed = 1): Promise<Sound & { wav: Buffer }> {
  const chunks: Buffer[] = [];
  for await (const part of synthesize(
    { text, voice, language: '', format: 'wav', speed },
    callOf(AbortSignal.timeout(25_000)),
  )) {
    if (part.type === 'chunk') chunks.push(Buffer.from(part.bytes));
  }
  const wav = Buffer.concat(chunks);
  return { wav, ...readWav(wav) };
}

describe.each(VOICES)('voice %s', (voice) => {
  it.each([
    ['a narration', NARRATION],
    ['a story', STORY],
  ])('speaks %s as long as people do, and loud enough', async (_, text) => {
    const sound = await speak(text, voice);
    const expected = (text.split(/\s+/).length / 150) * 60;
    expect(seconds(sound) / expected).toBeGreaterThan(0.6);
    expect(seconds(sound) / expected).toBeLessThan(1.4);
    expect(loudShare(sound)).toBeGreaterThan(0.4);
    expect(sound.sampleRateHz).toBe(voice === 'kal' ? 8_000 : 16_000);
    expect(sound.wav.readUInt32LE(40)).toBe(0xffffffff);
  });

  it('rests between sentences, without clicks, and does not begin or end with a long silence', async () => {
    const sound = await speak(NARRATION, voice);
    expect(pauses(sound, 250).length).toBe(4);
    expect(largestJumpAtJoins(sound, 250)).toBeLessThan(1_000);
    const edges = silentEdgesMs(sound);
    expect(edges.start).toBeLessThan(100);
    expect(edges.end).toBeLessThan(250);
  });

  it('speaks faster and slower', async () => {
    const [slow, fast] = [await speak(NARRATION, voice, 0.5), await speak(NARRATION, voice, 2)];
    const ratio = seconds(slow) / seconds(fast);
    expect(ratio).toBeGreaterThan(3);
    expect(ratio).toBeLessThan(5);
  });
});

it('the same text is the same sound', async () => {
  const [one, other] = [await speak(NARRATION), await speak(NARRATION)];
  expect(one.wav.equals(other.wav)).toBe(true);
});

it.each([
  ['options', '-t hello -o /etc/passwd'],
  ['more options', '--help'],
  ['quotes', '"Hello," it\'s `echo` $HOME'],
  ['null bytes', 'one\u0000two'],
  ['escapes', '\u001b[31mred\u001b[0m'],
  ['emoji', 'fine 🙂 weather ☀️'],
  ['markup', '<speak><break time="9s"/>hello</speak> &amp;'],
  ['format strings', '%s %n %x 100% \\n \\0'],
  ['file names', '/etc/passwd ../../x'],
  ['numbers', '1,234,567.89 2026-11-20 10:45 +31 6 12345678 0x1F 1e9 99999999999999999999999999'],
  ['money', '$5.25, £3 and €2.50'],
  ['every sign', Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('a ')],
  ['every sign alone', Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join(' ')],
  ['one letter', 'a'],
  ['one digit', '7'],
  ['a long word', 'a'.repeat(300)],
  ['capitals', 'NASA, USA and QXZ'],
  ['half a character', 'broken \ud83d pair'],
])('%s are only text', async (_, text) => {
  const sound = await speak(text);
  expect(seconds(sound)).toBeGreaterThan(0.3);
  expect(loudShare(sound)).toBeGreaterThan(0.05);
  expect(engine.stats().failed).toBe(0);
});

it('a sentence of 5,000 characters is spoken whole', async () => {
  const sound = await speak('word '.repeat(999).trim());
  expect(seconds(sound)).toBeGreaterThan(200);
});

// Only Linux keeps a priority for each thread.
(process.platform === 'linux' ? it : it.skip)(
  'the threads that speak stand back for the one that answers',
  async () => {
    const { main, others } = await threadNiceness();
    expect(main).toBe(0);
    // Two that may be busy, and the warm spare.
    expect(others.filter((nice) => nice > 0)).toHaveLength(3);
  },
);
