import { createHash } from 'node:crypto';
import { Deadline, StatusError } from '@exempla/rpc';
import { definePrompt, exactly, TextError, type TextCall, type TextGenerator } from '@exempla/text';
import {
  KIND_DEFAULTS,
  type DefinedTerm,
  type DefineRequest,
  type ExampleItem,
  type ExampleKind,
  type ExampleProvider,
  type Found,
  type KindRequest,
  type ProviderCall,
  type Relation,
  type Sense,
  type SenseChoice,
  type TermRequest,
} from '../examples/index.ts';
import {
  DEFINITION_INSTRUCTIONS,
  definitionData,
  IMPROVEMENT_INSTRUCTIONS,
  KIND_INSTRUCTIONS,
  kindData,
  type DefinitionData,
  type KindData,
} from '../prompts/index.ts';
import { readDefinition, readItems } from './model-answers.ts';
import { modelFailure } from './model-failure.ts';
import type { SharedAnswers } from './shared-answers.ts';

export interface ModelProviderOptions {
  /** The models that may answer, in their order; the first one is its name. */
  readonly models: readonly [string, ...string[]];
  readonly origin: string;
}

/** Part of every key: raised with each change to prompts or to the reading of answers. */
const VERSION = 1;
const DEFINITION_TEMPERATURE = 0.3;
/** Of an answer; ample, since models that think first spend from it. */
const MAX_TOKENS = 2_048;
const MAX_TOKENS_PER_ITEM = 160;
/** Kinds of which the exact number is wanted: what is missing is asked for once more. */
const EXACT: ReadonlySet<ExampleKind> = new Set(['SYNONYM', 'ANTONYM']);
const RELATIONS: Readonly<Record<ExampleKind, Relation>> = {
  SENTENCE: 'SELF',
  PRACTICAL: 'NARROWER',
  COUNTER: 'SIBLING',
  SYNONYM: 'SYNONYM',
  ANTONYM: 'ANTONYM',
  EXPLANATION: 'SELF',
};

const definitionPrompt = definePrompt<DefinitionData>(DEFINITION_INSTRUCTIONS);
const improvementPrompt = definePrompt<DefinitionData>(IMPROVEMENT_INSTRUCTIONS);
const kindPrompts = Object.fromEntries(
  Object.entries(KIND_INSTRUCTIONS).map(([kind, instructions]) => [kind, definePrompt<KindData>(instructions)]),
) as Record<ExampleKind, ReturnType<typeof definePrompt<KindData>>>;

/** Definitions and examples from language models, in any language. Equal questions of a tenant share one answer. */
export class ModelProvider implements ExampleProvider {
  readonly name: string;
  readonly languages = ['*'];
  readonly failureOf = modelFailure;
  readonly origin: string;
  readonly #models: readonly string[];
  readonly #text: TextGenerator;
  readonly #answers: SharedAnswers;

  constructor(text: TextGenerator, answers: SharedAnswers, { models, origin }: ModelProviderOptions) {
    this.name = models[0];
    this.origin = origin;
    this.#models = models;
    this.#text = text;
    this.#answers = answers;
  }

  hasSense(source: string): boolean {
    return this.#models.includes(source);
  }

  /** A model has no list of senses: the context says which is meant, and nothing has to be asked for it. */
  chooseSense({ term, category, definition }: TermRequest & { definition: string }): Promise<SenseChoice> {
    const sense = { source: this.name, lemma: term, partOfSpeech: '', category, gloss: definition.slice(0, 4_000) };
    return Promise.resolve(choiceOf(sense));
  }

  define(request: DefineRequest, call: ProviderCall): Promise<DefinedTerm & { provider: string }> {
    const key = this.#key('DEFINITION', request, call, [request.improveText, request.brokenRules]);
    // Shared while it is written, but never kept: who asks again wants another text.
    return this.#answers.get({ key }, call, (shared) => this.#define(request, shared));
  }

  generate(kind: ExampleKind, request: KindRequest, call: ProviderCall): Promise<Found> {
    const { temperature, keptMs } = KIND_DEFAULTS[kind];
    const key = this.#key(kind, request, call, [request.definition, request.wanted, temperature]);
    const isGood = ({ counted }: Found): boolean => counted >= request.wanted;
    return this.#answers.get({ key, keep: { forMs: keptMs, isGood } }, call, (shared) =>
      this.#generate(kind, request, shared),
    );
  }

  async #define(request: DefineRequest, call: ProviderCall): Promise<DefinedTerm & { provider: string }> {
    const prompt = request.improveText === '' ? definitionPrompt : improvementPrompt;
    const messages = prompt(definitionData(request));
    const asked = { messages, temperature: DEFINITION_TEMPERATURE, maxTokens: MAX_TOKENS, models: this.#models };
    const { text, finish, model } = await this.#text.generate(asked, textCall(call));
    const read = finish === 'stop' ? readDefinition(text, request.term) : undefined;
    if (!read)
      throw new TextError('TEXT_ANSWER_MALFORMED', `the answer of ${model} holds no definition`, {
        metadata: { model },
      });
    const { lemma, partOfSpeech } = read;
    const sense = { source: model, lemma, partOfSpeech, category: request.category, gloss: read.text };
    return { text: read.text, ...choiceOf(sense), provider: model };
  }

  async #generate(kind: ExampleKind, request: KindRequest, call: ProviderCall): Promise<Found> {
    const { wanted } = request;
    const began = performance.now();
    const first = await this.#ask(kind, request, [], call);
    if (!EXACT.has(kind) || first.items.length >= wanted) return foundOf(first.items, wanted);
    const spentMs = performance.now() - began - first.waitedMs;
    const all = [...first.items];
    const { items } = await exactly(wanted, texts(first.items), async (_missing, have) => {
      const more = await this.#ask(kind, request, have, correcting(call, spentMs)).catch(noMore);
      all.push(...more.items);
      return texts(more.items);
    });
    return foundOf(
      items.flatMap((text) => all.find((item) => item.text === text) ?? []),
      wanted,
    );
  }

  /** One request: for as many as are missing beside those there are. */
  async #ask(kind: ExampleKind, request: KindRequest, have: readonly string[], call: ProviderCall): Promise<Asked> {
    const { text, finish, model, waitedMs } = await this.#text.generate(
      {
        messages: kindPrompts[kind](kindData(request, have)),
        temperature: KIND_DEFAULTS[kind].temperature,
        maxTokens: MAX_TOKENS + MAX_TOKENS_PER_ITEM * request.wanted,
        models: this.#models,
      },
      textCall(call),
    );
    const read = readItems(kind, text, { term: request.term, cut: finish === 'length' });
    return { items: read.map((item) => ({ ...item, relation: RELATIONS[kind], source: model })), waitedMs };
  }

  /** The same for equal questions of one tenant, and for no others. */
  #key(what: string, request: TermRequest, { tenant }: ProviderCall, rest: readonly unknown[]): string {
    const { term, context, category, language } = request;
    const { organisational, juridical, legalBasis } = context;
    const of = [organisational, juridical, legalBasis, category, rest];
    return JSON.stringify([VERSION, tenant, what, term.toLowerCase(), this.#models, language.toLowerCase(), hash(of)]);
  }
}

interface Asked {
  readonly items: readonly ExampleItem[];
  /** Of the time it took, what was waiting for a turn. */
  readonly waitedMs: number;
}

/** Kept back from the second request, so that what the first one brought is given in time. */
const MAX_KEPT_BACK_MS = 250;

/** What is left for asking once more. */
const correcting = (call: ProviderCall, spentMs: number): ProviderCall => {
  const keptMs = Math.min(call.remainingMs() * 0.05, MAX_KEPT_BACK_MS);
  return { ...call, budgetMs: call.budgetMs - spentMs, remainingMs: () => call.remainingMs() - keptMs };
};

/** Whatever keeps a model from saying more, time or a budget: what there is was paid for. The end of the call is none of these. */
function noMore(error: unknown): Asked {
  if (error instanceof StatusError) return { items: [], waitedMs: 0 };
  throw error;
}

const textCall = (call: ProviderCall): TextCall => ({
  signal: call.signal,
  deadline: Deadline.after(call.remainingMs()),
  tenant: call.tenant,
  budgetMs: call.budgetMs,
});

const choiceOf = (sense: Sense): SenseChoice => ({
  sense,
  reason: 'A language model took the meaning that the context suggests.',
  others: [],
});

const texts = (items: readonly ExampleItem[]): string[] => items.map(({ text }) => text);

const foundOf = (all: readonly ExampleItem[], wanted: number): Found => {
  const items = all.slice(0, wanted);
  return { items, counted: items.length };
};

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
