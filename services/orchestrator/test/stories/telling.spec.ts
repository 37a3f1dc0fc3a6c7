import { describe, expect, it } from '@jest/globals';
import { gate, type Gate } from '@exempla/testing';
import { Telling } from '../../src/adapters/telling.ts';
import type { OnPart, Part } from '../../src/stories/index.ts';

const draft = (attempt: number, text: string, title = ''): Part => ({ type: 'draft', attempt, title, text });
const title: Part = { type: 'title', title: 'The Fox' };

function listener(): { heard: Part[]; hear: OnPart } {
  const heard: Part[] = [];
  return { heard, hear: (part) => void heard.push(part) };
}

/** Asks to wait until its gate opens. */
const slow =
  (room: Gate): OnPart =>
  () =>
    room.promise;

/** Whether it has settled by the time that everything which could settle it has. */
async function isWaiting(promise: Promise<void> | void): Promise<boolean> {
  const later = Symbol('later');
  const turn = new Promise((resolve) => setImmediate(() => resolve(later)));
  return (await Promise.race([promise, turn])) === later;
}

describe('telling of one story to many', () => {
  it('is of every part to all who listen, and to no one who has left', () => {
    const telling = new Telling();
    const [stays, leaves] = [listener(), listener()];
    telling.join(stays.hear);
    const leave = telling.join(leaves.hear);
    void telling.tell(draft(1, 'A fox '));
    leave();
    void telling.tell(title);
    expect(stays.heard).toEqual([draft(1, 'A fox '), title]);
    expect(leaves.heard).toEqual([draft(1, 'A fox ')]);
  });

  it('begins at the beginning for who comes later: the last draft in one piece, and what came behind it', () => {
    const telling = new Telling();
    for (const part of [
      draft(1, 'Nothing '),
      draft(1, 'good.'),
      draft(2, 'A fox ', 'The Fox'),
      draft(2, 'slept.'),
      title,
    ])
      void telling.tell(part);
    const late = listener();
    telling.join(late.hear);
    expect(late.heard).toEqual([draft(2, 'A fox slept.', 'The Fox'), title]);
  });

  it('is as fast as the fastest who listens, and waits when nobody keeps up', async () => {
    const telling = new Telling();
    const rooms = [gate(), gate()];
    for (const room of rooms) telling.join(slow(room));
    const told = telling.tell(title);
    expect(await isWaiting(told)).toBe(true);
    rooms[1]!.open();
    expect(await isWaiting(told)).toBe(false);
    telling.join(listener().hear);
    expect(telling.tell(title)).toBeUndefined();
  });

  it.each(['comes', 'leaves'])('waits no longer for those there were when somebody %s', async (what) => {
    const telling = new Telling();
    const leave = telling.join(slow(gate()));
    telling.join(slow(gate()));
    const told = telling.tell(title);
    expect(await isWaiting(told)).toBe(true);
    if (what === 'comes') telling.join(listener().hear);
    else leave();
    expect(await isWaiting(told)).toBe(false);
  });
});
