import { apiKey, hasAnotherKey } from './api-key.js';
import { readEvents } from './event-stream.js';

/**
 * @typedef {object} Story As GET /api/v1/stories/{id} answers.
 * @property {string} id
 * @property {string} title
 * @property {string} content
 * @property {string} moral
 * @property {string} language
 * @property {string | null} child_name Null in a story of a hero alone.
 * @property {number | null} child_age
 * @property {string | null} child_gender
 * @property {string[]} child_interests
 * @property {number} story_length
 * @property {number | null} rating
 * @property {string | null} audio_file_url
 * @property {string | null} created_at
 */

/**
 * @typedef {object} Problem `application/problem+json`
 * @property {number} status
 * @property {string} detail
 * @property {string} reason
 * @property {{ field: string, message: string }[]} errors
 * @property {number} [retry_after] Seconds.
 */

/** What the server refused, with its reason. */
export class RefusedError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const BASE = '/api/v1';

/** A long story that is read aloud takes its time. */
const GENERATE_MS = 120_000;

/**
 * Writes a story; yields each part as it is there. Aborting the signal, or closing the tab, ends the work.
 * @param {object} wish
 * @param {{ key: string, signal: AbortSignal }} options `key`: asked again with the same one, it is the same story.
 */
export async function* generateStory(wish, { key, signal }) {
  const headers = { accept: 'text/event-stream', 'exempla-timeout-ms': String(GENERATE_MS), 'idempotency-key': key };
  const response = await call('POST', '/stories/generate', { body: wish, headers, signal });
  if (!response.body) throw new TypeError('an answer without a body');
  for await (const { event, data } of readEvents(response.body)) {
    if (event === 'error') throw new RefusedError(data);
    yield { event, data };
    if (event === 'done') return;
  }
  throw new TypeError('the answer ended early');
}

/** @param {string} pageToken From the page before. @returns {Promise<{ stories: Story[], next_page_token: string }>} */
export const listStories = (pageToken) =>
  json('GET', `/stories?${new URLSearchParams({ page_size: '12', ...(pageToken && { page_token: pageToken }) })}`);

/** @param {string} id @returns {Promise<Story>} */
export const getStory = (id) => json('GET', `/stories/${encodeURIComponent(id)}`);

/** @param {string} id @param {number} rating @param {AbortSignal} signal */
export const rateStory = (id, rating, signal) =>
  call('POST', `/stories/${encodeURIComponent(id)}/rate`, { body: { rating }, signal });

/** @param {string} id */
export const deleteStory = (id) => call('DELETE', `/stories/${encodeURIComponent(id)}`);

/** Where an audio element finds a sound: it sends no key, so what needs one is fetched. @param {string} url */
export async function soundAt(url) {
  if (!apiKey()) return url;
  return URL.createObjectURL(await (await call('GET', url.slice(BASE.length))).blob());
}

/** @param {string} method @param {string} path */
const json = async (method, path) => (await call(method, path)).json();

/**
 * @param {string} method
 * @param {string} path
 * @param {{ body?: object, headers?: Record<string, string>, signal?: AbortSignal }} [options]
 */
async function call(method, path, { body, headers, signal } = {}) {
  const key = apiKey();
  const response = await fetch(BASE + path, {
    method,
    headers: { ...(body && { 'content-type': 'application/json' }), ...(key && { 'x-api-key': key }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (response.ok) return response;
  if (response.status === 401 && (await hasAnotherKey(key))) return call(method, path, { body, headers, signal });
  throw new RefusedError(await problemOf(response));
}

/** @param {Response} response @returns {Promise<Problem>} */
async function problemOf(response) {
  const { status, statusText } = response;
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  if (isProblem) return response.json();
  // Something between here and the gateway answered.
  return { status, detail: statusText, reason: 'UNKNOWN', errors: [] };
}
