import type { Account, Spending } from '@exempla/budget';
import {
  ask,
  CallRun,
  HEALTH,
  OpenCalls,
  systemClock,
  TargetHealth,
  UpstreamLimiter,
  type Asking,
  type Attempt,
  type Target,
  type UpstreamMetrics,
} from '@exempla/upstream';
import {
  SpeechError,
  type Sound,
  type Speaker,
  type SpeakerOptions,
  type SpeechCall,
  type SpeechEngine,
  type SpeechErrorReason,
  type Voice,
} from '../speech/index.ts';
import { PieceReader } from './piece-reader.ts';
import { speechFailure } from './provider-failures.ts';
import type { PieceRequest, Provider } from './provider.ts';
import { SoundFault } from './sound-fault.ts';

/** What the engines of all providers share. */
export interface Shared {
  readonly metrics: UpstreamMetrics;
  /** Who pays; nobody is asked without. */
  readonly spending: Spending | undefined;
}

export interface ProviderLimits {
  /** Of one request until its first sound, milliseconds. */
  readonly httpTimeoutMs: number;
  /** Between two parts of the sound, milliseconds. */
  readonly soundIdleMs: number;
  /** Requests under way at most; before anything is known of the provider, a fifth of it. */
  readonly maxInFlight: number;
  /** Before a request that failed is made once more, milliseconds. */
  readonly backoffMs: number;
}

/** Requests for one piece that got no sound. */
const ROUNDS = 2;
/** The longest that a character takes to say, and any piece beside; what is longer is not the sound of the text. */
const MAX_S_PER_CHARACTER = 0.6;
const MAX_S_BESIDE = 10;
const PRICED_CHARACTERS = 1_000_000;
/** Of samples; MP3 has fewer. */
const BYTES_PER_S = 48_000;

/** A piece whose first sound is there: from here on a fault ends it. */
interface Opened {
  readonly attempt: Attempt;
  readonly first: Sound;
  readonly reader: PieceReader;
}

interface Job {
  readonly piece: PieceRequest;
  readonly call: SpeechCall;
  readonly account: Account | undefined;
  /** Milliseconds that are left for its first sound. */
  readonly patienceMs: () => number;
}

/** The voices of a provider, asked for piece by piece; its sound is handed on as it comes. */
export class ProviderEngine implements SpeechEngine, AsyncDisposable {
  readonly name: string;
  readonly voices: readonly Voice[];
  readonly settings: string;
  readonly pieceCharacters: number;
  readonly #provider: Provider;
  readonly #limits: ProviderLimits;
  readonly #open = new OpenCalls('the speech');
  readonly #target: Target;
  readonly #asking: Asking<Target>;
  readonly #spending: Spending | undefined;
  readonly #unwatch: () => void;

  constructor(provider: Provider, limits: ProviderLimits, { metrics, spending }: Shared) {
    this.#spending = spending;
    const { name, voices, settings, pieceCharacters, upstream, model } = provider;
    this.name = name;
    this.voices = voices;
    this.settings = settings;
    this.pieceCharacters = pieceCharacters;
    this.#provider = provider;
    this.#limits = limits;
    const initial = Math.max(1, Math.floor(limits.maxInFlight / 5));
    const limiter = new UpstreamLimiter(systemClock, { initial, max: limits.maxInFlight });
    this.#unwatch = metrics.watch(upstream, limiter);
    this.#target = { upstream, model, limiter, health: new TargetHealth(HEALTH) };
    this.#asking = {
      policy: { rounds: ROUNDS, backoffMs: limits.backoffMs },
      clock: systemClock,
      metrics,
      failureOf: (thrown, _, timedOut) => speechFailure(thrown, provider, timedOut),
      skipped: (ms) =>
        this.#error(
          'PROVIDER_UNAVAILABLE',
          'is left alone for a while, as it asked or because it failed too often',
          ms,
        ),
      outOfBudget: () => this.#error('PROVIDER_TIMEOUT', 'did not speak in time'),
    };
  }

  /** Everything but control characters. */
  sayable(text: string): string {
    return text.replace(/[^\P{Cc}\n]/gu, ' ');
  }

  open({ voice, format, speed, call, patienceMs }: SpeakerOptions): Speaker {
    const given = new AbortController();
    const ended = { ...call, signal: AbortSignal.any([call.signal, given.signal]) };
    const until = performance.now() + patienceMs;
    let left = (): number => until - performance.now();
    return {
      speak: (text) => {
        const job = { piece: { voice, text, format, speed }, call: ended, patienceMs: left };
        // Behind the first sound nobody else can speak.
        left = () => Infinity;
        return this.#speak(job);
      },
      close: () => given.abort(new Error('the speaker has been closed')),
    };
  }

  /** What is under way ends; resolves when all has. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.close(this.#error('PROVIDER_UNAVAILABLE', 'is closed'));
    this.#unwatch();
  }

  async *#speak(job: Omit<Job, 'account'>): AsyncGenerator<Sound, void> {
    using account = this.#spending?.account(job.call);
    let isBegun = false;
    const patienceMs = (): number => (isBegun ? Infinity : job.patienceMs());
    using run = new CallRun({ ...job.call, patienceMs, ...(account && { spend: account.spend }) }, this.#open);
    const opened = await ask(this.#asking, {
      run,
      targets: [this.#target],
      maxCostMicros: () => this.#costOf(job.piece),
      use: (attempt) => this.#begin(attempt, { ...job, account }),
    });
    using attempt = opened.attempt;
    isBegun = true;
    try {
      for (let sound: Sound | undefined = opened.first; sound;) {
        yield sound;
        sound = await attempt.until(opened.reader.next(), this.#limits.soundIdleMs);
      }
      attempt.succeeded();
    } catch (error) {
      throw attempt.failed(error).error;
    }
  }

  async #begin(attempt: Attempt, { piece, account }: Omit<Job, 'patienceMs'>): Promise<Opened> {
    const { rawSampleRateHz } = this.#provider;
    const maxBytes = BYTES_PER_S * (MAX_S_BESIDE + (MAX_S_PER_CHARACTER * piece.text.length) / piece.speed);
    const beginning = async (): Promise<Omit<Opened, 'attempt'>> => {
      const body = await this.#provider.request(piece, attempt.signal);
      this.#paid(piece, account);
      const reader = new PieceReader(body, { format: piece.format, rawSampleRateHz, maxBytes });
      const first = await reader.next();
      if (!first) throw new SoundFault('empty', 'no sound');
      return { first, reader };
    };
    const began = await attempt.until(beginning(), this.#limits.httpTimeoutMs);
    attempt.answered('first');
    return { attempt, ...began };
  }

  /** Providers charge what they have begun to say, whoever listens to the end. */
  #paid(piece: PieceRequest, account: Account | undefined): void {
    const { model, upstream } = this.#target;
    account?.used({ model: model || upstream, characters: piece.text.length, costMicros: this.#costOf(piece) });
  }

  #costOf({ text }: PieceRequest): number {
    return Math.ceil((text.length * (this.#provider.priceMicros ?? 0)) / PRICED_CHARACTERS);
  }

  #error(reason: SpeechErrorReason, what: string, retryAfterMs?: number): SpeechError {
    return new SpeechError(reason, `${this.name} ${what}`, { engine: this.name }, { retryAfterMs });
  }
}
