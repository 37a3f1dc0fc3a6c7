/** Under this name every copy of this package in a process finds the same list. */
const SERVING = Symbol.for('exempla.rpc.serving');

const names = (): string[] => ((globalThis as Record<symbol, string[] | undefined>)[SERVING] ??= []);

/** Marks this process as one that serves; the result takes the mark back. */
export function markServing(service: string): () => void {
  names().push(service);
  let marked = true;
  return () => {
    if (marked) names().splice(names().indexOf(service), 1);
    marked = false;
  };
}

/** The services that run in this process: none of its threads may wait for a call without `await`. */
export const servingHere = (): readonly string[] => [...names()];
