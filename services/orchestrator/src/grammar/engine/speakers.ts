const SAID = '(?:said|asked|called|cried|whispered|shouted|panted|sniffed|hummed|practised|explained|gasped)';
/** The end of one speech with who said it, and the beginning of the next: a full stop between closing and opening quote. */
const TURN = /(?<=”[^“”]*[.!?]|[.!?]”)\s+(?=“[^“”]*”)/u;
/** Who speaks is named at most in four words, and not by what they do first, or might: "He cupped his hands and called". */
const BEFORE = `(?<before>(?:(?!and\\b|then\\b|might\\b|could\\b|would\\b)[^\\s.,!?“”]+ ){1,4}?)`;
const SPEAKER = new RegExp(`”,? (?:${SAID}) (?<after>[^.,!?“”]+)|”,? ${BEFORE}${SAID}\\b`, 'u');

const speakerOf = (text: string): string | undefined => {
  const { after, before } = SPEAKER.exec(text)?.groups ?? {};
  return (after ?? before)?.trim();
};

/** Whoever speaks next begins a new paragraph, as in print; one who only goes on speaking does not. */
export function byTurns(paragraph: string): string[] {
  const turns: string[] = [];
  let speaker: string | undefined;
  for (const piece of paragraph.split(TURN)) {
    const next = speakerOf(piece);
    const last = turns.at(-1);
    const goesOn = speaker !== undefined && (next === undefined || next === speaker);
    if (last === undefined || goesOn)
      turns[Math.max(0, turns.length - 1)] = last === undefined ? piece : `${last} ${piece}`;
    else turns.push(piece);
    speaker = next ?? (goesOn ? speaker : undefined);
  }
  return turns;
}
