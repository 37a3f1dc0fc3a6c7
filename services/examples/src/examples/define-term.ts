import { askInTurn } from './ask-in-turn.ts';
import { chooseProviders } from './choose-providers.ts';
import type { Providers } from './example-provider.ts';
import type { Asked, CallBudget, DefinedTerm, DefineRequest } from './types.ts';

export interface DefineTermAnswer extends DefinedTerm {
  readonly provider: string;
  /** Why the provider that comes first did not answer; empty when it did. */
  readonly fallbackReason: string;
}

export type DefineTerm = (request: DefineRequest & Asked, call: CallBudget) => Promise<DefineTermAnswer>;

/** Of a text with at most one request behind it. */
export const DEFINITION_BUDGET_MS = 45_000;

export const defineTerm =
  (providers: Providers): DefineTerm =>
  async (request, call) => {
    const step = {
      name: 'definition',
      budgetMs: DEFINITION_BUDGET_MS,
      call,
      onFallback: providers.onFallback,
    } as const;
    const { answer, fallbackReason } = await askInTurn(chooseProviders(providers, request), step, (provider, time) =>
      provider.define(request, time),
    );
    return { ...answer, fallbackReason };
  };
