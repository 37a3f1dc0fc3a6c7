// What a person reads: tables of the figures, and what they mean for the lines that are drawn.
const figure = (value) => (value >= 1_000 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** Rows of objects as a table; the first column is the name. */
function table(title, columns, rows) {
  const cells = rows.map(([name, row]) => [name, ...columns.map((key) => figure(row[key]))]);
  const head = ['', ...columns];
  const widths = head.map((text, i) => Math.max(text.length, ...cells.map((line) => line[i].length)));
  const print = (line) =>
    console.log(line.map((c, i) => (i === 0 ? c.padEnd(widths[i]) : c.padStart(widths[i]))).join('  '));
  console.log(`\n${title}`);
  print(head);
  for (const line of cells) print(line);
}

/** `aim` is hoped for, `line` decides. `least` turns both round: the value must not be below. */
const BOUNDS = {
  unaryCpuVsGrpcJs: { aim: 1.15, line: 1.4 },
  unaryCpuVsNest: { line: 1.2 },
  streamThroughputVsGrpcJs: { line: 2.5, least: true },
  streamThroughputVsTunedGrpcJs: { line: 0.95, least: true },
};

function verdict(name, { median, min, max }) {
  const bound = BOUNDS[name];
  const text = `${name.padEnd(32)} ${median.toFixed(2)}  (pairs ${min.toFixed(2)} to ${max.toFixed(2)})`;
  if (!bound) return { holds: true, text: `  ${text}` };
  const within = (limit) => (bound.least ? median >= limit : median <= limit);
  const holds = within(bound.line);
  const aim = bound.aim === undefined ? '' : `, aim ${bound.aim} ${within(bound.aim) ? 'reached' : 'missed'}`;
  return { holds, text: `${holds ? '✓' : '✗'} ${text}  line ${bound.least ? '≥' : '≤'} ${bound.line}${aim}` };
}

export function printHead({ machine, versions, options }) {
  console.log(
    `${machine.cpu}, ${machine.cores} cores, node ${machine.node}, load average ${machine.loadBefore.join(' ')}`,
  );
  console.log(
    Object.entries(versions)
      .map((entry) => entry.join(' '))
      .join(', '),
  );
  console.log(
    Object.entries(options)
      .map(([key, value]) => `${key} ${value}`)
      .join(', '),
  );
}

export function printProof(proof) {
  console.log('\nDefaults that are on');
  for (const [name, held] of Object.entries(proof))
    console.log(`${held === true ? '✓' : '✗'} ${name}${held === true ? '' : `: ${held}`}`);
  return Object.values(proof).every((held) => held === true);
}

/** Prints everything measured; returns whether every line held. */
export function printFigures({ unary, streams, parts, ratios, spread }) {
  const columns = ['cpuUsPerCall', 'callsPerSecond', 'p50Ms', 'p99Ms', 'allocatedBytesPerCall'];
  table('Unary, medians', columns, Object.entries(unary));
  if (Object.keys(streams).length > 0) {
    table(
      'One stream of chunks, medians',
      ['megabytesPerSecond', 'cpuUsPerChunk', 'grownMegabytes'],
      Object.entries(streams),
    );
  }
  console.log('\nµs of CPU per call, medians of the differences of pairs');
  for (const [name, us] of Object.entries(parts)) console.log(`${us.toFixed(1).padStart(7)}  ${name}`);
  console.log('\nOurs with every default on, divided by the peer');
  const verdicts = Object.keys(ratios).map((name) => verdict(name, spread[name]));
  for (const { text } of verdicts) console.log(text);
  return verdicts.every(({ holds }) => holds);
}

export function printProfile({ rows, totalUs, baseTotalUs, allocations }) {
  const totals = `${totalUs.toFixed(1)} µs per call, bare grpc-js ${baseTotalUs.toFixed(1)}`;
  console.log(`\nWhere the time goes: ${totals}; self time, and how much more that is`);
  for (const { name, usPerCall, more } of rows.slice(0, 25)) {
    console.log(`${usPerCall.toFixed(2).padStart(7)} ${`+${more.toFixed(2)}`.padStart(7)}  ${name}`);
  }
  console.log('\nWhat allocates: bytes per call, and how much more that is than in bare grpc-js');
  for (const { name, bytesPerCall, more } of allocations.slice(0, 20)) {
    console.log(`${bytesPerCall.toFixed(0).padStart(7)} ${`+${more.toFixed(0)}`.padStart(7)}  ${name}`);
  }
}
