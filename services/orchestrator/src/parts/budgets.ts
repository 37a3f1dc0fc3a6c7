/** What is kept for storing what was made: a fifth of the call's time within these bounds. */
const SAVE_SHARE = 0.2;
const SAVE_MIN_MS = 40;
const SAVE_MAX_MS = 2_000;

/** Milliseconds of the remaining time that the last steps (storing, naming the narration) must find. */
export function saveMs(remainingMs: number): number {
  return Math.min(Math.max(remainingMs * SAVE_SHARE, SAVE_MIN_MS), SAVE_MAX_MS);
}

/** The budget of optional parts: everything but what storing needs. The text is stored even when they eat all of it. */
export function optionalBudgetMs(remainingMs: number): number {
  return Math.max(0, remainingMs - saveMs(remainingMs));
}

/** Audio: 10 s and 1 s per 500 characters, at most 300 s, and never more than the call can give. */
export function narrationBudgetMs(characters: number, remainingMs: number): number {
  const wanted = Math.min(10_000 + Math.ceil(characters / 500) * 1_000, 300_000);
  return Math.min(wanted, optionalBudgetMs(remainingMs));
}
