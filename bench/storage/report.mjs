// What a person reads.
const figure = (value) => (value >= 1_000 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

const TITLES = {
  appends: 'Appends of one event of 200 bytes, by how many are in flight: medians; µs of CPU per append',
  catchUp: 'From the beginning of the log, events a second: medians; µs of CPU per event',
  latency: 'One append at a time: until its answer, and until a subscriber has the event',
  objects: 'Bytes of an object, one at a time: medians',
  records: 'Records one after the other: medians of the rounds’ medians',
};

/** `least`: must not be below. `figure`: of the figures, not a ratio. */
const AIMS = {
  appendVsPerTxn: { aim: 8, least: true },
  appendVsLimit: { aim: 0.5, least: true },
  catchupVsSelect: { aim: 0.6, least: true },
};
const LIVE_P99_MS = 10;

/** What each is divided by. */
const MEANINGS = {
  appendVsPerTxn: 'below gRPC, 256 in flight, by one transaction each',
  appendVsLimit: 'below gRPC, 256 in flight, by plain inserts of 100',
  appendCpuVsLimit: 'CPU time of plain inserts of 100, by that below gRPC: what is left when others take the cores',
  appendGrpcVsPerTxn: 'through gRPC, by one transaction each below it',
  appendGrpcVsLimit: 'through gRPC, by plain inserts of 100',
  appendAloneVsPerTxn: 'one append at a time, by one transaction each',
  catchupVsSelect: 'readAll below gRPC, by a plain cursor',
  catchupCpuVsSelect: 'CPU time of a plain cursor, by that of readAll below gRPC',
  catchupSubscribeVsSelect: 'subscribe below gRPC, by a plain cursor',
  catchupGrpcVsSelect: 'ReadAll, by a plain cursor',
  catchupGrpcSubscribeVsSelect: 'Subscribe, by a plain cursor',
  objectUploadVsHttp2: 'upload (hashed, flushed, indexed), by a pipe into a file',
  objectDownloadVsHttp2: 'download (hash verified), by a pipe out of a file',
  recordGetVsQuery: 'GetDefinition, time by that of the bare query',
  recordListVsQuery: 'ListDefinitions of 50, time by that of the bare query',
  childGetVsQuery: 'GetChild, time by that of the bare query',
  childListVsQuery: 'ListChildren of 50, time by that of the bare query',
};

function table(title, rows) {
  const names = [...new Set(rows.flatMap(([, row]) => Object.keys(row)))];
  const cells = rows.map(([name, row]) => [name, ...names.map((key) => (key in row ? figure(row[key]) : ''))]);
  const head = ['', ...names];
  const widths = head.map((text, i) => Math.max(text.length, ...cells.map((line) => line[i].length)));
  const print = (line) =>
    console.log(line.map((c, i) => (i === 0 ? c.padEnd(widths[i]) : c.padStart(widths[i]))).join('  '));
  console.log(`\n${title}`);
  print(head);
  for (const line of cells) print(line);
}

const listed = (values) =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');

export function printHead({ machine, versions, database, options }) {
  const { cpu, cores, node, loadBefore, flushMs } = machine;
  console.log(
    `${cpu}, ${cores} cores, node ${node}, load average ${loadBefore.join(' ')}, one flush ${flushMs.toFixed(2)} ms`,
  );
  console.log(`${listed(versions)}; PostgreSQL: ${listed(database)}`);
  console.log(listed(options));
}

export function printProof(proof) {
  console.log('\nWhat is on');
  for (const [name, held] of Object.entries(proof)) {
    console.log(`${held === true ? '✓' : '✗'} ${name}${held === true ? '' : `: ${held}`}`);
  }
  return Object.values(proof).every((held) => held === true);
}

const isReached = ({ aim, least }, value) => (least ? value >= aim : value <= aim);

export function printFigures(name, figures, ratios) {
  table(TITLES[name], Object.entries(figures));
  for (const [key, { low, median, high }] of Object.entries(ratios)) {
    const bound = AIMS[key];
    const mark = bound === undefined ? ' ' : isReached(bound, median) ? '✓' : '✗';
    const aim = bound === undefined ? '' : `  aim ${bound.least ? '≥' : '≤'} ${bound.aim}`;
    const value = `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
    console.log(`${mark} ${key.padEnd(29)} ${value.padEnd(24)} ${MEANINGS[key]}${aim}`);
  }
}

/** Says of each aim that was measured whether it is reached, and of a miss where the time goes. */
export function aimsReached(figures, spread) {
  const misses = [];
  for (const [key, bound] of Object.entries(AIMS)) {
    if (spread[key] && !isReached(bound, spread[key].median)) misses.push([key, spread[key].median, bound.aim]);
  }
  for (const [who, { p99Ms }] of Object.entries(figures.latency ?? {})) {
    if (who.startsWith('subscriber') && p99Ms >= LIVE_P99_MS) misses.push([`p99 of ${who}`, p99Ms, LIVE_P99_MS]);
  }
  console.log(misses.length === 0 ? '\n✓ every aim that was measured is reached' : '\nMissed');
  for (const [what, value, aim] of misses)
    console.log(`✗ ${what}: ${figure(value)}, aim ${aim}. ${reasonOf(what, figures)}`);
  return misses.length === 0;
}

function reasonOf(what, { appends, catchUp, latency }) {
  if (what.startsWith('p99')) {
    const { p50Ms, p99Ms } = latency['bare: insert, NOTIFY, select'];
    return `A bare insert, NOTIFY and select took ${figure(p50Ms)} ms, p99 ${figure(p99Ms)} ms, in the same minute.`;
  }
  const { processCpuUs, databaseCpuUs, waitedPercent } = what.startsWith('append')
    ? appends['below 256']
    : catchUp['readAll below'];
  return (
    `One costs ${figure(processCpuUs)} µs of CPU in the process and ${figure(databaseCpuUs)} µs in PostgreSQL; the process ` +
    `waited ${figure(waitedPercent)} % of the time for a core. See the ratio of CPU times, and --profile.`
  );
}

export function printProfile({ rows, totalUs, server }) {
  console.log(`\nWhere the time of the process below gRPC goes: ${totalUs.toFixed(1)} µs per append, by self time`);
  for (const { name, us } of rows) console.log(`${us.toFixed(2).padStart(7)}  ${name}`);
  table('PostgreSQL alone: one connection, arguments made before; medians, ms', Object.entries(server));
}
