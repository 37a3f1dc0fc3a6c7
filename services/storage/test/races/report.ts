import type { Race, Report } from './race.ts';

const number = (n: number): string => Math.round(n).toLocaleString('en');

/** What a person wants to know of a race that was run. */
export function tell(what: string, race: Race, { events, seconds, readers, faults }: Report): void {
  const { acknowledged, counts } = race.ledger;
  const connections = readers.reduce((sum, { reader }) => sum + reader.connections, 0);
  const seen = readers.reduce((sum, { reader }) => sum + reader.seen.length, 0);
  const lines = [
    `${what}: ${number(events)} events in ${seconds.toFixed(1)} s (${number(events / seconds)}/s), ` +
      `${number(acknowledged.size)} acknowledged, ${readers.length} readers saw ${number(seen)} over ${number(connections)} connections`,
    `  ${Object.entries(counts)
      .map(([name, count]) => `${name} ${number(count)}`)
      .join(', ')}`,
    ...(faults.length > 0 ? faults.map((fault) => `  ${fault}`) : ['  each seen once by each reader, in order']),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
