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

const within = ({ least = false }, limit, value) => (least ? value >= limit : value <= limit);

/** Whether every line that is drawn holds. */
export const linesHold = (ratios) =>
  Object.entries(BOUNDS).every(([name, bound]) => within(bound, bound.line, ratios[name]));

function verdict(name, { low, median, high }) {
  const bound = BOUNDS[name];
  const text = `${name.padEnd(32)} ${median.toFixed(2)}  (half of the pairs ${low.toFixed(2)} to ${high.toFixed(2)})`;
  if (!bound) return `  ${text}`;
  const aim =
    bound.aim === undefined ? '' : `, aim ${bound.aim} ${within(bound, bound.aim, median) ? 'reached' : 'missed'}`;
  const mark = within(bound, bound.line, median) ? '✓' : '✗';
  return `${mark} ${text}  line ${bound.least ? '≥' : '≤'} ${bound.line}${aim}`;
}

const PARTS = {
  validation: 'validation: decoding by the descriptor, its rules, encoding again',
  spanLine: 'span line: made, redacted, written',
  nest: 'Nest around the handler: nothing, where it has no guard, interceptor or filter',
  rest: 'what is left: deadline, signal, identity, trace and request id, call context, encoding',
  all: 'all that ours has beyond bare grpc-js',
};

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

export function printFigures({ unary, streams, parts, spread }) {
  const columns = ['cpuUsPerCall', 'callsPerSecond', 'p50Ms', 'p99Ms', 'allocatedBytesPerCall'];
  table('Unary, medians (http2 is the floor: node:http2 with a fixed answer)', columns, Object.entries(unary));
  const streamColumns = ['megabytesPerSecond', 'cpuUsPerChunk', 'grownMegabytes'];
  table(
    'One stream of chunks, medians (http2 is the floor: node:http2 with our window, nothing taken apart)',
    streamColumns,
    Object.entries(streams),
  );
  console.log('\nµs of CPU per call, quiet quarters with and without');
  for (const [name, what] of Object.entries(PARTS)) {
    const quarters = spread.parts[name]
      ? `  (half of the pairs ${spread.parts[name].low.toFixed(1)} to ${spread.parts[name].high.toFixed(1)})`
      : '';
    console.log(`${parts[name].toFixed(1).padStart(7)}  ${what}${quarters}`);
  }
  console.log('\nOurs with every default on, divided by the peer');
  for (const [name, values] of Object.entries(spread.ratios)) console.log(verdict(name, values));
}

export function printProfile({ rows, totalUs, baseTotalUs, allocations }) {
  const totals = `${totalUs.toFixed(1)} µs per call, bare grpc-js ${baseTotalUs.toFixed(1)}`;
  console.log(`\nWhere the time goes: ${totals}; self time, and how much more that is`);
  console.log(
    'The profiler counts time on the clock: where other threads take the core, a function seems longer than its CPU',
  );
  for (const { name, usPerCall, more } of rows.slice(0, 25)) {
    console.log(`${usPerCall.toFixed(2).padStart(7)} ${`+${more.toFixed(2)}`.padStart(7)}  ${name}`);
  }
  console.log('\nWhat allocates: bytes per call, and how much more that is than in bare grpc-js');
  for (const { name, bytesPerCall, more } of allocations.slice(0, 20)) {
    console.log(`${bytesPerCall.toFixed(0).padStart(7)} ${`+${more.toFixed(0)}`.padStart(7)}  ${name}`);
  }
}
