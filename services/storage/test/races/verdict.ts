/** What became of a list that should be another. */
export interface Comparison {
  readonly expected: number;
  readonly missed: number;
  readonly doubled: number;
  /** Seen, but never expected. */
  readonly invented: number;
  /** Came after one that it should come before. */
  readonly outOfOrder: number;
}

export function compare(expected: readonly string[], seen: readonly string[]): Comparison {
  const places = new Map(expected.map((id, i) => [id, i]));
  const met = new Set<string>();
  let [doubled, invented, outOfOrder, furthest] = [0, 0, 0, -1];
  for (const id of seen) {
    const place = places.get(id);
    if (place === undefined) invented += 1;
    else if (met.has(id)) doubled += 1;
    else {
      met.add(id);
      if (place < furthest) outOfOrder += 1;
      furthest = Math.max(furthest, place);
    }
  }
  return { expected: expected.length, missed: expected.length - met.size, doubled, invented, outOfOrder };
}

const number = (n: number): string => n.toLocaleString('en');

/** What is wrong, in words; nothing when they are alike. */
export function faultsOf(who: string, { expected, missed, ...rest }: Comparison): string[] {
  return [
    ...(missed > 0 ? [`${who} missed ${number(missed)} of ${number(expected)}`] : []),
    ...(rest.doubled > 0 ? [`${who} saw ${number(rest.doubled)} twice`] : []),
    ...(rest.invented > 0 ? [`${who} saw ${number(rest.invented)} that are not there`] : []),
    ...(rest.outOfOrder > 0 ? [`${who} saw ${number(rest.outOfOrder)} of ${number(expected)} out of order`] : []),
  ];
}
