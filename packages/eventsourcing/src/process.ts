import type { Call, RecordedEvent } from './event-store.ts';
import type { Fact } from './message.ts';

/** What a step is told. Results are of the steps before it, by name. */
export interface StepCall<Input> extends Call {
  readonly input: Input;
  readonly results: Readonly<Record<string, unknown>>;
  /** The same whenever this step of this process is tried: the request id for what it asks of others. */
  readonly key: string;
}

export interface Step<Input> {
  readonly name: string;
  /** May be tried again after a crash, with the same key. What it gives is stored: JSON. One that throws has done nothing. */
  readonly run: (call: StepCall<Input>) => unknown;
  /** Which errors end the process; all without it. Others are the caller's, and the step is tried again on resuming. */
  readonly isFinal?: (error: unknown) => boolean;
  /** Takes back what `run` did; without it there is nothing to take back. */
  readonly compensate?: (call: StepCall<Input>) => void | Promise<void>;
}

export interface Process<Input> {
  readonly name: string;
  readonly steps: readonly Step<Input>[];
}

export interface ProcessStart<Input> {
  /** Whoever starts or resumes the same process gives the same id; the input of the first start holds. */
  readonly id: string;
  readonly input: Input;
}

export type ProcessOutcome =
  | { readonly type: 'completed'; readonly results: Readonly<Record<string, unknown>> }
  /** A step failed, and what was done before it has been taken back. */
  | { readonly type: 'compensated'; readonly failedStep: string; readonly message: string };

export type ProcessFact<Input> =
  | Fact<'ProcessStarted', { readonly input: Input }>
  | Fact<'StepCompleted', { readonly step: string; readonly result: unknown }>
  | Fact<'StepFailed', { readonly step: string; readonly message: string }>
  | Fact<'StepCompensated', { readonly step: string }>;

export interface ProcessState<Input> {
  readonly version: number;
  readonly input: Input | undefined;
  readonly results: Readonly<Record<string, unknown>>;
  readonly failure: { readonly step: string; readonly message: string } | undefined;
  readonly compensated: readonly string[];
}

export type NextStep<Input> =
  | { readonly type: 'start' }
  | { readonly type: 'run' | 'compensate'; readonly step: Step<Input> }
  | { readonly type: 'end'; readonly outcome: ProcessOutcome };

export const NOT_STARTED = { version: 0, input: undefined, results: {}, failure: undefined, compensated: [] };

export function evolve<Input>(
  state: ProcessState<Input>,
  event: ProcessFact<Input> & Pick<RecordedEvent, 'version'>,
): ProcessState<Input> {
  const { type, data, version } = event;
  switch (type) {
    case 'ProcessStarted':
      return { ...state, version, input: data.input };
    case 'StepCompleted':
      return { ...state, version, results: { ...state.results, [data.step]: data.result } };
    case 'StepFailed':
      return { ...state, version, failure: data };
    case 'StepCompensated':
      return { ...state, version, compensated: [...state.compensated, data.step] };
  }
}

/** Pure: forwards to the first failure, then back, the last that was done first. */
export function nextOf<Input>(steps: readonly Step<Input>[], state: ProcessState<Input>): NextStep<Input> {
  const { version, results, failure, compensated } = state;
  if (version === 0) return { type: 'start' };
  const isDone = ({ name }: Step<Input>): boolean => Object.hasOwn(results, name);
  if (failure === undefined) {
    const step = steps.find((each) => !isDone(each));
    return step ? { type: 'run', step } : { type: 'end', outcome: { type: 'completed', results } };
  }
  const step = steps.findLast((each) => isDone(each) && each.compensate && !compensated.includes(each.name));
  if (step) return { type: 'compensate', step };
  return { type: 'end', outcome: { type: 'compensated', failedStep: failure.step, message: failure.message } };
}
