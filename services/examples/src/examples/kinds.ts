import type { ExampleKind } from './types.ts';

export interface KindDefaults {
  /** Items when the caller names no number. */
  readonly wanted: number;
  /** What making it may take, without waiting for a turn. */
  readonly budgetMs: number;
  /** How freely a model chooses its words, 0 to 2. */
  readonly temperature: number;
  /** How long what a model answered is given again. */
  readonly keptMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const KIND_DEFAULTS: Readonly<Record<ExampleKind, KindDefaults>> = {
  SENTENCE: { wanted: 3, budgetMs: 20_000, temperature: 0.5, keptMs: 30 * MINUTE_MS },
  PRACTICAL: { wanted: 3, budgetMs: 45_000, temperature: 0.6, keptMs: 30 * MINUTE_MS },
  COUNTER: { wanted: 3, budgetMs: 30_000, temperature: 0.6, keptMs: 30 * MINUTE_MS },
  SYNONYM: { wanted: 5, budgetMs: 30_000, temperature: 0.2, keptMs: 4 * HOUR_MS },
  ANTONYM: { wanted: 5, budgetMs: 30_000, temperature: 0.2, keptMs: 4 * HOUR_MS },
  EXPLANATION: { wanted: 1, budgetMs: 30_000, temperature: 0.3, keptMs: HOUR_MS },
};
