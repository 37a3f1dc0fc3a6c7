import { describe, expect, it } from '@jest/globals';
import { reportOf } from '../src/demo/report.ts';
import { HOP, MAKER, RESPONSE } from './sample.ts';

describe('reportOf', () => {
  const report = reportOf({
    term: 'rivers',
    response: RESPONSE,
    maker: MAKER,
    audio: null,
    hops: [HOP],
    startedAt: 1_000_000,
    totalMs: 13.98,
  });

  it('has this shape and nothing else, also after JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      term: 'rivers',
      madeBy: {
        provider: 'small',
        host: 'models.test',
        fallbackReason: '',
        usage: [{ model: 'small', answers: 7, inputTokens: 1204, outputTokens: 689, costMicros: 465 }],
      },
      definition: {
        name: 'definitions/0199',
        text: 'A river is a large natural stream of water that is larger than a creek.',
        accepted: true,
        score: 0.934,
        violations: [
          { rule: 'no-vague-words', family: 'language', score: 0.5, message: '"large" is vague', critical: false },
        ],
      },
      examples: {
        SENTENCE: {
          status: 'SHORT',
          items: [{ text: 'The river was navigable for 50 miles.', relation: 'SELF', source: 'wordnet:n09411430' }],
        },
        PRACTICAL: { status: 'ERROR', items: [] },
        COUNTER: { status: 'OK', items: [{ text: 'brook', relation: 'SIBLING', source: 'wordnet:n09229709' }] },
        SYNONYM: { status: 'TIMEOUT', items: [] },
        ANTONYM: { status: 'EMPTY', items: [] },
        EXPLANATION: { status: 'ERROR', items: [] },
      },
      audio: null,
      degraded: [{ step: 'narration', reason: 'UNAVAILABLE', message: 'audio does not answer' }],
      hops: [
        {
          service: 'orchestrator',
          pid: 42,
          method: 'exempla.orchestrator.v1.DefinitionService/GenerateDefinition',
          startMs: 0.1,
          durationMs: 12.3,
          deadlineLeftMs: 9999,
          status: 'OK',
        },
      ],
      totalMs: 14,
    });
  });
});
