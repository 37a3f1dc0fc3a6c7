import { APIError } from 'openai';

export type TokenLimit = 'max_tokens' | 'max_completion_tokens';

const OTHER: Readonly<Record<TokenLimit, TokenLimit>> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};
/** The first one that a refusal names is meant; the second may be the advice. */
const PARAMETER = /\b(temperature|stream_options|max_tokens|max_completion_tokens)\b/;
const REFUSED = /unsupported|not support|deprecated|not permitted|unrecognized/i;

/**
 * How one model wants to be asked. Models that reason take no temperature, or call the limit of tokens otherwise; some servers know no
 * `stream_options`. None of them says so before: what it refused is left out from then on.
 */
export class Dialect {
  readonly #refused = new Set<string>();
  #tokenLimit: TokenLimit;

  constructor(tokenLimit: TokenLimit) {
    this.#tokenLimit = tokenLimit;
  }

  /** How the limit of tokens is called. It is never left out: budgets reserve by it. */
  get tokenLimit(): TokenLimit {
    return this.#tokenLimit;
  }

  takes(parameter: 'temperature' | 'stream_options'): boolean {
    return !this.#refused.has(parameter);
  }

  /** Sends a request, and once more for each thing in it that is refused. Nobody is charged for a refusal. */
  async ask<T>(send: () => Promise<T>): Promise<T> {
    const refused = new Set<string>();
    for (;;) {
      try {
        return await send();
      } catch (error) {
        const parameter = refusedIn(error);
        if (parameter === undefined || refused.has(parameter)) throw error;
        refused.add(parameter);
        this.#learn(parameter);
      }
    }
  }

  #learn(parameter: string): void {
    if (parameter === 'max_tokens' || parameter === 'max_completion_tokens') this.#tokenLimit = OTHER[parameter];
    else this.#refused.add(parameter);
  }
}

/** The parameter that a server does not know, or a model does not take. */
function refusedIn(error: unknown): string | undefined {
  const isRefusal = error instanceof APIError && (error.status === 400 || error.status === 422);
  return isRefusal && REFUSED.test(error.message) ? PARAMETER.exec(error.message)?.[1] : undefined;
}
