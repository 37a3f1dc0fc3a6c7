import {
  DefinitionServiceDefinition,
  type GenerateDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import { createClient } from '@exempla/rpc/client';
import type { DemoArguments } from './arguments.ts';
import { tracedCall, type Made } from './traced-call.ts';

/** A model writes for longer than the ten seconds that a call has by default. */
const MODEL_DEADLINE_MS = 60_000;

export type Generated = Made<GenerateDefinitionResponse>;

/** Asks the orchestrator for the definition. */
export function generate(
  args: DemoArguments,
  hasModel: boolean,
  orchestrator: string,
  signal: AbortSignal,
): Promise<Generated> {
  const timeoutMs = args.deadlineMs ?? (hasModel ? MODEL_DEADLINE_MS : undefined);
  return tracedCall(orchestrator, (channel, options) =>
    createClient(DefinitionServiceDefinition, channel).generateDefinition(requestOf(args), {
      ...options,
      signal,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    }),
  );
}

const requestOf = (args: DemoArguments) => ({
  term: args.term,
  context: { organisational: args.organisational, juridical: args.juridical, legalBasis: args.legalBasis },
  category: args.category,
  language: args.language,
  provider: args.provider,
  voice: args.voice,
  narrate: true,
  allowDuplicate: true,
  ...(args.maxExamples === undefined ? {} : { maxExamples: args.maxExamples }),
});
