import { readFile } from 'node:fs/promises';
import { expect } from '@jest/globals';

/** What was asked of a route, and what it answered. */
export interface Exchange {
  name: string;
  request: { method: string; path: string; body?: unknown };
  answer: { status: number; body: unknown; and_more?: boolean };
}

/** The recorded exchanges of the gateway. */
export async function readFixture(name: string): Promise<Exchange[]> {
  const file = new URL(`../../../../services/gateway/test/fixtures/${name}.json`, import.meta.url);
  return (JSON.parse(await readFile(file, 'utf8')) as { exchanges: Exchange[] }).exchanges;
}

const DIFFERS: Readonly<Record<string, RegExp>> = {
  '<text>': /\S/,
  '<id>': /^[\w-]{1,64}$/,
  '<url>': /^\/api\/v1\/stories\/[\w-]+\/audio$/,
  '<time>': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
};

/** What a recorded answer expects: what differs from one time to the next stands in it as `<text>` and the like. */
export function expected(recorded: unknown): unknown {
  if (typeof recorded === 'string') return DIFFERS[recorded] ? expect.stringMatching(DIFFERS[recorded]) : recorded;
  if (Array.isArray(recorded)) return recorded.map(expected);
  if (typeof recorded !== 'object' || recorded === null) return recorded;
  return Object.fromEntries(Object.entries(recorded).map(([key, value]) => [key, expected(value)]));
}
