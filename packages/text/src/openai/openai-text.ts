import { processMetrics } from '@exempla/telemetry';
import {
  ask,
  HEALTH,
  OpenCalls,
  RETRY,
  systemClock,
  type Asking,
  type Attempt,
  type UpstreamCall,
} from '@exempla/upstream';
import { answerOf, schemaCheck } from '../schema.ts';
import { TextError } from '../text-error.ts';
import type {
  ObjectReply,
  ObjectRequest,
  TextCall,
  TextGenerator,
  TextPart,
  TextReply,
  TextRequest,
  Usage,
} from '../text-generator.ts';
import { TextMetrics } from '../text-metrics.ts';
import { AnswerError } from './answer-error.ts';
import { complete, streamed, type Answer } from './chat.ts';
import { failureOf } from './failures.ts';
import type { ModelTarget } from './model-target.ts';
import { DEFAULTS, type OpenAiTextOptions } from './options.ts';
import { TextRun } from './text-run.ts';
import { Upstream } from './upstream.ts';

type ModelAttempt = Attempt<ModelTarget, TextRun>;

/** A stream whose first word is there: from here on nobody else can answer. */
interface Opened {
  readonly attempt: ModelAttempt;
  readonly first: string;
  readonly pieces: AsyncGenerator<string, Answer>;
}

/** Text from anything that speaks OpenAI's chat completions. One for each process; `await using` closes it. */
export class OpenAiText implements TextGenerator, AsyncDisposable {
  readonly #options: Required<Omit<OpenAiTextOptions, 'agent' | 'upstreams' | 'metrics' | 'clock'>>;
  readonly #metrics: TextMetrics;
  readonly #asking: Asking<ModelTarget>;
  readonly #upstreams: readonly Upstream[];
  readonly #open = new OpenCalls('the generation of text');

  constructor(options: OpenAiTextOptions) {
    const { upstreams, metrics = processMetrics, clock = systemClock, agent, ...rest } = options;
    this.#options = { ...DEFAULTS, retry: RETRY, health: HEALTH, ...rest };
    this.#metrics = new TextMetrics(metrics);
    const { retry: policy } = this.#options;
    this.#asking = { policy, clock, metrics: this.#metrics, failureOf, skipped, outOfBudget };
    const shared = { ...this.#options, clock, metrics: this.#metrics, agent };
    this.#upstreams = upstreams.map((upstream) => new Upstream(upstream, shared));
  }

  async generate(request: TextRequest, call: TextCall): Promise<TextReply> {
    return this.#whole(request, call, (_, reply) => reply);
  }

  async generateObject<T>(request: ObjectRequest, call: TextCall): Promise<ObjectReply<T>> {
    const fits = schemaCheck(request.schema);
    return this.#whole(request, call, (answer, reply) => {
      if (answer.finish === 'length') throw new AnswerError('incomplete', 'cut at the limit of tokens');
      return { ...reply, value: answerOf<T>(answer.text, fits) };
    });
  }

  async *stream(request: TextRequest, call: TextCall): AsyncGenerator<TextPart, void> {
    using run = new TextRun(request, call, this.#open);
    const targets = this.#targets(request);
    const maxCostMicros = (target: ModelTarget): number => run.maxCostMicros(target);
    const use = (attempt: ModelAttempt, last: boolean): Promise<Opened> => this.#begin(attempt, last);
    const opened = await ask(this.#asking, { run, targets, maxCostMicros, use });
    using attempt = opened.attempt;
    const answer = yield* this.#rest(opened);
    yield { type: 'end', reply: run.reply(attempt.target, answer) };
  }

  /** Calls under way end with TEXT_CLOSED; resolves when all have, and the sockets are closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.close(new TextError('TEXT_CLOSED', 'the generator of text is closed'));
    for (const upstream of this.#upstreams) upstream.close();
  }

  async #whole<R>(request: TextRequest, call: TextCall, use: (answer: Answer, reply: TextReply) => R): Promise<R> {
    using run = new TextRun(request, call, this.#open);
    const targets = this.#targets(request);
    return await ask(this.#asking, {
      run,
      targets,
      maxCostMicros: (target) => run.maxCostMicros(target),
      use: async (attempt) => {
        const { client } = attempt.target;
        const answering = complete(client, { ...attempt.target, request }, attempt.signal);
        const answer = await this.#charged(attempt, attempt.until(answering, this.#options.httpTimeoutMs));
        const usage = this.#used(attempt, answer);
        const result = use(answer, run.reply(attempt.target, answer));
        attempt.answered(`whole ${Math.ceil(Math.log2(usage.outputTokens + 1))}`);
        attempt.succeeded();
        return result;
      },
    });
  }

  /** A model that is silent leaves half of the time to the next one. */
  async #begin(attempt: ModelAttempt, last: boolean): Promise<Opened> {
    const { target, run, signal } = attempt;
    const pieces = streamed(target.client, { ...target, request: run.request }, signal);
    const shareMs = last ? Infinity : run.call.deadline.remainingMs() / 2;
    const limitMs = Math.min(this.#options.httpTimeoutMs, shareMs);
    const first = await this.#charged(attempt, attempt.until(pieces.next(), limitMs));
    if (first.done) throw new AnswerError('empty', 'no text');
    attempt.answered('first');
    return { attempt, first: first.value, pieces };
  }

  async *#rest({ attempt, first, pieces }: Opened): AsyncGenerator<TextPart, Answer> {
    let text = first;
    let answer: Answer | undefined;
    try {
      yield { type: 'text', text: first };
      for (;;) {
        const next = await attempt.until(pieces.next(), this.#options.streamIdleMs);
        if (next.done) {
          answer = next.value;
          attempt.succeeded();
          return answer;
        }
        text += next.value;
        yield { type: 'text', text: next.value };
      }
    } catch (error) {
      throw attempt.failed(error).error;
    } finally {
      // What came of a broken stream is paid for too.
      this.#used(attempt, answer ?? { text, used: undefined });
    }
  }

  /** An answer that is of no use is paid for all the same. */
  async #charged<T>({ target, run }: ModelAttempt, answering: Promise<T>): Promise<T> {
    try {
      return await answering;
    } catch (error) {
      if (error instanceof AnswerError && error.used) this.#used({ target, run }, { text: '', used: error.used });
      throw error;
    }
  }

  #used({ target, run }: Pick<ModelAttempt, 'target' | 'run'>, answer: Pick<Answer, 'text' | 'used'>): Usage {
    const usage = run.used(target, answer);
    this.#metrics.used(target, usage);
    return usage;
  }

  #targets({ models }: TextRequest): readonly ModelTarget[] {
    const all = this.#upstreams.flatMap(({ targets }) => targets);
    if (!models) return all;
    const chosen = models.flatMap((name) => all.filter(({ model }) => model === name));
    if (chosen.length > 0) return chosen;
    const metadata = { models: models.join(', ') };
    throw new TextError('TEXT_MODEL_UNKNOWN', `none of the models ${metadata.models} is configured`, { metadata });
  }
}

const skipped = (retryAfterMs: number): TextError =>
  new TextError(
    'TEXT_UPSTREAM_SKIPPED',
    'no model is asked for a while, as they asked or because they failed too often',
    {
      retryAfterMs,
    },
  );

/** The step has spent what it may spend. */
function outOfBudget({ budgetMs = 0 }: UpstreamCall): TextError {
  const metadata = { budget_ms: String(budgetMs) };
  return new TextError('TEXT_TIMEOUT', `no model answered within the ${budgetMs} ms of the step`, { metadata });
}
