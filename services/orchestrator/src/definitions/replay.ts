import type { DegradedPart } from '../parts/index.ts';
import { NO_ANSWER } from './collect-examples.ts';
import { explanationOf, narrationText } from './narration-text.ts';
import type { DefinitionPorts } from './ports.ts';
import type { Definition, GeneratedDefinition, GenerateRequest, OnPart } from './types.ts';

type Ports = Pick<DefinitionPorts, 'narrator' | 'readFailure'>;

/** Who wrote a text is reported when it is written, and not stored. */
const FORGOTTEN = { provider: '', fallbackReason: '' };

/** The answer to a request id that was used before: what it made then, part by part. */
export function replay(
  definition: Definition,
  request: GenerateRequest,
  ports: Ports,
  onPart: OnPart,
): Promise<GeneratedDefinition> {
  const { name, text, assessment, sense } = definition;
  onPart({ type: 'header', name });
  onPart({ type: 'text', text, assessment, sense, ...FORGOTTEN });
  for (const set of definition.examples) onPart({ type: 'examples', set });
  onPart({ type: 'stored', definition });
  return answerAgain(definition, request, ports, onPart);
}

/** The answer that a stored definition was, with its narration and with what went missing. */
export async function answerAgain(
  definition: Definition,
  request: GenerateRequest,
  { narrator, readFailure }: Ports,
  onPart: OnPart,
): Promise<GeneratedDefinition> {
  const { term, text, examples, narration: object } = definition;
  const degraded: DegradedPart[] = [...missingExamples(definition)];
  const answer = { definition, narration: undefined, degraded, timings: [], ...FORGOTTEN };
  if (request.narrate && !object) degraded.push(missing('narration', 'NOT_NARRATED'));
  try {
    if (!object) return answer;
    const narration = await narrator.find(object, narrationText(term, text, explanationOf(examples)));
    onPart({ type: 'narration', narration });
    return { ...answer, narration };
  } catch (error) {
    degraded.push({ step: 'narration', ...readFailure(error) });
    return answer;
  } finally {
    for (const part of degraded) onPart({ type: 'degraded', part });
  }
}

const missing = (step: string, reason: string): DegradedPart => ({
  step,
  reason,
  message: 'was missing when this was made',
});

/** Kinds that never came, see collectExamples: nobody said how many there would have been. */
function missingExamples({ examples }: Definition): DegradedPart[] {
  const lost = examples.find(
    ({ wanted, errorReason }) => wanted === 0 && errorReason !== '' && errorReason !== NO_ANSWER,
  );
  return lost ? [missing('examples', lost.errorReason)] : [];
}
