import type { DegradedPart, StepTime } from '../parts/index.ts';
import type { DefinitionPorts } from './ports.ts';
import { EXAMPLE_KINDS, type ExampleKind, type ExampleSet, type GenerateRequest } from './types.ts';

/** The reason of a kind that a source which ended well left out. */
export const NO_ANSWER = 'KIND_NOT_ANSWERED';

export interface CollectedExamples {
  /** One set for each kind wanted, in the order of the kinds. */
  sets: readonly ExampleSet[];
  degraded: DegradedPart | undefined;
}

/**
 * Gathers the kinds as they finish. When the source breaks off or runs out of time the kinds that came are kept, and the
 * others say TIMEOUT or ERROR: examples are optional, they never fail a definition.
 */
export async function collectExamples(
  request: GenerateRequest,
  { terms, readFailure }: Pick<DefinitionPorts, 'terms' | 'readFailure'>,
  time: StepTime,
  onSet: (set: ExampleSet) => void,
): Promise<CollectedExamples> {
  const wanted = request.kinds.length > 0 ? request.kinds : EXAMPLE_KINDS;
  const came = new Map<ExampleKind, ExampleSet>();
  let degraded: DegradedPart | undefined;
  const keep = (set: ExampleSet): void => {
    came.set(set.kind, set);
    onSet(set);
  };
  try {
    for await (const set of terms.examples({ ...request, kinds: wanted }, time)) keep(set);
  } catch (error) {
    degraded = { step: 'examples', ...readFailure(error) };
  }
  const reason = degraded?.reason ?? NO_ANSWER;
  for (const kind of wanted) {
    if (came.has(kind)) continue;
    const status = reason === 'TIMEOUT' ? 'TIMEOUT' : 'ERROR';
    keep({ kind, status, items: [], wanted: 0, errorReason: reason, provider: '', fallbackReason: '' });
  }
  const sets = EXAMPLE_KINDS.flatMap((kind) => came.get(kind) ?? []);
  return { sets, degraded };
}
