import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { edgeWith, type EdgeUnderTest } from './edge-under-test.ts';

const END = 'connection: close\r\n\r\n';

describe('what is sent to an edge to trip it', () => {
  let edge: EdgeUnderTest;
  beforeAll(async () => {
    edge = await edgeWith();
    await edge.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => edge.app.close());

  /** As bytes: clients mend paths and headers before they send them. */
  function send(bytes: string): Promise<string> {
    const socket = connect((edge.app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(bytes);
    return text(socket);
  }

  it.each([
    ['bytes of TLS', '\x16\x03\x01\x02\x00\x01\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['lines that end otherwise', 'GET /readyz HTTP/1.1\nhost: a\n\n', 400, 'REQUEST_MALFORMED'],
    [
      'two lengths',
      'POST /api/v1/children HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 4\r\n\r\n{}',
      400,
      'REQUEST_MALFORMED',
    ],
    [
      'a length and chunks',
      'POST /api/v1/children HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'REQUEST_MALFORMED',
    ],
    ['a large header', `GET /readyz HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['many headers', `GET /readyz HTTP/1.1\r\nhost: a\r\n${'a: b\r\n'.repeat(5_000)}\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['a long id', `GET /api/v1/stories/${'a'.repeat(5_000)} HTTP/1.1\r\nhost: a\r\n${END}`, 414, 'URL_TOO_LONG'],
    ['a way up', `GET /docs/static/%2e%2e/index.js HTTP/1.1\r\nhost: a\r\n${END}`, 404, 'ROUTE_NOT_FOUND'],
    ['another way up', `GET /docs/static/..%2f..%2fpackage.json HTTP/1.1\r\nhost: a\r\n${END}`, 404, 'ROUTE_NOT_FOUND'],
    ['a way out', `GET /../../package.json HTTP/1.1\r\nhost: a\r\n${END}`, 404, 'ROUTE_NOT_FOUND'],
    ['everything', `OPTIONS * HTTP/1.1\r\nhost: a\r\n${END}`, 404, 'ROUTE_NOT_FOUND'],
  ])('%s is the fault of the sender, and answered by a problem', async (_, bytes, status, reason) => {
    const [head, body] = (await send(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(body!)).toMatchObject({ status, reason });
    expect(edge.lines.filter(({ level }) => Number(level) > 40)).toEqual([]);
  });
});
