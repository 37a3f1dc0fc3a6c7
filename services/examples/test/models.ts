import { Deadline, type CallContext } from '@exempla/rpc';
import { MetricRegistry, type MetricName } from '@exempla/telemetry';
import type { ScriptedOpenAi } from '@exempla/testing';
import { OpenAiText, type OpenAiTextOptions } from '@exempla/text';
import { providersOf, type Opened } from '../src/adapters/open-providers.ts';
import type { CallBudget, Providers } from '../src/examples/index.ts';

export interface Models extends AsyncDisposable {
  readonly providers: Providers;
  readonly text: OpenAiText;
  readonly metrics: MetricRegistry;
}

/** The providers of a service with these models at the scripted upstream. */
export function openModels(
  { baseUrl }: Pick<ScriptedOpenAi, 'baseUrl'>,
  given: Partial<OpenAiTextOptions> & { models?: string[]; order?: string[]; wordnet?: Opened['wordnet'] } = {},
): Models {
  const { models = ['small'], order = ['model'], wordnet, ...rest } = given;
  const metrics = new MetricRegistry();
  const upstream = { name: 'scripted', baseUrl, apiKey: 'k-1', models: models.map((name) => ({ name })) };
  const options = { upstreams: [upstream], retry: { rounds: 3, backoffMs: 10 }, metrics, ...rest };
  const text = new OpenAiText(options);
  return {
    providers: providersOf({ order, text: options }, { wordnet, text, metrics }),
    text,
    metrics,
    [Symbol.asyncDispose]: () => text[Symbol.asyncDispose](),
  };
}

/** A call of a caller who stays, with so many milliseconds left. */
export function callFor(ms: number, rest: Partial<Pick<CallContext, 'signal' | 'tenant'>> = {}): CallBudget {
  const deadline = Deadline.after(ms);
  return {
    signal: new AbortController().signal,
    tenant: 'acme',
    reserveMs: 20,
    remainingMs: () => deadline.remainingMs(),
    ...rest,
  };
}

/** What a gauge or counter shows now, of the points with these labels. */
export function metric(
  registry: MetricRegistry,
  { name }: MetricName,
  labels: Readonly<Record<string, string>> = {},
): number {
  const points = registry
    .read()
    .flatMap((family) => (family.metric.name === name && family.kind !== 'histogram' ? family.points : []))
    .filter((point) => Object.entries(labels).every(([key, value]) => point.labels[key] === value));
  return points.reduce((sum, { value }) => sum + value, 0);
}
