/** Names whose values never reach a log, however they are spelt: `apiKey`, `API-Key`, `api_key`. */
const SECRET =
  /^(?:password|passwd|passphrase|secret|clientsecret|token|accesstoken|refreshtoken|idtoken|authorization|proxyauthorization|apikey|xapikey|privatekey|cookie|setcookie|databaseurl|databaseadminurl|connectionstring)$/;
const CENSORED = '[secret]';
/** Deeper than this nothing is logged for somebody to read. */
const MAX_DEPTH = 8;

const isSecret = (name: string): boolean => SECRET.test(name.replace(/[-_]/g, '').toLowerCase());

/** The same value, with a copy of whatever holds a secret; errors are left for their serializer. */
export function censored(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || depth > MAX_DEPTH) return value;
  if (Array.isArray(value))
    return changed(
      value,
      value.map((item) => censored(item, depth + 1)),
    );
  const prototype: unknown = Object.getPrototypeOf(value);
  // What is no plain object knows itself how it is written.
  if (prototype !== Object.prototype && prototype !== null) return value;
  const entries = Object.entries(value);
  const safe = entries.map(([name, inner]) => (isSecret(name) ? CENSORED : censored(inner, depth + 1)));
  if (entries.every(([, inner], index) => inner === safe[index])) return value;
  return Object.fromEntries(entries.map(([name], index) => [name, safe[index]]));
}

const changed = (before: readonly unknown[], after: readonly unknown[]): unknown =>
  before.every((item, index) => item === after[index]) ? before : after;
