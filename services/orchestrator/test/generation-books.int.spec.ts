import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { GenerationInfos } from '@exempla/text';
import { GenerationBooks, type BookOptions } from '../src/adapters/generation-books.ts';

const RECEIPT = { upstream: 'router', id: 'gen-1 &x' };
const BOOKED = { data: { id: 'gen-1', total_cost: 0.0015, native_tokens_prompt: 410, native_tokens_completion: 980 } };
const QUICK: Partial<BookOptions> = { pausesMs: [1, 1, 1], deadlineMs: 5_000 };

type Answer = (response: ServerResponse) => void;
const says =
  (status: number, body: unknown): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const silence: Answer = () => {};

/** An upstream's books, which answer what the test says, the last answer again and again. */
let answers: Answer[];
let asked: { url: string; key: string | undefined }[];
let closed: string[];
let server: Server;
let books: GenerationBooks | undefined;
let updates: unknown[];
let warnings: string[];

beforeEach(async () => {
  [asked, updates, warnings, closed] = [[], [], [], []];
  const ofThisTest = closed;
  server = createServer((request, response) => {
    asked.push({ url: request.url!, key: request.headers.authorization });
    response.once('close', () => ofThisTest.push(request.url!));
    (answers.length > 1 ? answers.shift() : answers[0])!(response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await books?.[Symbol.asyncDispose]();
  const ended = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await ended;
});

function open(options: Partial<BookOptions> = {}): GenerationBooks {
  const { port } = server.address() as AddressInfo;
  const generationInfoUrl = `http://127.0.0.1:${port}/api/v1/generation`;
  const upstream = { name: 'router', baseUrl: 'http://127.0.0.1:1', apiKey: 'k-1', models: [], generationInfoUrl };
  const store = { updateGeneration: async (change: unknown) => void updates.push(change) };
  const logger = { warn: ({ event }: { event: string }) => void warnings.push(event) };
  return (books = new GenerationBooks(new GenerationInfos([upstream]), store as never, {
    ...QUICK,
    ...options,
    logger: logger as never,
  }));
}

describe('the books of an upstream (S3-40)', () => {
  it('are asked with key and id, again while they are behind, and what they say is kept', async () => {
    answers = [says(404, { error: { code: 404 } }), says(503, {}), says(200, BOOKED)];
    open().settle('stories/1/generations/1', RECEIPT);
    await eventually('it is kept', () => updates.length > 0);
    expect(asked).toHaveLength(3);
    expect(asked[0]).toEqual({ url: '/api/v1/generation?id=gen-1+%26x', key: 'Bearer k-1' });
    expect(updates).toEqual([
      {
        generation: {
          name: 'stories/1/generations/1',
          costMicroUsd: 1_500n,
          usage: { promptTokens: 410, completionTokens: 980 },
        },
        updateMask: ['usage', 'cost_micro_usd'],
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['1.2e-5', { total_cost: 0.000012 }, 12n],
    ['a part of a millionth', { total_cost: 1e-9 }, 1n],
    ['nothing', { total_cost: 0 }, 0n],
  ])('a cost of %s is whole millionths', async (_, data, cost) => {
    answers = [says(200, { data })];
    open().settle('stories/1/generations/1', RECEIPT);
    await eventually('it is kept', () => updates.length > 0);
    expect(updates[0]).toMatchObject({ generation: { costMicroUsd: cost }, updateMask: ['cost_micro_usd'] });
  });

  it.each<[string, Answer]>([
    ['never have it', says(404, {})],
    ['fail', says(500, {})],
    ['refuse the key', says(401, {})],
    ['say no cost', says(200, { data: {} })],
    ['are a page', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>')],
    ['break off', (response) => void response.socket!.destroy()],
  ])('that %s are let be after a few tries', async (_, answer) => {
    answers = [answer];
    const all = open();
    all.settle('stories/1/generations/1', RECEIPT);
    await eventually('they were asked', () => asked.length === 3);
    await all[Symbol.asyncDispose]();
    expect(updates).toEqual([]);
  });

  it('that say nothing are left when their time is over', async () => {
    answers = [silence];
    open({ deadlineMs: 30 }).settle('stories/1/generations/1', RECEIPT);
    await eventually('it is told of', () => warnings.length > 0);
    expect(warnings).toEqual(['generation-info-missing']);
    await eventually('the socket is closed', () => closed.length === 1);
  });

  it('are asked a few at a time; of too many that wait, more are let go', async () => {
    answers = [silence];
    const all = open({ atOnce: 2, mostWaiting: 3 });
    for (let at = 1; at <= 7; at += 1) all.settle(`stories/1/generations/${at}`, RECEIPT);
    await eventually('they are asked', () => asked.length === 2);
    expect(all.waiting).toBe(3);
    expect(warnings).toEqual(['generation-info-skipped', 'generation-info-skipped']);
  });

  it('are not asked of upstreams that keep none', async () => {
    answers = [says(200, BOOKED)];
    const all = open();
    all.settle('stories/1/generations/1', { upstream: 'other', id: 'x' });
    expect(all.waiting).toBe(0);
    await all[Symbol.asyncDispose]();
    expect(asked).toEqual([]);
  });

  it('are left at once when the service ends', async () => {
    answers = [silence];
    const all = open();
    all.settle('stories/1/generations/1', RECEIPT);
    await eventually('they are asked', () => asked.length === 1);
    await all[Symbol.asyncDispose]();
    await eventually('the socket is closed', () => closed.length === 1);
    expect(warnings).toEqual([]);
    all.settle('stories/1/generations/2', RECEIPT);
    expect(all.waiting).toBe(0);
  });
});
