import type { Call, Position } from './event-store.ts';
import type { Event } from './message.ts';

/** A view made of events. `View` is what its effects are written through: a transaction, or a state in memory. */
export interface Projection<View> {
  readonly name: string;
  /** The events it is made of; all when there are none. */
  readonly types?: readonly string[] | undefined;
  /** Called in order, each event once as far as the view can tell: effects of a failed update are not kept. */
  readonly apply: (view: View, event: Event, call: Call) => void | Promise<void>;
}

/** The view of a projection that is one value. */
export interface StateView<State> {
  /** Undefined before the first event. */
  read(): State | undefined;
  write(state: State): void;
}

/** A projection that is a fold: pure, tested without any store. */
export interface Fold<State> {
  readonly name: string;
  readonly types?: readonly string[];
  readonly initialState: () => State;
  readonly apply: (state: State, event: Event) => State;
}

export function foldProjection<State>({ name, types, initialState, apply }: Fold<State>): Projection<StateView<State>> {
  return { name, types, apply: (view, event) => view.write(apply(view.read() ?? initialState(), event)) };
}

/** `live` is what readers see; `rebuilt` is made beside it and takes its place. */
export interface Edition {
  readonly projection: string;
  readonly edition: 'live' | 'rebuilt';
}

/** The checkpoints of both. */
export interface Editions {
  readonly live: Position | undefined;
  readonly rebuilt: Position | undefined;
}

export interface Update<View> {
  /** The checkpoint this update goes on from. */
  readonly from: Position | undefined;
  readonly to: Position;
  readonly effects: (view: View) => Promise<void>;
}

/** Where views live, each with its checkpoint: the position of the last event that is in it. */
export interface ProjectionStore<View> {
  /** Undefined before the first event. */
  checkpoint(call: Call, edition: Edition): Promise<Position | undefined>;
  /**
   * Effects and checkpoint together, or neither. False, and nothing is done, when the checkpoint is not `from`:
   * another has been here. So a crash or a second replica applies nothing twice.
   */
  update(call: Call, edition: Edition, update: Update<View>): Promise<boolean>;
  /** Empties the rebuilt edition. */
  clearRebuilt(call: Call, projection: string): Promise<void>;
  /** The rebuilt edition becomes the live one at once, if both are still where they were; false, and nothing, otherwise. */
  promote(call: Call, projection: string, ifAt: Editions): Promise<boolean>;
}
