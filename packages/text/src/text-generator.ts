import type { UpstreamCall } from '@exempla/upstream';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface TextRequest {
  readonly messages: readonly Message[];
  /** 0 to 2; the model's own default when absent. */
  readonly temperature?: number;
  /** Of the answer; the model's own limit when absent. */
  readonly maxTokens?: number;
  /** The only models that may answer; all configured ones, in their order, when absent. */
  readonly models?: readonly string[];
}

/** A request for an object that fits a JSON schema. */
export interface ObjectRequest extends TextRequest {
  /** Name of the schema: letters, digits, `_` and `-`, at most 64. */
  readonly name: string;
  /** JSON schema (draft-07 vocabulary) of an object; it is sent along, and the answer is checked against it. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Whose call it is and when it ends; a `CallContext` of rpc is one. */
export interface TextCall extends UpstreamCall {
  /** Told of each answer that is paid for, useful or not, in time or not: what a budget settles by. It must not throw. */
  readonly meter?: (usage: Usage, model: string) => void;
}
export type { Priority } from '@exempla/upstream';

/** What a call used, over all its attempts that were answered. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of the unit prices are given in, rounded up for each attempt; 0 where no price is configured. */
  readonly costMicros: number;
  /** True when an upstream did not say and the tokens are counted as four bytes each. */
  readonly estimated: boolean;
}

/** An answer, by the name of its upstream as configured and the id that this gave it. */
export interface Receipt {
  readonly upstream: string;
  readonly id: string;
}

export interface TextReply {
  readonly text: string;
  /** Which model answered, as configured. */
  readonly model: string;
  /** `length`: the answer is cut off at `maxTokens`. */
  readonly finish: 'stop' | 'length';
  readonly usage: Usage;
  /** The answer as its upstream calls it; undefined when that does not tell. */
  readonly receipt?: Receipt | undefined;
  /** Requests that were sent for it, the failed ones too. */
  readonly attempts: number;
  /** Spent waiting for a turn at the upstream, milliseconds. */
  readonly waitedMs: number;
}

export type TextPart =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'end'; readonly reply: TextReply };

export interface ObjectReply<T> extends TextReply {
  readonly value: T;
}

/**
 * Text from a model. Each method rejects with a `TextError`, or with the reason of the call's signal once that aborted; what
 * was sent upstream is broken off then, and its turn given back.
 */
export interface TextGenerator {
  generate(request: TextRequest, call: TextCall): Promise<TextReply>;
  /** Text as it comes, then one `end`. Another model may answer only as long as there was no text yet. */
  stream(request: TextRequest, call: TextCall): AsyncGenerator<TextPart, void>;
  /** `T` is what `schema` describes; an answer that does not fit is a failed attempt. */
  generateObject<T>(request: ObjectRequest, call: TextCall): Promise<ObjectReply<T>>;
}
