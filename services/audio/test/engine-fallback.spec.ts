import { describe, expect, it } from '@jest/globals';
import { SpeechError, type SpeechErrorReason } from '../src/speech/index.ts';
import { BeepingEngine, voice } from './beeping-engine.ts';
import { collect } from './collect.ts';
import { failure, setUp } from './speech-set-up.ts';

describe('an engine that breaks down before its first sound', () => {
  const down = (reason: SpeechErrorReason, name = 'far'): BeepingEngine => {
    const engine = new BeepingEngine([voice(name, 'en', 'nl')], name === 'far' ? 'away' : 'further');
    engine.beforeSound = () => Promise.reject(new SpeechError(reason, 'is down'));
    return engine;
  };

  it.each<SpeechErrorReason>([
    'PROVIDER_UNAVAILABLE',
    'PROVIDER_TIMEOUT',
    'PROVIDER_RATE_LIMITED',
    'PROVIDER_KEY_REFUSED',
    'SOUND_UNUSABLE',
  ])('with %s: a voice of another engine speaks, which is told and counted', async (reason) => {
    const { speak, engine, fallbacks } = setUp(5_000, [down(reason), new BeepingEngine()]);
    const [first, ...rest] = await collect(speak({}));
    const why = `voice "far" of away failed with ${reason}`;
    expect(first).toMatchObject({ type: 'header', header: { voice: 'beep', fallbackReason: why } });
    expect(rest.every(({ type }) => type === 'chunk')).toBe(true);
    expect([fallbacks, engine.closed]).toEqual([[{ from: 'away', to: 'beeping', reason }], 1]);
  });

  it.each<SpeechErrorReason>(['PROVIDER_REJECTED', 'ENGINE_BUSY', 'ENGINE_FAILED'])(
    'with %s: nobody speaks in its place',
    async (reason) => {
      const other = new BeepingEngine();
      expect((await failure(setUp(5_000, [down(reason), other]).speak({}))).reason).toBe(reason);
      expect(other.begun).toEqual([]);
    },
  );

  it('and a language nobody else speaks: its own error', async () => {
    const { speak, fallbacks } = setUp(5_000, [down('PROVIDER_TIMEOUT'), new BeepingEngine()]);
    expect((await failure(speak({ language: 'nl' }))).reason).toBe('PROVIDER_TIMEOUT');
    expect(fallbacks).toEqual([]);
  });

  it('and then the other too: the error of the first', async () => {
    const { speak } = setUp(5_000, [down('PROVIDER_TIMEOUT'), down('PROVIDER_REJECTED', 'farther')]);
    expect((await failure(speak({}))).reason).toBe('PROVIDER_TIMEOUT');
  });

  it('has half of the time for it where somebody else can speak', async () => {
    const { speak, engine } = setUp(5_000, [down('PROVIDER_TIMEOUT'), new BeepingEngine()]);
    await collect(speak({}));
    expect(engine.opened[0]?.patienceMs).toBe(30_000);
  });

  it('after its first sound: its error, and nobody else', async () => {
    const far = new BeepingEngine([voice('far', 'en')], 'away');
    far.beforeSound = async (text) => {
      if (text.startsWith('Second')) throw new SpeechError('PROVIDER_UNAVAILABLE', 'is down');
    };
    const near = new BeepingEngine();
    expect((await failure(setUp(5_000, [far, near]).speak({}))).reason).toBe('PROVIDER_UNAVAILABLE');
    expect(near.opened).toEqual([]);
  });

  it('because its caller left: the reason of leaving, and nobody else', async () => {
    const far = new BeepingEngine([voice('far', 'en')], 'away');
    const caller = new AbortController();
    far.beforeSound = async () => {
      caller.abort(new Error('gone'));
      throw new SpeechError('PROVIDER_UNAVAILABLE', 'broken off');
    };
    const near = new BeepingEngine();
    await expect(collect(setUp(5_000, [far, near]).speak({}, caller.signal))).rejects.toThrow('broken off');
    expect(near.opened).toEqual([]);
  });
});
