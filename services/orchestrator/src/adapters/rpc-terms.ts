import type { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import type { RpcClient } from '@exempla/rpc';
import type { DefinedTerm, ExampleSet, TermSource, TextOrigin } from '../definitions/index.ts';
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
    { term, context, category, language, provider, improve }: Parameters<TermSource['define']>[0],
    { signal, budgetMs }: StepTime,
  ): Promise<DefinedTerm & TextOrigin> {
    const request = {
      term,
      context: toContext(context),
      category,
      language,
      provider,
      improveText: improve?.text ?? '',
      brokenRules: [...(improve?.brokenRules ?? [])],
    };
    const { sense, ...rest } = await askPeer(this.#client.defineTerm(request, { signal, timeoutMs: budgetMs }));
    return { ...rest, sense: fromSense(sense) };
  }

  /** One call for all kinds; what came before a failure is not lost. */
  async *examples(
    { term, context, kinds, ...rest }: Parameters<TermSource['examples']>[0],
    { signal, budgetMs }: StepTime,
  ): AsyncGenerator<ExampleSet> {
    const { category, language, provider, maxExamples } = rest;
    const subject = { term, context: toContext(context), category, language, provider };
    const request = { ...subject, kinds: kinds.map(toKind), maxExamples };
    try {
      for await (const { part } of this.#client.streamExamples({ request }, { signal, timeoutMs: budgetMs })) {
        if (part?.$case === 'set') yield fromExampleSet(part.value);
      }
    } catch (error) {
      throw fromPeer(error);
    }
  }
}
