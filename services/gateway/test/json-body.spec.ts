import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Child } from '@exempla/contracts/type/v1/child';
import { edgeWith, type EdgeUnderTest } from './edge-under-test.ts';

const BYTES = { 'content-type': 'application/json' };

describe('the body of a request', () => {
  let edge: EdgeUnderTest;
  let kept: (string | undefined)[];
  beforeAll(async () => {
    const createChild = async ({ child }: { child?: { displayName?: string } | undefined }): Promise<Child> => {
      kept.push(child?.displayName);
      return Child.fromPartial({ name: 'children/1' });
    };
    edge = await edgeWith({ children: { createChild, deleteChild: async () => ({}) } });
  });
  beforeEach(() => {
    kept = [];
  });
  afterAll(() => edge.app.close());

  const create = (name: string, encoding: BufferEncoding = 'utf8', headers = BYTES) =>
    edge.app.inject({
      method: 'POST',
      url: '/api/v1/children',
      headers,
      payload: Buffer.from(`{"name":"${name}","interests":["stars"]}`, encoding),
    });

  // Zoë and Zoé, age and gender the same, would be one child: Zo\uFFFD.
  it.each(['application/json', 'application/json; charset=iso-8859-1'])(
    'of %s is refused where it is no UTF-8, and no letter of it is made another',
    async (type) => {
      const answer = await create('Zoë', 'latin1', { 'content-type': type });
      expect(answer.json()).toMatchObject({ status: 400, reason: 'REQUEST_MALFORMED' });
      expect(kept).toEqual([]);
    },
  );

  it('is read as what it is: letters of every script, behind a byte order mark or not', async () => {
    expect((await create('Zoë 智子 🦊')).statusCode).toBe(200);
    const marked = Buffer.from('\uFEFF{"name":"Zoë","interests":["stars"]}');
    expect(
      (await edge.app.inject({ method: 'POST', url: '/api/v1/children', headers: BYTES, payload: marked })).statusCode,
    ).toBe(200);
    expect(kept).toEqual(['Zoë 智子 🦊', 'Zoë']);
  });

  it.each(['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '{"name":', ''])(
    'is refused as “%s”',
    async (payload) => {
      const answer = await edge.app.inject({ method: 'POST', url: '/api/v1/children', headers: BYTES, payload });
      expect(answer.json()).toMatchObject({ status: 400, reason: 'REQUEST_MALFORMED' });
    },
  );

  it('may be missing where none is read, whatever its type', async () => {
    const answer = await edge.app.inject({ method: 'DELETE', url: '/api/v1/children/1', headers: BYTES });
    expect(answer.statusCode).toBe(204);
  });
});
