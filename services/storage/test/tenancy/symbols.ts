import { RemoteError, status } from '@exempla/rpc';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Fields whose values are made anew in every run. */
const OPAQUE = /^etag$|^position$|Token$|^token$/;

/**
 * Answers without what differs from run to run: ids, etags and tokens become the number in which they first appeared,
 * times become one word. What is left of two runs is equal when the same things were seen in the same order.
 */
export class Symbols {
  readonly #numbers = new Map<string, string>();

  /** One line for an answer or an error. */
  line(answer: unknown): string {
    const seen = answer instanceof Error ? errorOf(answer) : answer;
    this.#note(seen);
    return JSON.stringify(this.#plain(seen));
  }

  /** Before anything is replaced: an error may name what only a later field would have told. */
  #note(value: unknown, field = ''): void {
    if (typeof value === 'string') {
      for (const [uuid] of value.matchAll(UUID)) this.#number(uuid);
      if (OPAQUE.test(field) && value !== '') this.#number(value);
    } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      for (const [name, inner] of Object.entries(value)) this.#note(inner, name);
    }
  }

  /** Its length stays: it could tell of what is inside. */
  #number(value: string): void {
    if (!this.#numbers.has(value)) this.#numbers.set(value, `#${this.#numbers.size}(${value.length})`);
  }

  #plain(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof Date) return 'time';
    if (ArrayBuffer.isView(value)) return Buffer.from(value as Uint8Array).toString('latin1');
    if (Array.isArray(value)) return value.map((item) => this.#plain(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.#plain(inner)]));
  }

  #text(value: string): string {
    let text = value;
    for (const [known, number] of this.#numbers) if (text.includes(known)) text = text.replaceAll(known, number);
    return text;
  }
}

/** What a caller is told. */
export function errorOf(error: Error): unknown {
  if (!(error instanceof RemoteError)) return { error: String(error) };
  const { code, message, details } = error;
  return { error: { code: status[code], message, details } };
}
