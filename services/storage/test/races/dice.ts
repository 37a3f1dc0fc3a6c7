import { seeded } from '@exempla/testing';

/** Choices that are the same for the same seed. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  chance = (of: number): boolean => this.#random() < of;
  /** A whole number from 0, below the limit. */
  below = (limit: number): number => Math.floor(this.#random() * limit);

  oneOf<T>(all: readonly T[]): T {
    const one = all[this.below(all.length)];
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  }

  /** Dice of somebody else's, so that nobody's choices depend on who comes first. */
  next(): Dice {
    return new Dice(this.below(2 ** 31));
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
