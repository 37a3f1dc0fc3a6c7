import type {
  DefinedTerm,
  DefineRequest,
  ExampleErrorReason,
  ExampleKind,
  Found,
  KindRequest,
} from '../examples/index.ts';

/** What the service asks of the worker. */
export type WordnetQuestion =
  | { readonly op: 'define'; readonly request: DefineRequest }
  | { readonly op: 'generate'; readonly kind: ExampleKind; readonly request: KindRequest };

export type WordnetAnswer = DefinedTerm | Found;

export interface WordnetCall {
  readonly id: number;
  readonly question: WordnetQuestion;
}

/** What the worker says. `refused` is a situation of the room, `failed` a fault of the code. */
export type WordnetReply =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly answer: WordnetAnswer }
  | {
      readonly type: 'refused';
      readonly id: number;
      readonly reason: ExampleErrorReason;
      readonly message: string;
      readonly metadata: Readonly<Record<string, string>>;
    }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
