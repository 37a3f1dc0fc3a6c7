import { currentCall, Deadline } from '@exempla/rpc';
import { definePrompt, isOutage, type TextCall, type TextGenerator, type TextReply, type Usage } from '@exempla/text';
import type { StepTime } from '../parts/index.ts';
import { AnswerReader, faultOf, promptText, storyPrompt, type StoryPrompt } from '../prompts/index.ts';
import {
  draftUnusable,
  StoryError,
  WriterFault,
  type Draft,
  type DraftJob,
  type Generation,
  type StoryWriter,
} from '../stories/index.ts';

const TEMPERATURE = 0.7;
const MAX_TOKENS = 10_000;
/** No story is longer when it is kept; a model that does not stop is left. */
const MAX_CHARACTERS = 100_000;

/** Stories from a language model, in any language. */
export class ModelWriter implements StoryWriter {
  readonly names: readonly string[];
  readonly isPaid = true;
  readonly #text: TextGenerator;

  /** @param models by their names as configured, in the order in which they are asked */
  constructor(text: TextGenerator, models: readonly string[]) {
    this.#text = text;
    this.names = models;
  }

  writes(): boolean {
    return true;
  }

  async write(job: DraftJob, time: StepTime): Promise<Draft> {
    const { brief, name } = job;
    const asking = new Asking(storyPrompt(brief), name || (this.names[0] ?? ''));
    try {
      const { reader, reply } = await this.#tell(asking, asking.callIn(time), job);
      const { title, paragraphs, summary, companion, place } = reader.answer;
      const moral = 'own' in brief.moral ? brief.moral.own : brief.moral.kind.toLowerCase();
      return { title, paragraphs, summary, moral, companion, place, generation: asking.generationOf(reply) };
    } catch (error) {
      throw time.signal.aborted ? error : asking.faultOf(error);
    }
  }

  /** As fast as whoever listens: what the model says meanwhile waits in its socket. */
  async #tell(
    asking: Asking,
    call: TextCall,
    { onText, brief: { minutes }, name }: DraftJob,
  ): Promise<{ reader: AnswerReader; reply: TextReply }> {
    const { system, data } = asking.prompt;
    const messages = definePrompt(system)(data);
    const request = { messages, temperature: TEMPERATURE, maxTokens: MAX_TOKENS, ...(name && { models: [name] }) };
    const reader = new AnswerReader();
    let characters = 0;
    for await (const part of this.#text.stream(request, call)) {
      asking.hasBegun = true;
      characters += part.type === 'text' ? part.text.length : 0;
      if (characters > MAX_CHARACTERS) throw draftUnusable(asking.model, 'TOO_LONG');
      const piece = part.type === 'text' ? reader.read(part.text) : reader.end();
      if (piece.title !== '' || piece.text !== '') await onText(piece);
      if (part.type === 'end') {
        const fault = faultOf(reader.answer, { minutes, isCut: part.reply.finish === 'length' });
        if (fault) throw draftUnusable(part.reply.model, fault);
        return { reader, reply: part.reply };
      }
    }
    throw new Error('a stream without its end');
  }
}

/** One time that a model is asked, and what it comes to. */
class Asking {
  readonly prompt: StoryPrompt;
  /** Who is asked first, until it is known who answers. */
  readonly model: string;
  /** Whether there was any text: then no other model was asked in its place. */
  hasBegun = false;
  readonly #paid: Usage[] = [];

  constructor(prompt: StoryPrompt, model: string) {
    this.prompt = prompt;
    this.model = model;
  }

  /** What is left to the text is its deadline; the rest of the call's time is for keeping the story. */
  callIn({ signal, budgetMs }: StepTime): TextCall {
    const tenant = currentCall()?.tenant ?? '';
    return { signal, deadline: Deadline.after(budgetMs), tenant, meter: (usage) => void this.#paid.push(usage) };
  }

  generationOf({ model, receipt }: Pick<TextReply, 'model' | 'receipt'>): Generation {
    return { ...this.#generation(model, ''), receipt };
  }

  /** A failure of an upstream, or of an answer, is one of this writer; anything else is the end of the story. */
  faultOf(error: unknown): unknown {
    const isUnusable = error instanceof StoryError && error.reason === 'DRAFT_UNUSABLE';
    if (!isUnusable && !isOutage(error)) return error;
    const model = error.metadata['model'] ?? this.model;
    const generation = this.#generation(model, error.reason);
    return new WriterFault(this.hasBegun ? 'draft' : 'writer', { reason: error.reason, generation, cause: error });
  }

  #generation(model: string, errorReason: string): Generation {
    const sum = (of: (usage: Usage) => number): number => this.#paid.reduce((total, usage) => total + of(usage), 0);
    const usage = {
      promptTokens: sum(({ inputTokens }) => inputTokens),
      completionTokens: sum(({ outputTokens }) => outputTokens),
    };
    const cost = sum(({ costMicros }) => costMicros);
    return {
      model,
      prompt: promptText(this.prompt),
      usage: this.#paid.length === 0 ? undefined : usage,
      // Without a price nobody knows.
      costMicroUsd: cost === 0 ? undefined : cost,
      errorReason,
    };
  }
}
