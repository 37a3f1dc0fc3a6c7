import type { DraftJob, Generation, StoryPorts, StoryWriter } from './ports.ts';
import { languageUnsupported, providerUnknown } from './story-error.ts';
import type { GenerateRequest } from './types.ts';
import { writeBestDraft, type Drafting, type JudgedDraft } from './write-best-draft.ts';
import { WriterFault } from './writer-fault.ts';

/** The draft that won. */
export interface WrittenStory extends JudgedDraft {
  /** Each time a writer was asked, in order. */
  readonly generations: readonly Generation[];
  /** Why the writer that comes first did not write; empty when it did. */
  readonly fallbackReason: string;
}

/** Text of a draft as it comes. */
export interface DraftText {
  /** Counts from 1, whoever writes. */
  readonly attempt: number;
  /** Comes once for each draft, before its text; empty when it has come. */
  readonly title: string;
  readonly text: string;
}

interface DraftListener {
  /** Whoever writes waits for the promise. */
  readonly onText: (piece: DraftText) => Promise<void> | void;
}

/** Who may write what is asked for, in order: the one that is named, or all that know the language. */
export function writersFor(
  { provider, language }: Pick<GenerateRequest, 'provider' | 'language'>,
  writers: readonly StoryWriter[],
): readonly StoryWriter[] {
  const named = provider === '' ? writers : writers.filter(({ names }) => names.includes(provider));
  if (named.length === 0)
    throw providerUnknown(
      provider,
      writers.flatMap(({ names }) => names),
    );
  const able = named.filter((writer) => writer.writes(language));
  if (able.length === 0) throw languageUnsupported(language);
  return able;
}

/**
 * Has the first writer write; the next one stands in when that cannot. Never for a fault of the request, when the
 * caller has gone, or when a writer refuses: that is the end of the story.
 */
export async function writeStory(
  writers: readonly StoryWriter[],
  asked: Omit<DraftJob, 'onText'>,
  {
    countFallback,
    onText,
    ...drafting
  }: Omit<Drafting, 'onGeneration'> & Pick<StoryPorts, 'countFallback'> & DraftListener,
): Promise<WrittenStory> {
  const generations: Generation[] = [];
  const onGeneration = (generation: Generation): void => void generations.push(generation);
  const job: DraftJob = { ...asked, onText: (piece) => onText({ attempt: generations.length + 1, ...piece }) };
  let fallbackReason = '';
  for (const [at, writer] of writers.entries()) {
    try {
      const written = await writeBestDraft(writer, job, { ...drafting, onGeneration });
      return { ...written, generations, fallbackReason };
    } catch (error) {
      if (!(error instanceof WriterFault)) throw error;
      const next = writers[at + 1];
      if (!next) throw error.cause;
      fallbackReason ||= error.reason;
      countFallback({ from: nameOf(writer), to: nameOf(next), reason: error.reason });
    }
  }
  throw new Error('nobody writes');
}

const nameOf = ({ names: [name = ''] }: StoryWriter): string => name;
