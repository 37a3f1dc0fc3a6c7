/** What regular expressions that read markup stumble over, again and again. */
const PIECES = [
  ...['\n', ' ', '\t', '\u3000', '\u2028', ' \n', '\n- ', '\nreason:', '\nlemma:', '.', ';', '。', '!', ',', ':', ': '],
  ...[
    '-',
    '- ',
    '* ',
    '*',
    '**',
    '** ',
    '_',
    '=',
    '~',
    '#',
    '>',
    '|',
    ' | ',
    '||',
    '"',
    '“',
    '(',
    ' (',
    '{',
    '{"',
    '}',
  ],
  ...['1. ', 'a) ', '[ ]', '```', '```\n', '<think>', '</think>', 'a', 'a ', '*a*', 'is ', 'here is '],
];
const BEGINNINGS = ['', '```', 'x ', 'definition:', '{'];
const ENDS = ['', 'x', '\nx'];
/** Of the processor, not of the clock: a busy machine changes nothing. Reading in linear time takes some hundredths of it. */
const MOST_CPU_MS = 150;

/** Texts of `length` that `read` takes far too long for: none, when its time grows with the length and not with its square. */
export function textsReadTooSlowly(read: (text: string) => unknown, length = 30_000): string[] {
  const slow: string[] = [];
  for (const beginning of BEGINNINGS)
    for (const piece of PIECES)
      for (const end of ENDS) {
        const text = beginning + piece.repeat(Math.ceil(length / piece.length)) + end;
        if (isSlow(read, text) && isSlow(read, text)) slow.push(JSON.stringify([beginning, piece, end]));
        // One is enough to be wrong, and each takes seconds.
        if (slow.length === 3) return slow;
      }
  return slow;
}

const isSlow = (read: (text: string) => unknown, text: string): boolean => cpuMsOf(() => read(text)) > MOST_CPU_MS;

function cpuMsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  try {
    work();
  } catch {
    // That it is no answer is an answer, too.
  }
  return process.cpuUsage(before).user / 1_000;
}
