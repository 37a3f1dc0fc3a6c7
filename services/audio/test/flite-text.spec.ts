import { setImmediate } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { toFliteText } from '../src/adapters/flite-text.ts';

it.each([
  ['plain "text", it\'s fine', 'plain "text", it\'s fine'],
  ['“curly” ‘quotes’ it’s', "\"curly\" 'quotes' it's"],
  ['naïve café São Łódź', 'naive cafe Sao lodz'],
  ['warm — cold', 'warm - cold'],
  ['1990–1999', '1990-1999'],
  ['£5 and €3.50', '5 pounds and 3.50 euros'],
  ['20 °C', '20 degrees Celsius'],
  ['wait…', 'wait...'],
  ['one\t two  \r\n\r\n  three', 'one two\n\nthree'],
  ['ﬁne ②', 'fine 2'],
])('%j is said as %j', (text, said) => {
  expect(toFliteText(text)).toBe(said);
});

it.each(['a\u0000b', 'a\u001bb', 'a🙂b', 'a\u007fb', 'a語b', 'a\ud800b', 'a\u202eb'])(
  '%j keeps its letters apart',
  (text) => {
    expect(toFliteText(text)).toBe('a b');
  },
);

it('is ASCII, whatever comes in', () => {
  const everything = Array.from({ length: 0x3000 }, (_, i) => String.fromCharCode(i)).join('');
  expect(toFliteText(everything)).toMatch(/^[\n\x20-\x7e]*$/);
});

// A pattern that goes back over its input needs minutes for these; the limit of the test is looked at when it waits.
it.each([' ', '\n', ' \n', '—', '–', '€', '€1,', '…', '\u0301', '\u0315\u0300\u05ae'])(
  '200,000 characters of %j take no time',
  async (unit) => {
    expect(toFliteText(unit.repeat(Math.floor(200_000 / unit.length)))).toMatch(/^[\n\x20-\x7e]*$/);
    await setImmediate();
  },
  5_000,
);
