import {
  narrationBudgetMs,
  discardNarrations,
  optionalBudgetMs,
  PartLog,
  type CallTime,
  type DegradedPart,
  type Narration,
  type StepTime,
} from '../parts/index.ts';
import { collectExamples, type CollectedExamples } from './collect-examples.ts';
import { DefinitionError } from './definition-error.ts';
import { requestFingerprint } from './fingerprint.ts';
import { explanationOf, narrationText } from './narration-text.ts';
import { answerAgain, replay } from './replay.ts';
import type { DefinitionPorts } from './ports.ts';
import type { Definition, GeneratedDefinition, GenerateRequest, OnPart } from './types.ts';
import { writeDefinition, type WrittenDefinition } from './write-definition.ts';

/**
 * Makes a definition under one deadline. The text and its storing are required and throw; examples and narration are
 * optional, run beside them on a budget that leaves time to store, and end as DEGRADED parts when they fail.
 */
export async function generateDefinition(
  request: GenerateRequest,
  call: CallTime,
  ports: DefinitionPorts,
  onPart: OnPart = () => {},
): Promise<GeneratedDefinition> {
  const fingerprint = { requestId: request.requestId, requestFingerprint: requestFingerprint(request) };
  const found = await ports.archive.lookup({ ...request, ...fingerprint });
  if (found.byRequest) return replay(found.byRequest, request, ports, onPart);
  if (found.duplicate && !request.allowDuplicate) throw alreadyDefined(request, found.duplicate);
  const making = new Making(request, call, ports, onPart);
  try {
    return await making.run(fingerprint);
  } finally {
    making.end();
  }
}

const alreadyDefined = ({ term }: GenerateRequest, name: string): DefinitionError =>
  new DefinitionError('DEFINITION_EXISTS', `"${term}" is already defined in this context: ${name}`, { term, name });

/** One definition in the making: the parts that run side by side. */
class Making {
  readonly #request: GenerateRequest;
  readonly #call: CallTime;
  readonly #ports: DefinitionPorts;
  readonly #onPart: OnPart;
  readonly #log: PartLog;
  /** Ends the optional parts when a required one failed. */
  readonly #over = new AbortController();
  /** The explanation, empty when there is none. */
  readonly #explained = Promise.withResolvers<string>();

  constructor(request: GenerateRequest, call: CallTime, ports: DefinitionPorts, onPart: OnPart) {
    this.#request = request;
    this.#call = call;
    this.#ports = ports;
    this.#onPart = onPart;
    this.#log = new PartLog(ports.now);
  }

  async run(fingerprint: { requestId: string; requestFingerprint: string }): Promise<GeneratedDefinition> {
    const id = this.#ports.newId();
    this.#onPart({ type: 'header', name: `definitions/${id}` });
    const examples = this.#examples();
    const written = this.#write();
    const narration = this.#request.narrate ? this.#narrate(id, written) : Promise.resolve(undefined);
    const definition = await this.#store(id, fingerprint, await written, await examples).catch(
      async (error: unknown) => {
        await this.#discard(id, narration);
        throw error;
      },
    );
    if (definition.name !== `definitions/${id}`) {
      // Another call with this request id was faster: its definition is the answer, and our sound is nobody's.
      await this.#discard(id, narration);
      return answerAgain(definition, this.#request, this.#ports, this.#onPart);
    }
    const narrated = await this.#attach(definition, await narration);
    const { timings, degraded } = this.#log;
    const { provider, fallbackReason } = await written;
    return { definition: narrated, narration: await narration, degraded, timings, provider, fallbackReason };
  }

  /** Stops whatever is still under way. */
  end(): void {
    this.#over.abort();
  }

  #write(): Promise<WrittenDefinition> {
    const times = {
      text: this.#time(this.#call.remainingMs()),
      // Optional like an example: the first text can still be stored when it eats all of its time.
      improvement: () => this.#time(optionalBudgetMs(this.#call.remainingMs())),
    };
    const improveFailed = (error: unknown): void => this.#degrade('improvement', error);
    const written = this.#log.time('definition', () =>
      writeDefinition(this.#request, this.#ports.terms, times, improveFailed),
    );
    return written.then((result) => {
      const { text, assessment, sense, provider, fallbackReason } = result;
      this.#onPart({ type: 'text', text, assessment, sense, provider, fallbackReason });
      return result;
    });
  }

  async #examples(): Promise<CollectedExamples> {
    const { kinds } = this.#request;
    const time = this.#time(optionalBudgetMs(this.#call.remainingMs()));
    if (kinds.length > 0 && !kinds.includes('EXPLANATION')) this.#explained.resolve('');
    const onSet: Parameters<typeof collectExamples>[3] = (set) => {
      this.#onPart({ type: 'examples', set });
      if (set.kind === 'EXPLANATION') this.#explained.resolve(explanationOf([set]));
    };
    const collected = await this.#log.time('examples', () => collectExamples(this.#request, this.#ports, time, onSet));
    if (collected.degraded) this.#missing(collected.degraded);
    return collected;
  }

  /** Speaks once the text and the explanation are there, without waiting for the other kinds; undefined when it failed. */
  async #narrate(id: string, written: Promise<WrittenDefinition>): Promise<Narration | undefined> {
    // A text that failed is the required part's to report; here it only means that there is nothing to say.
    const definition = await written.catch(() => undefined);
    if (!definition) return undefined;
    const { term, voice, language } = this.#request;
    const text = narrationText(term, definition.text, await this.#explained.promise);
    const time = this.#time(narrationBudgetMs(text.length, this.#call.remainingMs()));
    const job = { name: `definitions/${id}`, text, voice, language };
    try {
      const narration = await this.#log.time('narration', () => this.#ports.narrator.narrate(job, time));
      this.#onPart({ type: 'narration', narration });
      return narration;
    } catch (error) {
      // Once it is stopped by us it is no part of the answer that it is missing.
      if (!this.#over.signal.aborted) this.#degrade('narration', error);
      return undefined;
    }
  }

  #store(
    id: string,
    fingerprint: { requestId: string; requestFingerprint: string },
    written: WrittenDefinition,
    examples: CollectedExamples,
  ): Promise<Definition> {
    const { term, context, language, category, allowDuplicate } = this.#request;
    const { revisions, provider: _provider, fallbackReason: _fallbackReason, ...text } = written;
    const definition = {
      ...text,
      term,
      context,
      language,
      category: category || text.sense.category,
      examples: examples.sets,
      narration: '',
    };
    return this.#log.time('store', async () => {
      // A create whose answer was lost is sent again: under a request id of its own it is the same one.
      const once = { ...fingerprint, requestId: fingerprint.requestId || id };
      const stored = await this.#ports.archive.create({ id, definition, revisions, allowDuplicate, ...once });
      this.#onPart({ type: 'stored', definition: stored });
      return stored;
    });
  }

  /** Names the narration in the stored definition. */
  async #attach(definition: Definition, narration: Narration | undefined): Promise<Definition> {
    if (!narration) return definition;
    try {
      return await this.#log.time('attach', () => this.#ports.archive.attachNarration(definition, narration.object));
    } catch (error) {
      this.#degrade('attach', error);
      return definition;
    }
  }

  /**
   * A definition that is not stored leaves no sound behind, also not one that was uploaded but not heard of any more. The
   * caller must hear why the required part failed, so a discard that fails is only noted.
   */
  async #discard(id: string, narration: Promise<Narration | undefined>): Promise<void> {
    if (!this.#request.narrate) return;
    this.#over.abort();
    await narration;
    await discardNarrations(this.#ports.narrator, `definitions/${id}`).catch((error: unknown) =>
      this.#degrade('discard', error),
    );
  }

  #time(budgetMs: number): StepTime {
    return { signal: AbortSignal.any([this.#call.signal, this.#over.signal]), budgetMs };
  }

  #degrade(step: string, error: unknown): void {
    this.#missing({ step, ...this.#ports.readFailure(error) });
  }

  #missing(part: DegradedPart): void {
    this.#log.degraded.push(part);
    this.#onPart({ type: 'degraded', part });
  }
}
