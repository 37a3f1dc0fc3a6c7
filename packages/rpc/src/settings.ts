import { readFile } from 'node:fs/promises';

interface Setting {
  name: string;
  value: string;
  secret: boolean;
}

const MASK = '[secret]';
const TARGET = /^(?:unix:\S+|(?!https?:)(?:[a-z0-9+.-]+:\/{0,3})?[^\s/]+:\d{1,5}(?:,\S+)?)$/i;
/** Variables every service knows. */
export const COMMON_VARIABLES: readonly string[] = [
  'EXEMPLA_DEV',
  'EXEMPLA_DEV_TENANT',
  'EXEMPLA_LOG_LEVEL',
  'EXEMPLA_LOG_SPANS',
  'EXEMPLA_METRICS_HOST',
  'EXEMPLA_METRICS_PORT',
  'EXEMPLA_MAX_IN_FLIGHT',
  'EXEMPLA_MAX_CONNECTION_AGE_MS',
  ...['MESH_KEY', 'JWT_KEYS', 'TLS_CERT', 'TLS_KEY', 'TLS_CA', 'TLS_CLIENT_CA'].map((name) => `EXEMPLA_${name}_FILE`),
  'EXEMPLA_JWT_ISSUER',
  'EXEMPLA_JWT_AUDIENCE',
];

/**
 * The environment as a service reads it: each value with its default, checked, an error naming the variable. It remembers
 * what was asked for, so that it can print the whole configuration and tell of variables that nobody reads.
 */
export class Settings {
  /** `EXEMPLA_AUDIO_` */
  readonly prefix: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #read = new Map<string, Setting>();

  constructor(service: string, env: Readonly<Record<string, string | undefined>> = process.env) {
    this.prefix = `EXEMPLA_${service.toUpperCase()}_`;
    this.#env = env;
  }

  /** An empty variable is none. */
  text(name: string, fallback: string): string {
    return this.#note(name, this.#env[name]?.trim() || fallback);
  }

  /** Entries between commas. */
  list(name: string, fallback: string): string[] {
    const entries = this.text(name, fallback).split(',');
    return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
  }

  integer(name: string, fallback: number, { min, max }: { min: number; max: number }): number {
    const raw = this.text(name, String(fallback));
    const value = Number(raw);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new Error(`${name} is "${raw}"; it has to be a whole number from ${min} to ${max}`);
  }

  /** 0 lets the operating system choose. */
  port(name: string, fallback: number): number {
    return this.integer(name, fallback, { min: 0, max: 65_535 });
  }

  /** `host:port`, or a name of gRPC such as `dns:///storage:50054`. `off` where that is said to be allowed. */
  target(name: string, fallback: string, { mayBeOff = false } = {}): string {
    const raw = this.text(name, fallback);
    if (TARGET.test(raw) || (mayBeOff && raw === 'off')) return raw;
    throw new Error(`${name} is "${raw}"; it has to be host:port, such as ${fallback}${mayBeOff ? ', or off' : ''}`);
  }

  /** One of a few words. */
  choice<T extends string>(name: string, fallback: T, words: readonly T[]): T {
    const raw = this.text(name, fallback);
    const found = words.find((word) => word === raw);
    if (found !== undefined) return found;
    throw new Error(`${name} is "${raw}"; it has to be ${words.join(', ').replace(/, ([^,]*)$/, ' or $1')}`);
  }

  /** Seconds, with or without the unit (`30`, `30s`, `0.5`), as milliseconds; `from` and `to` in seconds. */
  seconds(name: string, fallback: number, { from = 0, to = Infinity }: { from?: number; to?: number } = {}): number {
    const raw = this.text(name, String(fallback));
    const value = Number(/^(\d+(?:\.\d+)?)s?$/.exec(raw)?.[1]);
    const range = to === Infinity ? `, such as ${fallback}` : ` from ${from} to ${to}`;
    if (!(value >= from && value <= to)) throw new Error(`${name} is "${raw}"; it has to be seconds${range}`);
    return Math.round(value * 1_000);
  }

  /** `NAME`, or the content of the file that `NAME_FILE` names; undefined when neither is set, or both are empty. */
  async secret(name: string): Promise<string | undefined> {
    const file = this.text(`${name}_FILE`, '');
    const value = this.#env[name]?.trim() || undefined;
    if (value && file && !(await isEmpty(file))) throw new Error(`${name} and ${name}_FILE are both set: unset one`);
    const found = value ?? (file ? await contentOf(name, file) : undefined);
    this.#read.set(name, { name, value: found ?? '', secret: true });
    return found;
  }

  /** `NAME=value`, one a line, in order of name; secrets are masked. */
  print(): string {
    const settings = [...this.#read.values()].sort((a, b) => a.name.localeCompare(b.name));
    return settings.map(({ name, value, secret }) => `${name}=${secret && value ? MASK : value}\n`).join('');
  }

  /** Variables that are meant for this service and that it does not know, each with the nearest name it does. */
  unknown(): { name: string; nearest: string }[] {
    const known = [...this.#read.keys(), ...COMMON_VARIABLES];
    const own = Object.keys(this.#env).filter((name) => name.startsWith(this.prefix) && !this.#read.has(name));
    return own.map((name) => ({ name, nearest: nearestVariable(name, known) }));
  }

  #note(name: string, value: string): string {
    this.#read.set(name, { name, value, secret: false });
    return value;
  }
}

async function contentOf(name: string, file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim() || undefined;
  } catch (error) {
    throw new Error(`${name}_FILE cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

const isEmpty = (file: string): Promise<boolean> =>
  readFile(file, 'utf8').then(
    (content) => content.trim() === '',
    () => false,
  );

/** The one of `known` that the fewest letters are between. */
export const nearestVariable = (name: string, known: readonly string[]): string =>
  known.reduce((best, one) => (editDistance(name, one) < editDistance(name, best) ? one : best), known[0] ?? '');

/** Letters to add, drop or change to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
