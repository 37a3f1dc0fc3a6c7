import {
  DefinitionServiceDefinition,
  type GenerateDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import { checkHealth, createClient, openChannel } from '@exempla/rpc';
import { newTrace, preciseNow } from '@exempla/telemetry';
import type { DemoArguments } from './arguments.ts';

/** A call that was made; it may have failed. */
export interface Generated {
  traceId: string;
  /** Epoch milliseconds. */
  startedAt: number;
  totalMs: number;
  outcome: { type: 'ok'; response: GenerateDefinitionResponse } | { type: 'failed'; error: unknown };
}

const CONNECT_LIMIT_MS = 5000;

/** Asks the orchestrator for the definition, under a trace of our own making so that its hops can be told apart. */
export async function generate(args: DemoArguments, orchestrator: string, signal: AbortSignal): Promise<Generated> {
  const channel = openChannel(orchestrator);
  try {
    // Connects, so that what is measured is the call.
    await checkHealth(channel, { timeoutMs: CONNECT_LIMIT_MS });
    const trace = newTrace();
    const startedAt = preciseNow();
    const outcome = await createClient(DefinitionServiceDefinition, channel)
      .generateDefinition(requestOf(args), {
        signal,
        trace,
        ...(args.deadlineMs === undefined ? {} : { timeoutMs: args.deadlineMs }),
      })
      .then(
        (response) => ({ type: 'ok', response }) as const,
        (error: unknown) => ({ type: 'failed', error }) as const,
      );
    return { traceId: trace.traceId, startedAt, totalMs: preciseNow() - startedAt, outcome };
  } finally {
    channel.close();
  }
}

const requestOf = (args: DemoArguments) => ({
  term: args.term,
  context: { organisational: args.organisational, juridical: args.juridical, legalBasis: args.legalBasis },
  category: args.category,
  voice: args.voice,
  narrate: true,
  allowDuplicate: true,
  ...(args.maxExamples === undefined ? {} : { maxExamples: args.maxExamples }),
});
