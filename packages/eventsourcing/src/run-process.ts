import { type Call, ConcurrencyError, type EventStore, type RecordedEvent } from './event-store.ts';
import { type Fact, idOf, newEvent } from './message.ts';
import {
  evolve,
  nextOf,
  type NextStep,
  NOT_STARTED,
  type Process,
  type ProcessFact,
  type ProcessOutcome,
  type ProcessStart,
  type ProcessState,
  type StepCall,
} from './process.ts';

/**
 * Carries a process to its end, from wherever it is: after a crash it is called again with the same id. Each step is
 * stored when it is done. Rejects, with the process as it is, when the call ends or a compensation fails; it is never
 * given up halfway.
 */
export async function runProcess<Input>(
  call: Call,
  { store, process }: { readonly store: EventStore; readonly process: Process<Input> },
  start: ProcessStart<Input>,
): Promise<ProcessOutcome> {
  const stream = `processes/${process.name}/${start.id}`;
  let state: ProcessState<Input> = NOT_STARTED;
  for (;;) {
    for await (const event of store.readStream(call, { stream, from: state.version + 1 }))
      state = evolve(state, event as RecordedEvent & ProcessFact<Input>);
    const next = nextOf(process.steps, state);
    if (next.type === 'end') return next.outcome;
    const fact = await take(call, next, { stream, state, start });
    const about = {
      source: `processes/${process.name}`,
      subject: start.id,
      correlationId: start.id,
      tenant: call.tenant,
    };
    try {
      const expected = { type: 'exact', version: state.version } as const;
      await store.append(call, { stream, events: [newEvent<Fact>(fact, about)], expected });
    } catch (error) {
      // Another replica has taken this step; each conflict is a step further.
      if (!(error instanceof ConcurrencyError)) throw error;
    }
  }
}

async function take<Input>(
  call: Call,
  next: Exclude<NextStep<Input>, { type: 'end' }>,
  { stream, state, start }: { stream: string; state: ProcessState<Input>; start: ProcessStart<Input> },
): Promise<ProcessFact<Input>> {
  call.signal.throwIfAborted();
  if (next.type === 'start') return { type: 'ProcessStarted', data: { input: start.input } };
  const { name, run, compensate, isFinal = () => true } = next.step;
  const key = idOf(stream, next.type, name);
  const stepCall: StepCall<Input> = { ...call, input: state.input as Input, results: state.results, key };
  if (next.type === 'compensate') {
    await compensate?.(stepCall);
    return { type: 'StepCompensated', data: { step: name } };
  }
  try {
    return { type: 'StepCompleted', data: { step: name, result: (await run(stepCall)) ?? null } };
  } catch (error) {
    // A call that ended says nothing about the step.
    call.signal.throwIfAborted();
    if (!isFinal(error)) throw error;
    return {
      type: 'StepFailed',
      data: { step: name, message: error instanceof Error ? error.message : String(error) },
    };
  }
}
