import type { GenericService, PartialMessage } from '@exempla/rpc';
import type { Player } from './player.ts';
import { budgetMoves } from './budget-moves.ts';
import { definitionMoves } from './definition-moves.ts';
import { childMoves, heroMoves, storyMoves } from './record-moves.ts';
import { eventMoves } from './event-moves.ts';
import { objectMoves } from './object-moves.ts';

type Method = GenericService['methods'][string];
type MessageOf<T> = T extends { decode(input: Uint8Array, length?: number): infer M } ? M : never;
type Request<M extends Method> = M['requestStream'] extends true
  ? PartialMessage<MessageOf<M['requestType']>>[]
  : PartialMessage<MessageOf<M['requestType']>>;

/** How a tenant calls each method of a service: requests that can succeed, and such that must not. */
export type Moves<S extends GenericService> = {
  readonly [M in keyof S['methods']]?: Move<Request<S['methods'][M]>, MessageOf<S['methods'][M]['responseType']>>;
};

export interface Move<Q, R> {
  request(by: Player): Q;
  /** The last message to read of a stream that does not end by itself. */
  until?(message: R): boolean;
}

export type AnyMove = Move<unknown, unknown>;

/** By service, as it is called in the protos. */
export const MOVES: Readonly<Record<string, Readonly<Record<string, AnyMove>>>> = {
  BudgetService: budgetMoves as Record<string, AnyMove>,
  ChildStoreService: childMoves as Record<string, AnyMove>,
  HeroStoreService: heroMoves as Record<string, AnyMove>,
  StoryStoreService: storyMoves as Record<string, AnyMove>,
  DefinitionStoreService: definitionMoves as Record<string, AnyMove>,
  EventStoreService: eventMoves as Record<string, AnyMove>,
  ObjectService: objectMoves as Record<string, AnyMove>,
};
