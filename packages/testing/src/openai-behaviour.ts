/** What the scripted server does with one request, for the whole answer or a stream, as the request asks. */
export type OpenAiBehaviour =
  /** Answers with this text: whole after `overMs`, or word by word, spread over them, where a stream is asked for. */
  | { type: 'say'; text: string; overMs?: number }
  /** Answers with what the user said last, likewise. */
  | { type: 'echo'; overMs?: number }
  /** Answers a request for models with these. */
  | { type: 'models'; models: readonly ({ id: string } & Record<string, unknown>)[] }
  /** 429; with seconds in `retry-after` when they are given. */
  | { type: 'rate-limit'; retryAfterS?: number }
  /** Says the text after `latencyMs`, but 429 beyond so many requests a second (a token bucket of `burst`). */
  | { type: 'limited'; perSecond: number; burst: number; latencyMs: number; text: string }
  /** Any other status, with OpenAI's shape of an error. */
  | { type: 'fail'; status: number; message: string; code?: string; retryAfterS?: number; metadata?: object }
  /** A successful answer, and in it, or in its stream after so many words, an error with this status. */
  | { type: 'fail-inside'; status: number; text: string; afterWords: number }
  /** Says that it will not, in place of a text. */
  | { type: 'refuse'; text: string }
  /** Takes the request and says nothing until the caller goes. */
  | { type: 'silence' }
  /** Says nothing more after so many words, or half of the answer. */
  | { type: 'stall'; text: string; afterWords: number }
  /** Sends the answer in pieces: a word, or twenty bytes, every so often. */
  | { type: 'drip'; text: string; everyMs: number }
  /** Resets the connection before any answer. */
  | { type: 'reset' }
  /** Breaks the connection, after so many words of the stream or half of the answer. */
  | { type: 'break'; text: string; afterWords: number }
  /** Ends properly, but early: after so many words, or half of the answer. */
  | { type: 'truncate'; text: string; afterWords: number }
  /** 200 with what is no JSON. */
  | { type: 'nonsense' }
  /** An answer of so many bytes. */
  | { type: 'flood'; bytes: number }
  /** What becomes of a request, by what it says. */
  | { type: 'choose'; of: (body: Readonly<Record<string, unknown>>) => OpenAiBehaviour | Promise<OpenAiBehaviour> }
  /** 200 with something else altogether. */
  | { type: 'page'; contentType: string; body: string };
