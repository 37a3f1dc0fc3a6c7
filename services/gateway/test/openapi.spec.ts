import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

  it('is shown at /docs, by files of this server only', async () => {
    const { statusCode, headers, body } = await edge.app.inject('/docs/');
    expect(statusCode).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).not.toMatch(/(?:src|href)="https?:/);
  });
});
