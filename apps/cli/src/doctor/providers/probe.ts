/** What came of one call to a provider: its answer, or the code of why there is none. */
export type Probe = Answered | { error: string };

export interface Answered {
  status: number;
  /** The body, when it is JSON. */
  json: unknown;
  /** Seconds, or a date, as the provider wrote it. */
  retryAfter: string | undefined;
  ms: number;
}

const LIMIT_MS = 5000;
/** OpenRouter's list of models has less than one. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Asks once, within five seconds. A redirect is not followed: it would take the key elsewhere. */
export async function ask(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Probe> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const began = performance.now();
  try {
    const answer = await fetch(url, { headers, signal: within, redirect: 'manual' });
    const json = jsonIn(await textOf(answer));
    const retryAfter = answer.headers.get('retry-after') ?? undefined;
    return { status: answer.status, json, retryAfter, ms: performance.now() - began };
  } catch (error) {
    signal.throwIfAborted();
    return { error: codeOf(error as Error) };
  }
}

function codeOf({ name, cause }: Error): string {
  const { code, name: inner } = (cause ?? {}) as { code?: unknown; name?: string };
  if (name === 'TimeoutError') return 'TIMEOUT';
  return typeof code === 'string' ? code : (inner ?? name);
}

async function textOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return '';
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
