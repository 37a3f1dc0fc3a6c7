import { assessDefinition, type Assessment } from '../rules/index.ts';
import type { StepTime } from '../parts/index.ts';
import type { TermSource } from './ports.ts';
import type { DefinedTerm, GenerateRequest, Revision, TextOrigin } from './types.ts';

/** A text with what the rules say of it and the texts before it. */
export interface WrittenDefinition extends DefinedTerm, TextOrigin {
  assessment: Assessment;
  /** Oldest first; the last is the text. */
  revisions: readonly Revision[];
}

export interface WritingTimes {
  text: StepTime;
  /** Asked for when the improvement begins. */
  improvement: () => StepTime;
}

/**
 * Writes the text of a definition and checks it. A text the rules do not accept is improved once; of the two the better
 * one stays. An improvement that fails or is no better leaves the first text.
 */
export async function writeDefinition(
  request: GenerateRequest,
  terms: TermSource,
  { text: time, improvement }: WritingTimes,
  onImproveFailed: (error: unknown) => void,
): Promise<WrittenDefinition> {
  const first = await terms.define(request, time);
  const assessment = assess(first, request);
  const written = { ...first, assessment, revisions: [{ text: first.text, assessment, note: 'first text' }] };
  if (assessment.accepted) return written;
  const brokenRules = assessment.violations.map((violation) => violation.rule);
  const second = await terms
    .define({ ...request, improve: { text: first.text, brokenRules } }, improvement())
    .catch((error: unknown) => {
      if (time.signal.aborted) throw error;
      onImproveFailed(error);
      return first;
    });
  const improved = assess(second, request);
  if (second.text === first.text || improved.score <= assessment.score) return written;
  const note = `improved: ${brokenRules.join(', ')}`;
  return {
    ...second,
    assessment: improved,
    revisions: [...written.revisions, { text: second.text, assessment: improved, note }],
  };
}

const assess = ({ text, sense }: DefinedTerm, { term, context, language }: GenerateRequest): Assessment =>
  assessDefinition(text, { term, lemma: sense.lemma, partOfSpeech: sense.partOfSpeech, context, language });
