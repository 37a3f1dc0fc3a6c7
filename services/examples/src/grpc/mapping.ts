import type {
  DefineTermRequest,
  DefineTermResponse,
  GenerateExamplesRequest,
  GenerateExamplesResponse,
  GetCapabilitiesResponse,
  StreamExamplesResponse,
} from '@exempla/contracts/examples/v1/example_service';
import * as wire from '@exempla/contracts/type/v1/example';
import type { UsageContext as WireContext } from '@exempla/contracts/type/v1/usage_context';
import type { CallContext } from '@exempla/rpc';
import type {
  Asked,
  CallBudget,
  DefineRequest,
  DefineTermAnswer,
  ExampleKind,
  ExampleSet,
  ExamplesAnswer,
  ExamplesHeader,
  ExamplesPart,
  ExamplesRequest,
  Providers,
  Relation,
  SetStatus,
  UsageContext,
} from '../examples/index.ts';
import { EXAMPLE_KINDS } from '../examples/index.ts';

const KIND: Readonly<Record<ExampleKind, wire.ExampleKind>> = {
  SENTENCE: wire.ExampleKind.EXAMPLE_KIND_SENTENCE,
  PRACTICAL: wire.ExampleKind.EXAMPLE_KIND_PRACTICAL,
  COUNTER: wire.ExampleKind.EXAMPLE_KIND_COUNTER,
  SYNONYM: wire.ExampleKind.EXAMPLE_KIND_SYNONYM,
  ANTONYM: wire.ExampleKind.EXAMPLE_KIND_ANTONYM,
  EXPLANATION: wire.ExampleKind.EXAMPLE_KIND_EXPLANATION,
};

const RELATION: Readonly<Record<Relation, wire.Relation>> = {
  SELF: wire.Relation.RELATION_SELF,
  SYNONYM: wire.Relation.RELATION_SYNONYM,
  NEAR: wire.Relation.RELATION_NEAR,
  BROADER: wire.Relation.RELATION_BROADER,
  NARROWER: wire.Relation.RELATION_NARROWER,
  SIBLING: wire.Relation.RELATION_SIBLING,
  ANTONYM: wire.Relation.RELATION_ANTONYM,
  INDIRECT_ANTONYM: wire.Relation.RELATION_INDIRECT_ANTONYM,
};

const STATUS: Readonly<Record<SetStatus, wire.ExampleSet_Status>> = {
  OK: wire.ExampleSet_Status.STATUS_OK,
  SHORT: wire.ExampleSet_Status.STATUS_SHORT,
  EMPTY: wire.ExampleSet_Status.STATUS_EMPTY,
  TIMEOUT: wire.ExampleSet_Status.STATUS_TIMEOUT,
  ERROR: wire.ExampleSet_Status.STATUS_ERROR,
};

const toContext = (context: WireContext | undefined): UsageContext => ({
  organisational: context?.organisational ?? [],
  juridical: context?.juridical ?? [],
  legalBasis: context?.legalBasis ?? [],
});

const toLanguage = (language: string): string => (language === '' ? 'en' : language);

export const toDefineRequest = (request: DefineTermRequest): DefineRequest & Asked => ({
  term: request.term,
  context: toContext(request.context),
  language: toLanguage(request.language),
  category: request.category,
  sense: request.sense,
  improveText: request.improveText,
  brokenRules: request.brokenRules,
  provider: request.provider,
});

export const toExamplesRequest = (request: GenerateExamplesRequest): ExamplesRequest & Asked => ({
  term: request.term,
  definition: request.definition,
  context: toContext(request.context),
  language: toLanguage(request.language),
  category: request.category,
  sense: request.sense,
  kinds: EXAMPLE_KINDS.filter((kind) => request.kinds.includes(KIND[kind])),
  maxExamples: request.maxExamples,
  provider: request.provider,
});

export const toBudget = ({ signal, deadline, reserveMs, tenant }: CallContext): CallBudget => ({
  signal,
  reserveMs,
  tenant,
  remainingMs: () => deadline.remainingMs(),
});

export const fromExampleSet = ({ kind, status, items, ...rest }: ExampleSet): wire.ExampleSet => ({
  ...rest,
  kind: KIND[kind],
  status: STATUS[status],
  items: items.map((item) => ({ ...item, relation: RELATION[item.relation] })),
});

const fromHeader = ({ sense, reason, others, provider }: ExamplesHeader) => ({
  sense,
  senseReason: reason,
  otherSenses: [...others],
  provider,
});

export const fromDefined = (answer: DefineTermAnswer): DefineTermResponse => ({
  text: answer.text,
  fallbackReason: answer.fallbackReason,
  ...fromHeader(answer),
});

export const fromExamples = (answer: ExamplesAnswer): GenerateExamplesResponse => ({
  ...fromHeader(answer),
  sets: answer.sets.map(fromExampleSet),
});

export const fromPart = (part: ExamplesPart): StreamExamplesResponse => ({
  part:
    'header' in part
      ? { $case: 'header', value: fromHeader(part.header) }
      : { $case: 'set', value: fromExampleSet(part.set) },
});

export const fromProviders = ({ named }: Providers): GetCapabilitiesResponse => ({
  providers: named.map(({ name, languages, origin }) => ({
    name,
    languages: [...languages],
    kinds: EXAMPLE_KINDS.map((kind) => KIND[kind]),
    origin,
  })),
});
