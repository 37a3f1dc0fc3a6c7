import { TextError } from '../text-error.ts';
import { distinct } from './items.ts';

export interface Counted {
  readonly items: readonly string[];
  readonly status: 'OK' | 'SHORT' | 'EMPTY';
}

/**
 * As many items as wanted: too many are cut, too few are asked for once more, and what is still short is said to be. `more` is
 * told how many are missing and which are there; when no model answers it, what there was is kept.
 */
export async function exactly(
  wanted: number,
  first: readonly string[],
  more: (missing: number, have: readonly string[]) => Promise<readonly string[]>,
): Promise<Counted> {
  const have = distinct(first);
  if (have.length >= wanted) return counted(have, wanted);
  const added = await more(wanted - have.length, have).catch(noneFrom);
  return counted(distinct([...have, ...added]), wanted);
}

/** The end of a call is no `TextError`, and ends this too. */
function noneFrom(error: unknown): readonly string[] {
  if (error instanceof TextError) return [];
  throw error;
}

function counted(items: readonly string[], wanted: number): Counted {
  const kept = items.slice(0, wanted);
  return { items: kept, status: kept.length >= wanted ? 'OK' : kept.length > 0 ? 'SHORT' : 'EMPTY' };
}
