import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Story } from '@exempla/contracts/type/v1/story';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { edgeWith, type EdgeUnderTest } from './edge-under-test.ts';

describe('the description of the routes', () => {
  let edge: EdgeUnderTest;
  let text: string;
  beforeAll(async () => {
    edge = await edgeWith();
    text = (await edge.app.inject('/openapi.json')).body;
  });
  afterAll(() => edge.app.close());

  it('is OpenAPI 3.1 that a linter has nothing against', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] });
    const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
    expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual(
      [],
    );
  });

  it('has every route of the REST door, each with what it answers when it fails', () => {
    const { openapi, paths } = JSON.parse(text) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: object }>>;
    };
    expect(openapi).toBe('3.1.0');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => {
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(['4XX', '5XX']));
        return `${method.toUpperCase()} ${path}`;
      }),
    );
    expect(operations.sort()).toMatchInlineSnapshot(`
     [
       "DELETE /api/v1/children/{id}",
       "DELETE /api/v1/heroes/{id}",
       "DELETE /api/v1/stories/{id}",
       "GET /api/v1/children",
       "GET /api/v1/children/{id}",
       "GET /api/v1/definitions",
       "GET /api/v1/definitions/{id}",
       "GET /api/v1/definitions/{id}/audio",
       "GET /api/v1/heroes",
       "GET /api/v1/heroes/{id}",
       "GET /api/v1/stories",
       "GET /api/v1/stories/{id}",
       "GET /api/v1/stories/{id}/audio",
       "GET /api/v1/usage",
       "GET /api/v1/voices",
       "PATCH /api/v1/children/{id}",
       "PATCH /api/v1/heroes/{id}",
       "POST /api/v1/children",
       "POST /api/v1/definitions",
       "POST /api/v1/generate-story",
       "POST /api/v1/heroes",
       "POST /api/v1/stories/generate",
       "POST /api/v1/stories/{id}/rate",
     ]
    `);
  });

  it('names the headers that a route reads', () => {
    const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, { parameters: object[] }>> };
    const read = (path: string, method: string) =>
      paths[path]![method]!.parameters.flatMap((one) =>
        'in' in one && one.in === 'header' && 'name' in one ? [one.name] : [],
      );
    expect(read('/api/v1/stories/generate', 'post')).toEqual(['exempla-timeout-ms', 'idempotency-key']);
    expect(read('/api/v1/children/{id}', 'patch')).toEqual(['exempla-timeout-ms', 'if-match']);
    expect(read('/api/v1/stories/{id}/audio', 'get')).toContain('range');
  });

  it('tells of each answer that sound has', () => {
    const { paths } = JSON.parse(text) as { paths: Record<string, { get: { responses: object } }> };
    const { responses } = paths['/api/v1/stories/{id}/audio']!.get;
    expect(Object.keys(responses)).toEqual(['200', '206', '304', '4XX', '5XX']);
  });

  it('begins with bodies that the routes take', async () => {
    const story = Story.fromPartial({ name: 'stories/1' });
    const generateStory = async () => ({ story, narration: undefined, degraded: [], timings: [], fallbackReason: '' });
    const tried = await edgeWith({ stories: { generateStory } });
    type Body = { content: { 'application/json': { example?: object } } };
    const { paths } = JSON.parse(text) as { paths: Record<string, { post: { requestBody: Body } }> };
    const url = '/api/v1/generate-story';
    const payload = paths[url]!.post.requestBody.content['application/json'].example!;
    expect((await tried.app.inject({ method: 'POST', url, payload })).statusCode).toBe(200);
    await tried.app.close();
  });

  it('would not please a linter without its operation ids', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] });
    const source = text.replaceAll('"operationId"', '"x-operation"');
    expect(await lintFromString({ source, absoluteRef: 'openapi.json', config })).not.toEqual([]);
  });

  it('is shown at /docs, by files of this server only', async () => {
    const { statusCode, headers, body } = await edge.app.inject('/docs/');
    expect(statusCode).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).not.toMatch(/(?:src|href)="https?:/);
  });
});
