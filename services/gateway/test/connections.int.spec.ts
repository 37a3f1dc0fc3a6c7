import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { StreamGenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import type { DownloadObjectResponse, Object as StoredObject } from '@exempla/contracts/storage/v1/object_service';
import { Story } from '@exempla/contracts/type/v1/story';
import { eventually } from '@exempla/testing';
import type { AppOptions } from '../src/http/app.ts';
import { edgeWith, type EdgeUnderTest } from './edge-under-test.ts';

/** More than the buffers of a connection take. */
const MUCH_BYTES = 32 << 20;
const HOST = 'host: edge\r\n';
const JSON_BODY = 'content-type: application/json\r\n';
const STORY = JSON.stringify({ child: { name: 'Mia', age: 5, interests: ['stars'] }, language: 'en' });

async function* endless<T>(part: T): AsyncGenerator<T> {
  for (;;) yield await new Promise<T>((resolve) => setImmediate(() => resolve(part)));
}

describe('a connection', () => {
  let edge: EdgeUnderTest;
  let asked: number;
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    edge.app.server.closeAllConnections();
    await edge.app.close();
  });

  async function open(options: Partial<AppOptions> = {}): Promise<void> {
    asked = 0;
    const text: StreamGenerateStoryResponse = { part: { $case: 'text', value: 'x'.repeat(64 << 10) } };
    const chunk: DownloadObjectResponse = { part: { $case: 'chunk', value: Buffer.alloc(64 << 10) } };
    const stored = { name: 'objects/a', contentType: 'audio/mpeg', etag: 'e', sizeBytes: 1n << 30n } as StoredObject;
    edge = await edgeWith(
      {
        stories: {
          streamGenerateStory: () => endless(text),
          getStory: async () => {
            asked += 1;
            return Story.fromPartial({ name: 'stories/1', audio: 'objects/a' });
          },
          listStories: async () => ({ stories: [], nextPageToken: 'x'.repeat(MUCH_BYTES) }),
        },
        objects: { getObject: async () => stored, downloadObject: () => endless(chunk) },
      },
      options,
    );
    await edge.app.listen({ host: '127.0.0.1', port: 0 });
  }
  function send(text: string): Socket {
    const socket = connect((edge.app.server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => {});
    socket.write(text);
    return socket;
  }
  function read(socket: Socket): { text: () => string } {
    const parts: Buffer[] = [];
    socket.on('data', (part) => parts.push(part as Buffer));
    return { text: () => Buffer.concat(parts).toString('latin1') };
  }
  const connections = (): Promise<number> =>
    new Promise((resolve, reject) =>
      edge.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  const answers = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!);

  it.each([
    [
      'a story as it is written',
      `POST /api/v1/stories/generate HTTP/1.1\r\n${HOST}accept: text/event-stream\r\n${JSON_BODY}`,
      STORY,
    ],
    ['a sound', `GET /api/v1/stories/1/audio HTTP/1.1\r\n${HOST}`, ''],
    ['a long answer', `GET /api/v1/stories HTTP/1.1\r\n${HOST}`, ''],
  ])('of which %s is not read ends with the deadline', async (_, head, body) => {
    await open({ transferLimitMs: 300 });
    send(`${head}exempla-timeout-ms: 300\r\ncontent-length: ${body.length}\r\n\r\n${body}`).pause();
    await eventually('it is there', () => edge.calls.size === 1);
    await eventually('it is gone', async () => (await connections()) === 0 && edge.calls.size === 0);
    expect(edge.lines).toMatchObject([{ event: 'request', status: 499 }]);
  });

  it('of which a long answer is read slowly has all of it, after the deadline too', async () => {
    await open();
    const socket = send(`GET /api/v1/stories HTTP/1.1\r\n${HOST}exempla-timeout-ms: 1000\r\n\r\n`).pause();
    await eventually('it is there', () => edge.calls.size === 1);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    let bytes = 0;
    socket.on('data', (part) => (bytes += part.length)).resume();
    await eventually('it is read', () => bytes > MUCH_BYTES);
    expect(edge.lines).toMatchObject([{ event: 'request', status: 200 }]);
  });

  it('whose request does not arrive in its time is told so, and ends', async () => {
    await open();
    const head = `POST /api/v1/children HTTP/1.1\r\n${HOST}${JSON_BODY}exempla-timeout-ms: 300\r\n`;
    const answer = read(send(`${head}content-length: 1000\r\n\r\n{`));
    await eventually('it is told', () => answer.text().includes('"DEADLINE_EXCEEDED"'));
    await eventually('it is gone', async () => (await connections()) === 0);
    expect(answers(answer.text())).toEqual(['504']);
  });

  it('that sends where there is nothing is told so before it has sent all', async () => {
    await open();
    const answer = read(send(`POST /nowhere HTTP/1.1\r\n${HOST}${JSON_BODY}content-length: 1000\r\n\r\n{`));
    await eventually('it is told', () => answer.text().includes('"ROUTE_NOT_FOUND"'));
    expect(edge.lines).toMatchObject([{ event: 'request', status: 404 }]);
  });

  it.each([
    ['sends nothing', ''],
    ['sends its headers slowly', `GET /readyz HTTP/1.1\r\n${HOST}`],
  ])('that %s ends, and is told so', async (_, bytes) => {
    await open({ transferLimitMs: 200 });
    const answer = read(send(bytes));
    await eventually('it is told', () => answer.text().includes('"REQUEST_TOO_SLOW"'));
    await eventually('it is gone', async () => (await connections()) === 0);
    expect(answers(answer.text())).toEqual(['408']);
  });

  it('too many is closed at once, and told of in one line; those that are there go on', async () => {
    await open({ maxConnections: 1 });
    const first = send('');
    const heard = read(first);
    await eventually('it is there', async () => (await connections()) === 1);
    const others = [send(''), send('')];
    await eventually('the others are gone', () => others.every(({ destroyed }) => destroyed));
    first.write(`GET /api/v1/stories/1 HTTP/1.1\r\n${HOST}\r\n`);
    await eventually('it is answered', () => heard.text().includes('stories/1') || heard.text().includes('"id"'));
    expect(edge.lines.filter(({ event }) => event === 'connections-refused')).toHaveLength(1);
  });

  it('that goes on sending what was refused ends; one that comes to its end goes on', async () => {
    await open();
    const refused = `POST /api/v1/children HTTP/1.1\r\n${HOST}${JSON_BODY}x-api-key: guessed\r\n`;
    const [endless, honest] = [
      send(`${refused}transfer-encoding: chunked\r\n\r\n`),
      send(`${refused}content-length: 2\r\n\r\n`),
    ];
    const heard = read(honest);
    const sending = setInterval(() => endless.write('1\r\nx\r\n'), 20);
    try {
      await eventually('it is refused', () => heard.text().includes('CREDENTIAL_INVALID'));
      honest.write(`{}GET /api/v1/stories/1 HTTP/1.1\r\n${HOST}\r\n`);
      await eventually('the other is gone', async () => endless.destroyed && (await connections()) === 1);
    } finally {
      clearInterval(sending);
    }
    expect(answers(heard.text())).toEqual(['401', '200']);
  });

  it('that sends a few requests ahead has all its answers, one that sends a thousand is ended at once', async () => {
    await open();
    const request = `GET /api/v1/stories/1 HTTP/1.1\r\n${HOST}\r\n`;
    const few = read(send(request.repeat(8)));
    await eventually('all are answered', () => answers(few.text()).length === 8);
    const before = asked;
    const many = send(request.repeat(1_000));
    read(many);
    await eventually('it is gone', () => many.destroyed && edge.calls.size === 0);
    expect(asked - before).toBeLessThanOrEqual(8);
    expect(edge.lines.filter(({ event }) => event === 'request').length).toBeLessThanOrEqual(16);
  });
});
