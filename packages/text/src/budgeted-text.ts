import type { Account, Spending } from '@exempla/budget';
import type {
  ObjectReply,
  ObjectRequest,
  TextCall,
  TextGenerator,
  TextPart,
  TextReply,
  TextRequest,
} from './text-generator.ts';

export interface BudgetedTextOptions {
  /** Closed with it. */
  readonly spending: Spending;
  /** Of an answer whose request does not say: what is not limited cannot be reserved. */
  readonly maxTokens?: number;
}

const MAX_TOKENS = 10_000;

/**
 * A generator whose calls are paid from the budget of their tenant. What an attempt can cost is reserved before it, what it cost
 * is settled when the call is over, also when its caller left or turned away from a stream. Rejects with a `BudgetError`, too.
 */
export class BudgetedText implements TextGenerator, AsyncDisposable {
  readonly #text: TextGenerator & Partial<AsyncDisposable>;
  readonly #spending: Spending;
  readonly #maxTokens: number;

  /** `text` is closed with it, when it can be. */
  constructor(
    text: TextGenerator & Partial<AsyncDisposable>,
    { spending, maxTokens = MAX_TOKENS }: BudgetedTextOptions,
  ) {
    this.#text = text;
    this.#spending = spending;
    this.#maxTokens = maxTokens;
  }

  async generate(request: TextRequest, call: TextCall): Promise<TextReply> {
    using account = this.#spending.account(call);
    return await this.#text.generate(this.#limited(request), paidFrom(account, call));
  }

  async generateObject<T>(request: ObjectRequest, call: TextCall): Promise<ObjectReply<T>> {
    using account = this.#spending.account(call);
    return await this.#text.generateObject<T>(this.#limited(request), paidFrom(account, call));
  }

  async *stream(request: TextRequest, call: TextCall): AsyncGenerator<TextPart, void> {
    using account = this.#spending.account(call);
    yield* this.#text.stream(this.#limited(request), paidFrom(account, call));
  }

  /** Resolves when the calls under way have ended and what they used is told. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#text[Symbol.asyncDispose]?.();
    await this.#spending[Symbol.asyncDispose]();
  }

  #limited<R extends TextRequest>(request: R): R {
    return { ...request, maxTokens: request.maxTokens ?? this.#maxTokens };
  }
}

/** Field by field: a context of rpc has some of them on its prototype. */
function paidFrom(account: Account, call: TextCall): TextCall {
  const { signal, deadline, tenant, priority, budgetMs, patienceMs } = call;
  return {
    signal,
    deadline,
    tenant,
    ...(priority !== undefined && { priority }),
    ...(budgetMs !== undefined && { budgetMs }),
    ...(patienceMs && { patienceMs }),
    spend: account.spend,
    meter: (usage, model) => {
      account.used({ model, ...usage });
      call.meter?.(usage, model);
    },
  };
}
