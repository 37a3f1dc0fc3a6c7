import type OpenAI from 'openai';
import type { Message, ObjectRequest, TextRequest } from '../text-generator.ts';
import type { TokenCount } from '../usage.ts';
import { AnswerError, type AnswerFault } from './answer-error.ts';
import type { Dialect } from './dialect.ts';

type Body = OpenAI.ChatCompletionCreateParams;
type Finish = 'stop' | 'length';

/** An answer that came to its end. */
export interface Answer {
  readonly text: string;
  readonly finish: Finish;
  readonly used: TokenCount | undefined;
  /** Of the answer at its upstream; empty when it has none. */
  readonly id: string;
}

export interface Asked {
  readonly model: string;
  readonly request: TextRequest | ObjectRequest;
  readonly extraBody: Readonly<Record<string, unknown>> | undefined;
  readonly dialect: Dialect;
}

const MAX_ID = 200;

/** Nobody but the signal ends an attempt. */
const OPTIONS = { maxRetries: 0, timeout: 2 ** 31 - 1 };

/** Asks for the whole answer. */
export async function complete(client: OpenAI, asked: Asked, signal: AbortSignal): Promise<Answer> {
  const answer: unknown = await asked.dialect.ask(() =>
    client.chat.completions.create({ ...bodyOf(asked), stream: false }, { ...OPTIONS, signal }),
  );
  const completion = answer as Partial<OpenAI.ChatCompletion> & { error?: unknown };
  if (typeof answer !== 'object' || !answer) throw new AnswerError('malformed', 'no object');
  if (completion.error) throw new AnswerError('failed', 'an error in a successful answer', { said: completion.error });
  const [choice] = Array.isArray(completion.choices) ? completion.choices : [];
  if (!choice?.message) throw new AnswerError('malformed', 'no choice');
  const { content, refusal } = choice.message;
  const used = tokensOf(completion.usage);
  if (refusal) throw new AnswerError('refused', 'refused', { used });
  const finish = finishOf(choice.finish_reason, used);
  const text = textIn(content, used);
  return { text: said(text, finish, used), finish, used, id: idOf(completion.id) };
}

/** Yields text as it comes and returns what it came to. */
export async function* streamed(client: OpenAI, asked: Asked, signal: AbortSignal): AsyncGenerator<string, Answer> {
  const { dialect } = asked;
  const chunks = await dialect.ask(() => {
    const usage = dialect.takes('stream_options') ? { stream_options: { include_usage: true } } : {};
    return client.chat.completions.create({ ...bodyOf(asked), stream: true, ...usage }, { ...OPTIONS, signal });
  });
  let text = '';
  let finish: Finish | undefined;
  let used: TokenCount | undefined;
  let id = '';
  for await (const chunk of chunks) {
    used = tokensOf(chunk.usage) ?? used;
    id ||= idOf(chunk.id);
    const choice = chunk.choices?.[0];
    if (choice?.delta?.refusal) throw new AnswerError('refused', 'refused', { used });
    const piece = textIn(choice?.delta?.content, used);
    if (piece !== '') {
      text += piece;
      yield piece;
    }
    if (choice?.finish_reason) finish = finishOf(choice.finish_reason, used);
  }
  // The client of OpenAI ends a stream without a word when it is aborted or cut off.
  signal.throwIfAborted();
  if (!finish) throw new AnswerError('incomplete', 'the stream ended before the answer did', { used });
  return { text: said(text, finish, used), finish, used, id };
}

function bodyOf({ model, request, extraBody, dialect }: Asked): Omit<Body, 'stream' | 'stream_options'> {
  const { messages, temperature, maxTokens } = request;
  return {
    ...extraBody,
    model,
    messages: messages.map(({ role, content }: Message) => ({ role, content })),
    ...(temperature !== undefined && dialect.takes('temperature') && { temperature }),
    ...(maxTokens !== undefined && { [dialect.tokenLimit]: maxTokens }),
    ...('schema' in request && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: request.name, schema: { ...request.schema }, strict: true },
      },
    }),
  };
}

/** Ends that are none: what others than OpenAI say of an answer that was broken off. Any word that nobody knows is a good end. */
const BROKEN_OFF: Readonly<Record<string, AnswerFault>> = {
  content_filter: 'refused',
  // OpenRouter and Mistral
  error: 'failed',
  // DeepSeek
  insufficient_system_resource: 'incomplete',
  // vLLM and SGLang
  abort: 'incomplete',
};

function finishOf(reason: string | null | undefined, used: TokenCount | undefined): Finish {
  if (!reason) throw new AnswerError('incomplete', 'no reason for its end', { used });
  const fault = BROKEN_OFF[reason];
  if (fault) throw new AnswerError(fault, `ended by "${reason}"`, { used });
  // The second is Mistral's, for the end of what the model can hold.
  return reason === 'length' || reason === 'model_length' ? 'length' : 'stop';
}

/** A model that thinks may spend all of its tokens on that. */
function said(text: string, finish: Finish, used: TokenCount | undefined): string {
  if (text.trim()) return text;
  throw finish === 'length'
    ? new AnswerError('spent', 'no text before the limit of tokens', { used })
    : new AnswerError('empty', 'no text', { used });
}

/** Some servers answer with a list of parts, of which not all are text. */
function textIn(content: unknown, used: TokenCount | undefined): string {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  throw new AnswerError('malformed', 'the content is no text', { used });
}

/** Compatible servers leave it out, or say something else. */
const idOf = (id: unknown): string => (typeof id === 'string' && id.length <= MAX_ID ? id : '');

/** Gemini and Grok count what a model thought in the sum of all tokens only; it is paid for like what it said. */
function tokensOf(usage: OpenAI.CompletionUsage | null | undefined): TokenCount | undefined {
  const { prompt_tokens: inputTokens, completion_tokens: told, total_tokens: total } = usage ?? {};
  if (!isCount(inputTokens) || !isCount(told)) return undefined;
  return { inputTokens, outputTokens: isCount(total) ? Math.max(told, total - inputTokens) : told };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
