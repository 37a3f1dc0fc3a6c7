import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pageDoor } from '../../src/page/page-door.ts';
import { edgeWith, type EdgeUnderTest } from '../edge-under-test.ts';

describe('the files of the page', () => {
  let edge: EdgeUnderTest;
  beforeAll(async () => {
    edge = await edgeWith({}, { open: [pageDoor()] });
  });
  afterAll(() => edge.app.close());

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/app.js', 'application/javascript; charset=utf-8'],
    ['/style.css', 'text/css; charset=utf-8'],
    ['/moon.svg', 'image/svg+xml'],
  ])('%s is there, without a credential, and is not sent twice', async (url, type) => {
    const { statusCode, headers } = await edge.app.inject(url);
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, type, 'no-cache']);
    const again = await edge.app.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('may load nothing from elsewhere and run nothing inline', async () => {
    const { headers } = await edge.app.inject('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['/nothing.js', '/page/app.js', '/../package.json', '/..%2fpackage.json', '/%2e%2e/src/main.ts'])(
    '%s is no file of it: a problem, as everywhere',
    async (url) => {
      const { statusCode, headers } = await edge.app.inject(url);
      expect([statusCode, headers['content-type']]).toEqual([404, expect.stringContaining('application/problem+json')]);
    },
  );
});
