import type { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import type { RpcClient } from '@exempla/rpc';
import type { DefinedTerm, ExampleSet, TermSource } from '../definitions/index.ts';
import type { StepTime } from '../parts/index.ts';
import { fromExampleSet, fromSense, toContext, toKind } from '../wire/definition.ts';
import { askPeer, fromPeer } from './peer-errors.ts';

/** Terms and examples from the examples service. */
export class RpcTerms implements TermSource {
  readonly #client: RpcClient<typeof ExampleServiceDefinition>;

  constructor(client: RpcClient<typeof ExampleServiceDefinition>) {
    this.#client = client;
  }

  async define(
    { term, context, category, language, improve }: Parameters<TermSource['define']>[0],
    { signal, budgetMs }: StepTime,
  ): Promise<DefinedTerm> {
    const request = {
      term,
      context: toContext(context),
      category,
      language,
      improveText: improve?.text ?? '',
      brokenRules: [...(improve?.brokenRules ?? [])],
    };
    const { text, sense, senseReason, otherSenses } = await askPeer(
      this.#client.defineTerm(request, { signal, timeoutMs: budgetMs }),
    );
    return { text, sense: fromSense(sense), senseReason, otherSenses };
  }

  /** One call for all kinds; what came before a failure is not lost. */
  async *examples(
    { term, context, category, language, kinds, maxExamples }: Parameters<TermSource['examples']>[0],
    { signal, budgetMs }: StepTime,
  ): AsyncGenerator<ExampleSet> {
    const request = { term, context: toContext(context), category, language, kinds: kinds.map(toKind), maxExamples };
    try {
      for await (const { part } of this.#client.streamExamples({ request }, { signal, timeoutMs: budgetMs })) {
        if (part?.$case === 'set') yield fromExampleSet(part.value);
      }
    } catch (error) {
      throw fromPeer(error);
    }
  }
}
