import {
  DefinitionServiceDefinition,
  type GenerateDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import { createClient } from '@exempla/rpc';
import type { DemoArguments } from './arguments.ts';
import { tracedCall, type Made } from './traced-call.ts';

export type Generated = Made<GenerateDefinitionResponse>;

/** Asks the orchestrator for the definition. */
export const generate = (args: DemoArguments, orchestrator: string, signal: AbortSignal): Promise<Generated> =>
  tracedCall(orchestrator, (channel, options) =>
    createClient(DefinitionServiceDefinition, channel).generateDefinition(requestOf(args), {
      ...options,
      signal,
      ...(args.deadlineMs === undefined ? {} : { timeoutMs: args.deadlineMs }),
    }),
  );

const requestOf = (args: DemoArguments) => ({
  term: args.term,
  context: { organisational: args.organisational, juridical: args.juridical, legalBasis: args.legalBasis },
  category: args.category,
  voice: args.voice,
  narrate: true,
  allowDuplicate: true,
  ...(args.maxExamples === undefined ? {} : { maxExamples: args.maxExamples }),
});
