/** Engines pad each piece with silence of their own; that much of it is kept, so that a soft onset is not cut. */
const KEPT_SILENCE_MS = 40;
/** Ramp at both edges, so that the signal meets the pause at zero and no click is heard. */
const FADE_MS = 5;
const FRAME_MS = 10;
/** A frame below −54 dBFS is silence: the noise floor of the recorded voices is at −56 and lower. */
const SILENCE_BELOW = 32_768 * 10 ** (-54 / 20);

type Samples = Int16Array<ArrayBuffer>;
const NOTHING: Samples = new Int16Array(0);

/** Makes one piece ready to be put after another, while it comes: edges trimmed and faded. Holds back what may be the end. */
export class PieceShaper {
  readonly #frame: number;
  readonly #kept: number;
  readonly #ramp: number;
  #held: Samples = NOTHING;
  /** In what is held: up to where it was looked at, and where the last sound in it ends. */
  #scanned = 0;
  #soundEnd = 0;
  #found = false;
  #begun = false;

  constructor(sampleRateHz: number) {
    const perMs = sampleRateHz / 1000;
    this.#frame = Math.round(FRAME_MS * perMs);
    this.#kept = Math.round(KEPT_SILENCE_MS * perMs);
    this.#ramp = Math.round(FADE_MS * perMs);
  }

  /** What can be handed over by now. */
  push(samples: Samples): Samples {
    this.#held = joined(this.#held, samples);
    while (this.#scanned + this.#frame <= this.#held.length) this.#look(this.#scanned + this.#frame);
    if (!this.#found) this.#drop(Math.max(0, this.#scanned - this.#kept));
    const ready = this.#soundEnd - this.#ramp;
    return this.#found && ready >= this.#ramp ? this.#take(ready, this.#ramp) : NOTHING;
  }

  /** The rest. */
  end(): Samples {
    if (this.#scanned < this.#held.length) this.#look(this.#held.length);
    if (!this.#found) return NOTHING;
    const length = Math.min(this.#held.length, this.#soundEnd + this.#kept);
    const ramp = Math.min(this.#ramp, this.#begun ? length : Math.floor(length / 2));
    const rest = this.#take(length, ramp);
    for (let i = 0; i < ramp; i++) scale(rest, rest.length - 1 - i, i / ramp);
    return rest;
  }

  #look(to: number): void {
    const from = this.#scanned;
    this.#scanned = to;
    if (loudness(this.#held.subarray(from, to)) < SILENCE_BELOW) return;
    this.#soundEnd = to;
    if (!this.#found) this.#drop(Math.max(0, from - this.#kept));
    this.#found = true;
  }

  #drop(count: number): void {
    this.#held = this.#held.subarray(count);
    this.#scanned -= count;
    this.#soundEnd -= count;
  }

  /** The first of what is held; the very first of the piece is faded in. */
  #take(count: number, ramp: number): Samples {
    const taken = this.#held.slice(0, count);
    this.#drop(count);
    if (!this.#begun) for (let i = 0; i < ramp; i++) scale(taken, i, i / ramp);
    this.#begun = true;
    return taken;
  }
}

/** Root mean square. */
const loudness = (frame: Int16Array): number =>
  Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length);

function scale(samples: Samples, at: number, gain: number): void {
  samples[at] = Math.round((samples[at] ?? 0) * gain);
}

function joined(a: Samples, b: Samples): Samples {
  if (a.length === 0) return b;
  const all = new Int16Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
