import type { Command, Fact } from './message.ts';

/** The rules of one kind of thing. All three are pure: no clock, no I/O, nothing is changed in place. */
export interface Decider<State, C extends Fact, E extends Fact> {
  readonly initialState: () => State;
  /** What follows from the command; nothing when it asks for what is so already. Throws what the caller is told. */
  readonly decide: (command: Command<C>, state: State) => readonly E[];
  readonly evolve: (state: State, event: E) => State;
}
