import { processMetrics } from '@exempla/telemetry';
import { systemClock, type Clock } from '../clock.ts';
import { answerOf, schemaCheck } from '../schema.ts';
import { HEALTH } from '../retry/target-health.ts';
import { RETRY, withFailover } from '../retry/failover.ts';
import type { Failure } from '../retry/failure.ts';
import { TextError } from '../text-error.ts';
import type {
  ObjectReply,
  ObjectRequest,
  TextCall,
  TextGenerator,
  TextPart,
  TextReply,
  TextRequest,
} from '../text-generator.ts';
import { TextMetrics } from '../text-metrics.ts';
import { AnswerError } from './answer-error.ts';
import { Attempt } from './attempt.ts';
import { CallRun, outOfBudget } from './call-run.ts';
import { complete, streamed, type Answer } from './chat.ts';
import type { ModelTarget } from './model-target.ts';
import { DEFAULTS, type OpenAiTextOptions } from './options.ts';
import { Upstream } from './upstream.ts';

/** A stream whose first word is there: from here on nobody else can answer. */
interface Opened {
  readonly attempt: Attempt;
  readonly first: string;
  readonly pieces: AsyncGenerator<string, Answer>;
}

/** Text from anything that speaks OpenAI's chat completions. One for each process; `await using` closes it. */
export class OpenAiText implements TextGenerator, AsyncDisposable {
  readonly #options: Required<Omit<OpenAiTextOptions, 'agent' | 'upstreams' | 'metrics' | 'clock'>>;
  readonly #clock: Clock;
  readonly #metrics: TextMetrics;
  readonly #upstreams: readonly Upstream[];
  readonly #closing = new AbortController();
  readonly #runs = new Set<CallRun>();
  #idle: (() => void) | undefined;

  constructor(options: OpenAiTextOptions) {
    const { upstreams, metrics = processMetrics, clock = systemClock, agent, ...rest } = options;
    this.#options = { ...DEFAULTS, retry: RETRY, health: HEALTH, ...rest };
    this.#clock = clock;
    this.#metrics = new TextMetrics(metrics);
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
    using run = this.#begin(request, call);
    try {
      const opened = await this.#failover(run, (attempt, last) => this.#open(attempt, last));
      using attempt = opened.attempt;
      const answer = yield* this.#rest(opened);
      yield { type: 'end', reply: run.reply(attempt.target, answer) };
    } finally {
      this.#ended(run);
    }
  }

  /** Calls under way end with TEXT_CLOSED; resolves when all have, and the sockets are closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#closing.signal.aborted) this.#closing.abort(closed());
    if (this.#runs.size > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    for (const upstream of this.#upstreams) upstream.close();
  }

  async #whole<R>(request: TextRequest, call: TextCall, use: (answer: Answer, reply: TextReply) => R): Promise<R> {
    using run = this.#begin(request, call);
    try {
      return await this.#failover(run, async (attempt) => {
        const { client } = attempt.target;
        const answering = complete(client, { ...attempt.target, request }, attempt.signal);
        const answer = await attempt.until(answering, this.#options.httpTimeoutMs);
        const usage = run.used(attempt.target, answer);
        this.#metrics.used(attempt.target.name, usage);
        const result = use(answer, run.reply(attempt.target, answer));
        attempt.answered(`whole ${Math.ceil(Math.log2(usage.outputTokens + 1))}`);
        attempt.succeeded();
        return result;
      });
    } finally {
      this.#ended(run);
    }
  }

  /** A model that is silent leaves half of the time to the next one. */
  async #open(attempt: Attempt, last: boolean): Promise<Opened> {
    const { target, run, signal } = attempt;
    const pieces = streamed(target.client, { ...target, request: run.request }, signal);
    const shareMs = last ? Infinity : run.call.deadline.remainingMs() / 2;
    const first = await attempt.until(pieces.next(), Math.min(this.#options.httpTimeoutMs, shareMs));
    if (first.done) throw new AnswerError('empty', 'no text');
    attempt.answered('first');
    return { attempt, first: first.value, pieces };
  }

  async *#rest({ attempt, first, pieces }: Opened): AsyncGenerator<TextPart, Answer> {
    const { run, target } = attempt;
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
      this.#metrics.used(target.name, run.used(target, answer ?? { text, used: undefined }));
    }
  }

  #failover<R>(run: CallRun, use: (attempt: Attempt, last: boolean) => Promise<R>): Promise<R> {
    return withFailover<ModelTarget, R>({
      targets: this.#targets(run.request),
      policy: this.#options.retry,
      clock: this.#clock,
      signal: run.end.signal,
      remainingMs: () => run.call.deadline.remainingMs(),
      attempt: (target, place) => this.#attempt(target, { run, ...place }, use),
    });
  }

  async #attempt<R>(
    target: ModelTarget,
    { run, atOnce, last }: { run: CallRun; atOnce: boolean; last: boolean },
    use: (attempt: Attempt, last: boolean) => Promise<R>,
  ): Promise<{ value: R } | Failure | undefined> {
    if (run.budgetMs() <= 0) return { error: outOfBudget(run.call), next: 'never' };
    const slot = await target.limiter.acquire(run.call, run.end.signal, { atOnce });
    this.#metrics.waited(target.upstream, slot.waitedMs);
    // Others may have found out meanwhile that it is not worth asking.
    if (target.health.blockedMs(this.#clock.now()) > 0) {
      slot.end('other');
      return undefined;
    }
    const attempt = new Attempt(target, slot, run, { clock: this.#clock, metrics: this.#metrics });
    try {
      return { value: await use(attempt, last) };
    } catch (error) {
      return attempt.failed(error);
    }
  }

  #targets({ models }: TextRequest): readonly ModelTarget[] {
    const all = this.#upstreams.flatMap(({ targets }) => targets);
    if (!models) return all;
    const chosen = models.flatMap((name) => all.filter(({ model }) => model === name));
    if (chosen.length > 0) return chosen;
    const metadata = { models: models.join(', ') };
    throw new TextError('TEXT_MODEL_UNKNOWN', `none of the models ${metadata.models} is configured`, { metadata });
  }

  #begin(request: TextRequest, call: TextCall): CallRun {
    if (this.#closing.signal.aborted) throw closed();
    const run = new CallRun(request, call, this.#closing.signal);
    this.#runs.add(run);
    return run;
  }

  #ended(run: CallRun): void {
    this.#runs.delete(run);
    if (this.#runs.size === 0) this.#idle?.();
  }
}

const closed = (): TextError => new TextError('TEXT_CLOSED', 'the generator of text is closed');
