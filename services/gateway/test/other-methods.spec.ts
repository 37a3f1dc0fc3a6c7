import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pageDoor } from '../src/page/page-door.ts';
import { edgeWith, type EdgeUnderTest } from './edge-under-test.ts';

describe('a method that a path has not', () => {
  let edge: EdgeUnderTest;
  beforeAll(async () => {
    edge = await edgeWith({}, { open: [pageDoor()] });
  });
  afterAll(() => edge.app.close());

  it.each([
    ['PUT', '/api/v1/stories', 'GET, HEAD'],
    ['DELETE', '/api/v1/children?page_size=1', 'GET, HEAD, POST'],
    ['PUT', '/api/v1/children/1', 'DELETE, GET, HEAD, PATCH'],
    ['GET', '/api/v1/stories/1/rate', 'POST'],
    ['OPTIONS', '/api/v1/stories/1/audio', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
  ] as const)('%s %s is 405, with those that it has', async (method, url, allow) => {
    const answer = await edge.app.inject({ method, url });
    expect(answer.json()).toMatchObject({ status: 405, code: 'UNIMPLEMENTED', reason: 'METHOD_NOT_ALLOWED' });
    expect(answer.headers.allow).toBe(allow);
  });

  it.each([
    ['PUT', '/api/v1/poems'],
    ['PUT', '/api/v1/children/1/'],
    ['PUT', '/api/v1/children/1/2'],
    ['PUT', '/api/v1'],
    ['OPTIONS', '*'],
  ] as const)('%s %s is of no path that there is', async (method, url) => {
    const answer = await edge.app.inject({ method, url });
    expect([answer.statusCode, answer.headers.allow]).toEqual([404, undefined]);
  });
});
