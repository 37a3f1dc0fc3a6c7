import { GenerateDefinitionResponse } from '@exempla/contracts/orchestrator/v1/definition_service';
import { ExampleKind, ExampleSet_Status, Relation } from '@exempla/contracts/type/v1/example';
import { Usage } from '@exempla/contracts/storage/v1/budget_service';
import type { Hop } from '@exempla/launch';
import type { Maker } from '../src/terminal/maker-view.ts';

/** A model that was asked, and paid for. */
export const MAKER: Maker = {
  provider: 'small',
  fallbackReason: '',
  models: new Map([['small', 'models.test']]),
  usage: [Usage.fromPartial({ model: 'small', answers: 7n, inputTokens: 1204n, outputTokens: 689n, costMicros: 465n })],
};

/** An answer with something of everything. */
export const RESPONSE = GenerateDefinitionResponse.fromPartial({
  definition: {
    name: 'definitions/0199',
    term: 'rivers',
    category: 'object',
    text: 'A river is a large natural stream of water that is larger than a creek.',
    assessment: {
      accepted: true,
      score: 0.934,
      violations: [{ rule: 'no-vague-words', family: 'language', score: 0.5, message: '"large" is vague' }],
    },
    sense: { source: 'wordnet:n09411430', lemma: 'river', partOfSpeech: 'noun', gloss: 'a large natural stream' },
    senseReason: 'the only sense of the word',
    otherSenses: [],
    examples: [
      {
        kind: ExampleKind.EXAMPLE_KIND_SENTENCE,
        status: ExampleSet_Status.STATUS_SHORT,
        wanted: 3,
        items: [
          {
            text: 'The river was navigable for 50 miles.',
            relation: Relation.RELATION_SELF,
            source: 'wordnet:n09411430',
          },
        ],
      },
      {
        kind: ExampleKind.EXAMPLE_KIND_COUNTER,
        status: ExampleSet_Status.STATUS_OK,
        wanted: 1,
        items: [
          {
            text: 'brook',
            relation: Relation.RELATION_SIBLING,
            source: 'wordnet:n09229709',
            reason: 'A brook is a natural stream of water smaller than a river.',
          },
        ],
      },
      { kind: ExampleKind.EXAMPLE_KIND_ANTONYM, status: ExampleSet_Status.STATUS_EMPTY, wanted: 5 },
      {
        kind: ExampleKind.EXAMPLE_KIND_SYNONYM,
        status: ExampleSet_Status.STATUS_TIMEOUT,
        wanted: 5,
        errorReason: 'BUDGET_EXCEEDED',
      },
    ],
  },
  degraded: [{ step: 'narration', reason: 'UNAVAILABLE', message: 'audio does not answer' }],
});

export const HOP: Hop = {
  kind: 'span',
  service: 'orchestrator',
  pid: 42,
  method: 'exempla.orchestrator.v1.DefinitionService/GenerateDefinition',
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  parentSpanId: 'c'.repeat(16),
  startMs: 1_000_000.123,
  durationMs: 12.345,
  deadlineLeftMs: 9999,
  deadlineRemainingMs: 9987,
  status: 'OK',
  inFlight: 1,
  requestId: 'r',
  tenant: 'local',
};
