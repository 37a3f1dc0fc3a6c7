import { Deadline } from '@exempla/rpc';
import { MetricRegistry, type MetricName } from '@exempla/telemetry';
import type { ScriptedOpenAi } from '@exempla/testing';
import { OpenAiText, type OpenAiTextOptions, type TextCall, type TextPart, type TextRequest } from '../src/index.ts';

export const REQUEST: TextRequest = { messages: [{ role: 'user', content: 'Tell me of a fox.' }] };
export const SCHEMA = {
  type: 'object',
  properties: { animal: { type: 'string' } },
  required: ['animal'],
  additionalProperties: false,
};
export const OBJECT_REQUEST = { ...REQUEST, name: 'animal', schema: SCHEMA };
/** Between rounds; the policy of production waits a second. */
export const QUICK = { rounds: 3, backoffMs: 10 };

/** A call of a caller who stays. */
export const callFor = (ms: number, changes: Partial<TextCall> = {}): TextCall => ({
  signal: new AbortController().signal,
  deadline: Deadline.after(ms),
  tenant: 'acme',
  ...changes,
});

/** A generator with one upstream and these models, which counts for itself. */
export function generatorFor(
  { baseUrl }: Pick<ScriptedOpenAi, 'baseUrl'>,
  options: Partial<OpenAiTextOptions> & { models?: string[] } = {},
): OpenAiText {
  const { models = ['small'], ...rest } = options;
  const price = { inputMicros: 1_000_000, outputMicros: 2_000_000 };
  const upstream = { name: 'scripted', baseUrl, apiKey: 'k-1', models: models.map((name) => ({ name, price })) };
  return new OpenAiText({ upstreams: [upstream], retry: QUICK, metrics: new MetricRegistry(), ...rest });
}

/** The parts of a stream, and what ended it. */
export async function partsOf(
  stream: AsyncIterable<TextPart>,
): Promise<{ text: string; end: TextPart | undefined; error: unknown }> {
  let text = '';
  let end: TextPart | undefined;
  try {
    for await (const part of stream) {
      if (part.type === 'text') text += part.text;
      else end = part;
    }
    return { text, end, error: undefined };
  } catch (error) {
    return { text, end, error };
  }
}

/** What a gauge or counter shows now, all its labels together. */
export function metric(registry: MetricRegistry, { name }: MetricName): number {
  const values = registry
    .read()
    .flatMap((family) => (family.metric.name === name && family.kind !== 'histogram' ? family.points : []));
  return values.reduce((sum, { value }) => sum + value, 0);
}
