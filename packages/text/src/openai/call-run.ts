import { CallEnd } from '../retry/call-end.ts';
import { TextError } from '../text-error.ts';
import type { TextCall, TextReply, TextRequest, Usage } from '../text-generator.ts';
import { addUsage, NO_USAGE, usageOf } from '../usage.ts';
import type { Answer } from './chat.ts';
import type { ModelTarget } from './model-target.ts';

/** What one call has come to so far, over all its attempts. */
export class CallRun implements Disposable {
  readonly request: TextRequest;
  readonly call: TextCall;
  readonly end: CallEnd;
  #attempts = 0;
  #waitedMs = 0;
  #spentMs = 0;
  #usage: Usage = NO_USAGE;

  constructor(request: TextRequest, call: TextCall, closed: AbortSignal) {
    this.request = request;
    this.call = call;
    this.end = new CallEnd(call, closed);
  }

  began(waitedMs: number): void {
    this.#attempts += 1;
    this.#waitedMs += waitedMs;
  }

  spent(ms: number): void {
    this.#spentMs += ms;
  }

  /** Milliseconds the step may still spend on attempts. */
  budgetMs(): number {
    return (this.call.budgetMs ?? Infinity) - this.#spentMs;
  }

  /** An answer is paid for, of use or not. */
  used(target: ModelTarget, { used, text }: Pick<Answer, 'used' | 'text'>): Usage {
    const input = this.request.messages.reduce((sum, { content }) => sum + content.length, 0);
    const usage = usageOf(used, { input, output: text.length }, target.price);
    this.#usage = addUsage(this.#usage, usage);
    this.call.meter?.(usage);
    return usage;
  }

  reply({ model }: ModelTarget, { text, finish }: Answer): TextReply {
    return { text, model, finish, usage: this.#usage, attempts: this.#attempts, waitedMs: this.#waitedMs };
  }

  [Symbol.dispose](): void {
    this.end[Symbol.dispose]();
  }
}

/** The step has spent what it may spend. */
export function outOfBudget({ budgetMs = 0 }: TextCall): TextError {
  const metadata = { budget_ms: String(budgetMs) };
  return new TextError('TEXT_TIMEOUT', `no model answered within the ${budgetMs} ms of the step`, { metadata });
}
