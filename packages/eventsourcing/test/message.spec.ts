import { describe, expect, it } from '@jest/globals';
import { idOf, newCommand, newEvent } from '@exempla/eventsourcing';

const about = { source: 'shop', tenant: 't' };

describe('a message', () => {
  it('has every attribute; its own id is the correlation id', () => {
    const event = newEvent({ type: 'OrderPaid', data: { cents: 100 } }, about);
    expect(event).toEqual({
      kind: 'event',
      type: 'OrderPaid',
      data: { cents: 100 },
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      source: 'shop',
      subject: '',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      contentType: 'application/json',
      schema: '',
      correlationId: event.id,
      causationId: '',
      tenant: 't',
    });
    expect(newEvent({ type: 'Scanned', data: new Uint8Array(2) }, about).contentType).toBe('application/octet-stream');
  });

  it('cannot be changed, nor can the data it was made of', () => {
    const data = { lines: [{ article: 'lamp' }] };
    const command = newCommand({ type: 'CreateOrder', data }, about);
    data.lines[0]!.article = 'changed';
    expect(command.data.lines[0]!.article).toBe('lamp');
    expect(Reflect.set(command, 'type', 'changed')).toBe(false);
    expect(Reflect.set(command.data.lines[0]!, 'article', 'changed')).toBe(false);
    expect(() => command.data.lines.push({ article: 'more' })).toThrow('not extensible');
  });

  it('has its own copy of bytes', () => {
    const bytes = Buffer.from('abc');
    const { data } = newEvent({ type: 'Scanned', data: bytes }, about);
    bytes[0] = 0;
    expect([...data]).toEqual([97, 98, 99]);
    expect(data.buffer.byteLength).toBe(3);
  });

  it('copies a key that would be the prototype as a key', () => {
    const data = JSON.parse('{"__proto__": {"admin": true}}') as { admin?: boolean };
    const event = newEvent({ type: 'Test', data }, about);
    expect(event.data.admin).toBeUndefined();
    expect(Object.keys(event.data)).toEqual(['__proto__']);
  });

  it('may have an id made of names: the same for the same, another where the names are cut otherwise', () => {
    expect(idOf('a', 'b')).toBe(idOf('a', 'b'));
    expect(idOf('a', 'b')).not.toBe(idOf('ab', ''));
    expect(idOf('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

// Types: what is expected to be wrong is wrong, or this file does not compile.
type Paid = { readonly type: 'OrderPaid'; readonly data: { readonly cents: number } };
type Shipped = { readonly type: 'OrderShipped'; readonly data: { readonly to: string } };
export function typesOnly(message: ReturnType<typeof newEvent<Paid | Shipped>>): string | number {
  // @ts-expect-error -- an event is no command
  const command: ReturnType<typeof newCommand> = message;
  // @ts-expect-error -- a message is read only
  message.id = command.id;
  return message.type === 'OrderPaid' ? message.data.cents : message.data.to;
}
