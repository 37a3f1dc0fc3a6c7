import { chooseProvider } from './choose-provider.ts';
import type { ExampleProvider } from './example-provider.ts';
import type { CallBudget, DefinedTerm, DefineRequest } from './types.ts';

export interface DefineTermAnswer extends DefinedTerm {
  readonly provider: string;
}

export type DefineTerm = (request: DefineRequest, budget: CallBudget) => Promise<DefineTermAnswer>;

export const defineTerm =
  (providers: readonly ExampleProvider[]): DefineTerm =>
  async (request, budget) => {
    const provider = chooseProvider(providers, request.language);
    const defined = await provider.define(request, budget.signal);
    return { ...defined, provider: provider.name };
  };
