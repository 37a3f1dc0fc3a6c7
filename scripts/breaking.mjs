// The wire may only grow: the protos are compared with proto/baseline.binpb, and the CHANGELOG owns up to each baseline.
//
//   node scripts/breaking.mjs --replace 'why the wire had to break'
import { createHash } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './command.mjs';

const BASELINE = 'proto/baseline.binpb';
const CHANGELOG = 'CHANGELOG.md';

export async function checkBreaking(root) {
  const { code, output } = await run(root, 'buf', [
    'breaking',
    'proto',
    '--against',
    BASELINE,
    '--error-format',
    'json',
  ]);
  const findings = output.trim().split('\n').filter(Boolean).map(fromBuf);
  if (code !== 0 && findings.length === 0)
    findings.push({ file: BASELINE, line: 1, message: `buf breaking ended with ${code}` });
  const changelog = await readFile(join(root, CHANGELOG), 'utf8');
  const hash = await baselineHash(root);
  const owned = changelog.split('\n').some((line) => /^\W*breaking:/.test(line) && line.includes(hash));
  if (!owned) findings.push({ file: BASELINE, line: 1, message: `has no line "breaking: … ${hash}" in ${CHANGELOG}` });
  return findings;
}

function fromBuf(line) {
  try {
    const { path, start_line: at, message } = JSON.parse(line);
    return { file: path ?? BASELINE, line: at ?? 1, message };
  } catch (error) {
    if (error instanceof SyntaxError) return { file: BASELINE, line: 1, message: line };
    throw error;
  }
}

async function baselineHash(root) {
  return createHash('sha256')
    .update(await readFile(join(root, BASELINE)))
    .digest('hex')
    .slice(0, 12);
}

async function replace(root, why) {
  // The image that `npm run check` keeps equal to the protos.
  await copyFile(join(root, 'packages/contracts/image/exempla.binpb'), join(root, BASELINE));
  const changelog = await readFile(join(root, CHANGELOG), 'utf8');
  const line = `- breaking: ${why} (baseline ${await baselineHash(root)})\n`;
  await writeFile(
    join(root, CHANGELOG),
    changelog.replace(/^## Unreleased\n\n/m, (heading) => heading + line),
  );
  console.log(`${BASELINE} replaced; ${CHANGELOG}: ${line}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--replace');
  const why = at === -1 ? undefined : process.argv[at + 1];
  if (!why) throw new Error("usage: node scripts/breaking.mjs --replace 'why'");
  await replace(new URL('..', import.meta.url).pathname, why);
}
