import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  StoryServiceDefinition,
  type StreamGenerateStoryResponse,
} from '@exempla/contracts/orchestrator/v1/story_service';
import { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { Generation_Status } from '@exempla/contracts/type/v1/story';
import { Gender } from '@exempla/contracts/type/v1/child';
import { createClient, openChannel, status, type Channel, type RpcClient } from '@exempla/rpc';
import { eventually, gate, startScriptedOpenAi, type ScriptedOpenAi } from '@exempla/testing';
import { metricOf } from './metrics.ts';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const ANSWER = await readFile(
  new URL('../../../services/orchestrator/test/answers/english-untidy.txt', import.meta.url),
  'utf8',
);
const TITLE = "Mia and the Lantern That Wouldn't";
const WITHIN = { timeoutMs: 30_000 };
const POOL = 10;
const COST_MICROS = 1_500n;

const told = (displayName = 'Mia') => ({
  $case: 'newChild' as const,
  value: {
    displayName,
    age: { $case: 'years' as const, value: 5 },
    gender: Gender.GENDER_FEMALE,
    interests: ['stars', 'foxes'],
  },
});
const story = (displayName?: string) => ({ toldTo: told(displayName), lengthMinutes: 1 });

/** Books as OpenRouter keeps them. */
async function startBooks(): Promise<{ url: string; server: Server }> {
  const data = { total_cost: Number(COST_MICROS) / 1e6, native_tokens_prompt: 410, native_tokens_completion: 300 };
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/generation` };
}

describe('stories by model, in the mesh', () => {
  let upstream: ScriptedOpenAi;
  let books: Server;
  let mesh: TestMesh;
  let channels: Channel[];
  let stories: RpcClient<typeof StoryServiceDefinition>;
  let store: RpcClient<typeof StoryStoreServiceDefinition>;

  beforeAll(async () => {
    upstream = await startScriptedOpenAi({ type: 'say', text: ANSWER });
    const { url, server } = await startBooks();
    books = server;
    const env = {
      ...process.env,
      OPENAI_BASE_URL: upstream.baseUrl,
      OPENAI_API_KEY: 'k-1',
      OPENAI_MODELS: 'small=1/2,large',
      OPENAI_GENERATION_INFO_URL: url,
      HTTP_POOL_CONNECTIONS: String(POOL),
      EXEMPLA_METRICS_PORT: '0',
    };
    mesh = await startTestMesh({ gateway: true, env });
    channels = [
      openChannel(mesh.addressOf('orchestrator'), [StoryServiceDefinition]),
      openChannel(mesh.addressOf('storage'), [StoryStoreServiceDefinition]),
    ];
    stories = createClient(StoryServiceDefinition, channels[0]!);
    store = createClient(StoryStoreServiceDefinition, channels[1]!);
  });
  afterAll(async () => {
    for (const channel of channels) channel.close();
    await mesh[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
    await new Promise((resolve) => books.close(resolve));
  });

  const total = async (): Promise<number> => (await store.listStories({})).stories.length;
  const requests = (): number => upstream.requests.length;

  it('are told while they are written, kept as they were told, and booked afterwards (S3-39, S3-40)', async () => {
    upstream.next({ type: 'say', text: ANSWER, overMs: 200 });
    const parts: NonNullable<StreamGenerateStoryResponse['part']>[] = [];
    for await (const { part } of stories.streamGenerateStory({ request: story() }, WITHIN)) parts.push(part!);
    const drafts = parts.flatMap((part) => (part.$case === 'draft' ? part.value : []));
    expect(drafts.length).toBeGreaterThan(5);
    expect(new Set(drafts.map(({ attempt }) => attempt))).toEqual(new Set([1]));
    expect(parts.map(({ $case }) => $case).indexOf('title')).toBe(drafts.length);
    const done = parts.at(-1)!;
    if (done.$case !== 'done') throw new Error('the last part is the whole answer');
    const kept = done.value.story!;
    expect(drafts.map(({ title }) => title).join('')).toBe(TITLE);
    expect(drafts.map(({ text }) => text).join('')).toBe(kept.text);
    expect(kept).toMatchObject({ title: TITLE, model: 'small', companion: 'Pip the hedgehog' });
    expect(done.value.fallbackReason).toBe('');
    const generations = async () => (await store.listGenerations({ parent: kept.name })).generations;
    expect(await generations()).toMatchObject([{ model: 'small', status: Generation_Status.STATUS_SUCCEEDED }]);
    await eventually('its books are there', async () => (await generations())[0]!.costMicroUsd === COST_MICROS, 10_000);
    expect((await generations())[0]!.usage).toEqual({ promptTokens: 410, completionTokens: 300 });
  });

  it('whose caller leaves in the middle of the text end at the model, and nothing is kept or asked again', async () => {
    upstream.next({ type: 'stall', text: ANSWER, afterWords: 60 });
    const [before, kept] = [requests(), await total()];
    const caller = new AbortController();
    const told: string[] = [];
    const reading = (async () => {
      for await (const { part } of stories.streamGenerateStory({ request: story() }, { signal: caller.signal })) {
        told.push(part!.$case);
        caller.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toContain('draft');
    await upstream.requests[before]!.left.promise;
    expect(requests()).toBe(before + 1);
    expect(await total()).toBe(kept);
    expect(await metricOf(mesh.lines, 'orchestrator', 'exempla_text_in_flight')).toBe(0);
  });

  it('that twenty ask for at once under one request id are asked for and kept once', async () => {
    const mayAnswer = gate();
    upstream.next({ type: 'choose', of: () => mayAnswer.promise.then(() => ({ type: 'say', text: ANSWER }) as const) });
    const [before, kept] = [requests(), await total()];
    const asked = { ...story(), requestId: 'equal' };
    const all = Promise.all(Array.from({ length: 20 }, () => stories.generateStory(asked, WITHIN)));
    await eventually('the model is asked', () => requests() > before);
    mayAnswer.open();
    const names = (await all).map(({ story: told }) => told!.name);
    expect(new Set(names).size).toBe(1);
    expect([requests(), await total()]).toEqual([before + 1, kept + 1]);
  });

  it('have events over REST as they are written', async () => {
    upstream.next({ type: 'say', text: ANSWER, overMs: 50 });
    const response = await fetch(`http://${mesh.addressOf('gateway')}/api/v1/stories/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({
        child: { name: 'Mia', age: 5, gender: 'female', interests: ['stars'] },
        language: 'en',
        story_length: 1,
        provider: 'large',
      }),
    });
    const events = [...(await response.text()).matchAll(/^event: (\w+)\ndata: (.*)$/gm)];
    const draft = events.filter(([, event]) => event === 'draft').map(([, , data]) => JSON.parse(data!) as object);
    expect(draft[0]).toEqual({ attempt: 1, title: TITLE, text: expect.any(String) });
    const saved = events.find(([, event]) => event === 'saved')!;
    expect(JSON.parse(saved[2]!)).toMatchObject({ title: TITLE, model_used: 'large' });
    expect(events.at(-1)![1]).toBe('done');
  });

  it('that come to nothing are asked for three times and not by every client on the way again', async () => {
    upstream.next({ type: 'say', text: 'De vos\n\nEr was eens een vos.' });
    const before = requests();
    await expect(stories.generateStory({ ...story(), language: 'nl' }, WITHIN)).rejects.toMatchObject({
      code: status.UNAVAILABLE,
      reason: 'DRAFT_UNUSABLE',
      metadata: { model: 'small', fault: 'TOO_SHORT' },
    });
    expect(requests()).toBe(before + 3);
  });

  it('are written by the grammar when no model answers, which is named and counted; only in English', async () => {
    upstream.next({ type: 'rate-limit', retryAfterS: 3_600 });
    const short = { timeoutMs: 2_000 };
    const { story: kept, fallbackReason } = await stories.generateStory(story(), short);
    expect(kept!.model).toBe('offline-grammar');
    expect(fallbackReason).toBe('TEXT_RATE_LIMITED');
    expect(await metricOf(mesh.lines, 'orchestrator', 'exempla_fallbacks_total')).toBe(1);
    expect(upstream.requests.slice(-2).map(({ body }) => body['model'])).toEqual(['small', 'large']);
    // The models asked to be left alone: nobody is asked, and the reason is told at once.
    await expect(stories.generateStory({ ...story(), language: 'ru' }, short)).rejects.toMatchObject({
      code: status.UNAVAILABLE,
      reason: 'TEXT_UPSTREAM_SKIPPED',
    });
  });

  it('cannot be asked of a writer nobody knows', async () => {
    await expect(stories.generateStory({ ...story(), provider: 'tiny' }, WITHIN)).rejects.toMatchObject({
      code: status.NOT_FOUND,
      reason: 'PROVIDER_UNKNOWN',
      metadata: { providers: 'small, large, offline-grammar' },
    });
  });
});
