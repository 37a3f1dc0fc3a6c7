import { deepStrictEqual, fail, ok, throws } from 'node:assert/strict';
import type { Decider } from '../decider.ts';
import { type Command, deepFreeze, type Fact, frozenCopy, newCommand } from '../message.ts';

/** What is expected of an error: its class, a pattern of its message, or some of its properties. */
export type ExpectedError = (abstract new (...args: never[]) => Error) | RegExp | object;

export interface Given<C extends Fact, E extends Fact> {
  /** A fact is put into a command of its own; give a whole command where its id, subject or time matter. */
  when(command: C | Command<C>): When<E>;
}

/** Not called `then`: an object with a method of that name is taken for a promise. */
export interface When<E extends Fact> {
  /** Exactly these, in this order. */
  thenEvents(...events: readonly E[]): void;
  thenNothing(): void;
  thenRefused(error: ExpectedError): void;
}

/**
 * Rules told by example: `given(created).when(pay).thenEvents(paid)`. Framework-free: a failed expectation is an
 * AssertionError. States, events and commands are frozen, so rules that change anything in place fail too.
 */
export function specification<State, C extends Fact, E extends Fact>(
  decider: Decider<State, C, E>,
): (...events: readonly E[]) => Given<C, E> {
  return (...events) => {
    const evolve = (state: State, event: E): State => deepFreeze(decider.evolve(state, frozenCopy(event)));
    const state = (): State => events.reduce(evolve, deepFreeze(decider.initialState()));
    return {
      when: (command) => {
        const decide = (): readonly E[] => decider.decide(asCommand(command), state());
        return {
          thenEvents: (...expected) => deepStrictEqual(outcomeOf(decide), expected),
          thenNothing: () => deepStrictEqual(outcomeOf(decide), []),
          thenRefused: (expected) => throws(decide, (error) => isExpected(error, expected)),
        };
      },
    };
  };
}

const asCommand = <C extends Fact>(command: C | Command<C>): Command<C> =>
  'kind' in command ? command : newCommand<C>(command, { source: 'test', tenant: 'test' });

function outcomeOf<E>(decide: () => readonly E[]): readonly E[] {
  try {
    return decide();
  } catch (error) {
    fail(`refused with ${String(error)}`);
  }
}

function isExpected(error: unknown, expected: ExpectedError): boolean {
  ok(error instanceof Error, `what is thrown is no Error: ${String(error)}`);
  if (typeof expected === 'function') ok(error instanceof expected, `refused with ${String(error)}`);
  else if (expected instanceof RegExp) ok(expected.test(error.message), `refused with ${String(error)}`);
  else
    deepStrictEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, Reflect.get(error, key)])), {
      ...expected,
    });
  return true;
}
