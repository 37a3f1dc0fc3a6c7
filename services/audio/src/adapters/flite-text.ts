/** Signs Flite does not know, as it can say them. */
// Whitespace is put in order first: no pattern below then meets a long run of it.
const SAID_AS: ReadonlyArray<readonly [RegExp, string]> = [
  [/[^\S\n]+/g, ' '],
  [/ ?\n(?: ?\n)+ ?/g, '\n\n'],
  [/[‘’‚‛′]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/\s*[—―]\s*|\s+–\s+/g, ' - '],
  [/[‐‑‒–−]/g, '-'],
  [/…/g, '...'],
  [/。/g, '. '],
  [/[、，]/g, ', '],
  [/€\s?(\d[\d.,]*\d|\d)/g, '$1 euros'],
  [/£\s?(\d[\d.,]*\d|\d)/g, '$1 pounds'],
  [/€/g, ' euro '],
  [/£/g, ' pound '],
  [/ ?°\s?C\b/g, ' degrees Celsius'],
  [/ ?°\s?F\b/g, ' degrees Fahrenheit'],
  [/°/g, ' degrees '],
  [/×/g, ' times '],
  [/÷/g, ' divided by '],
  [/½/g, ' one half '],
  [/¼/g, ' one quarter '],
  [/¾/g, ' three quarters '],
  [/§/g, ' section '],
  [/ß/g, 'ss'],
  [/[æÆ]/g, 'ae'],
  [/[œŒ]/g, 'oe'],
  [/[øØ]/g, 'o'],
  [/[łŁ]/g, 'l'],
];

const MARKS = /\p{M}+/gu;

/**
 * A text in the characters Flite reads: ASCII. Accents are taken off letters; control characters, emoji and other
 * scripts become spaces. Line breaks stay, they part paragraphs.
 */
export function toFliteText(text: string): string {
  const said = SAID_AS.reduce((sofar, [sign, words]) => sofar.replace(sign, words), text);
  return (
    said
      // First: marks that follow each other are put in order, which takes a time that grows with the square of their number.
      .replace(MARKS, '')
      .normalize('NFKD')
      .replace(MARKS, '')
      .replace(/[^\n\x20-\x7e]+/g, ' ')
  );
}
