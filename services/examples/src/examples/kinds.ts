import type { ExampleKind } from './types.ts';

export interface KindDefaults {
  /** Items when the caller names no number. */
  readonly wanted: number;
  readonly budgetMs: number;
}

export const KIND_DEFAULTS: Readonly<Record<ExampleKind, KindDefaults>> = {
  SENTENCE: { wanted: 3, budgetMs: 20_000 },
  PRACTICAL: { wanted: 3, budgetMs: 45_000 },
  COUNTER: { wanted: 3, budgetMs: 30_000 },
  SYNONYM: { wanted: 5, budgetMs: 30_000 },
  ANTONYM: { wanted: 5, budgetMs: 30_000 },
  EXPLANATION: { wanted: 1, budgetMs: 30_000 },
};
