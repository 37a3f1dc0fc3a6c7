import { CallRun, type OpenCalls } from '@exempla/upstream';
import type { ObjectRequest, TextCall, TextReply, TextRequest, Usage } from '../text-generator.ts';
import { addUsage, maxCostMicros, NO_USAGE, usageOf } from '../usage.ts';
import type { Answer } from './chat.ts';
import type { ModelTarget } from './model-target.ts';

/** What one call for a text has come to so far, over all its attempts. */
export class TextRun extends CallRun<TextCall> {
  readonly request: TextRequest | ObjectRequest;
  #usage: Usage = NO_USAGE;

  constructor(request: TextRequest | ObjectRequest, call: TextCall, open: OpenCalls) {
    super(call, open);
    this.request = request;
  }

  /** Of one attempt; without a limit of tokens there is no end to it. */
  maxCostMicros({ price }: ModelTarget): number {
    const { messages, maxTokens = Infinity } = this.request;
    const schema = 'schema' in this.request ? JSON.stringify(this.request.schema) : '';
    return maxCostMicros([...messages, { role: 'system', content: schema }], maxTokens, price);
  }

  /** An answer is paid for, useful or not. */
  used(target: ModelTarget, { used, text }: Pick<Answer, 'used' | 'text'>): Usage {
    const input = this.request.messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
    const usage = usageOf(used, { input, output: Buffer.byteLength(text) }, target.price);
    this.#usage = addUsage(this.#usage, usage);
    this.call.meter?.(usage, target.model);
    return usage;
  }

  reply({ model, upstream }: ModelTarget, { text, finish, id }: Answer): TextReply {
    const receipt = id === '' ? undefined : { upstream, id };
    return { text, model, finish, usage: this.#usage, receipt, attempts: this.attempts, waitedMs: this.waitedMs };
  }
}
