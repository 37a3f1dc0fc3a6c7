import { describe, expect, it } from '@jest/globals';
import { RefusedError } from '../../page/api.js';
import { readEvents } from '../../page/event-stream.js';
import { explain } from '../../page/words.js';

const refused = (told: Partial<RefusedError['problem']>) =>
  explain(new RefusedError({ status: 400, detail: 'it is not so', reason: 'X', errors: [], ...told }));

describe('what the page says of a refusal', () => {
  it.each([
    ['child.name', 'A name'],
    ['child.age', '1 to 18'],
    ['child.interests[2]', 'at least one'],
    ['custom_moral', 'one sentence'],
    ['story_length', '1 to 30'],
    ['voice_options.voice', 'Is unknown.'],
  ])('at %s', (field, text) => {
    const { fields, whole } = refused({ errors: [{ field, message: 'is unknown' }] });
    expect(whole).toBe('');
    expect([...fields]).toEqual([[field.replace('[2]', ''), expect.stringContaining(text)]]);
  });

  it('that a story to go on from is gone is told at its field', () =>
    expect([...refused({ status: 404, reason: 'STORY_NOT_FOUND' }).fields.keys()]).toEqual(['previous_story_id']));

  it.each([
    [{ status: 429, retry_after: 7 }, 'in 7 seconds'],
    [{ status: 429, retry_after: 1 }, 'in a second'],
    [{ reason: 'LANGUAGE_UNSUPPORTED' }, 'English only'],
    [{ status: 401 }, 'who you are'],
    [{ status: 503 }, 'try again shortly'],
    [{ status: 504 }, 'shorter story'],
    [{ detail: 'that is odd' }, 'That is odd.'],
    [{ status: 500, detail: 'stack of the server' }, 'Something went wrong on our side. Please try again.'],
    [{ status: 502, detail: 'Bad Gateway' }, 'Something went wrong on our side. Please try again.'],
  ])('%j', (problem, text) => expect(refused(problem).whole).toContain(text));

  it('that nobody answered', () => expect(explain(new TypeError('fetch failed')).whole).toContain('cannot be reached'));
});

describe('an event stream as the page reads it', () => {
  const events = async (...pieces: string[]) => {
    const body = ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece)));
    const read = [];
    for await (const event of readEvents(body as ReadableStream<Uint8Array<ArrayBuffer>>)) read.push(event);
    return read;
  };

  it('is read whatever its pieces', async () => {
    const text =
      'event: title\ndata: {"title":"ä: b"}\n\n: still here\n\ndata: 1\r\n\r\nevent: done\ndata: {\ndata: }\n\n';
    const read = [
      { event: 'title', data: { title: 'ä: b' } },
      { event: 'message', data: 1 },
      { event: 'done', data: {} },
    ];
    expect(await events(text)).toEqual(read);
    expect(await events(...text.split(''))).toEqual(read);
  });

  it('an event that was cut off is none', async () => expect(await events('event: done\ndata: {}\n')).toEqual([]));

  it('whoever stops reading ends the request', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const { data } of readEvents(body)) if (data === 1) break;
    expect(cancelled).toBe(true);
  });
});
