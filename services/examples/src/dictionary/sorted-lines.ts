const LF = 10;

/** Start of the line that contains `at`. */
const lineStart = (file: Buffer, at: number): number => (at === 0 ? 0 : file.lastIndexOf(LF, at - 1) + 1);

const lineEnd = (file: Buffer, at: number): number => {
  const end = file.indexOf(LF, at);
  return end < 0 ? file.length : end;
};

/** The line from `at` to its end, without the line feed. */
export const lineAt = (file: Buffer, at: number): string => file.toString('latin1', at, lineEnd(file, at));

/** Start of the first line that is not before `prefix`; the file is sorted by bytes. */
function lowerBound(file: Buffer, prefix: Buffer): number {
  let low = 0;
  let high = file.length;
  while (low < high) {
    const start = lineStart(file, (low + high) >>> 1);
    const end = Math.min(start + prefix.length, lineEnd(file, start));
    if (file.compare(prefix, 0, prefix.length, start, end) < 0) low = lineEnd(file, start) + 1;
    else high = start;
  }
  return low;
}

/** Every line that begins with `prefix`, in order. No index is built: a look-up is a binary search in the bytes. */
export function linesWith(file: Buffer, prefix: string): string[] {
  const bytes = Buffer.from(prefix, 'latin1');
  const lines: string[] = [];
  for (let at = lowerBound(file, bytes); at < file.length; at = lineEnd(file, at) + 1) {
    const line = lineAt(file, at);
    if (!line.startsWith(prefix)) break;
    lines.push(line);
  }
  return lines;
}
