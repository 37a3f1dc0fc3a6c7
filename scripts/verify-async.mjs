// npm run verify:async: no sync bridging in services, the orchestrator awaits its examples, and the tests that show it.
//
//   node scripts/verify-async.mjs [--no-tests]
import { BRIDGE_FILES, checkAsync } from './async-gate.mjs';
import { callsOf, methodNames } from './awaited-calls.mjs';
import { run } from './command.mjs';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const ORCHESTRATOR = 'services/orchestrator/src';
const EXAMPLES_PROTO = 'proto/exempla/examples/v1/example_service.proto';
/** The call that used to be synchronous, and its stream form. */
const MUST_BE_USED = ['generateExamples', 'streamExamples'];

async function noSyncBridging() {
  console.log('=== Checking for sync bridging in services ===');
  const findings = await checkAsync(root);
  for (const { file, line, message } of findings) console.log(`${file}:${line} ${message}`);
  console.log(`${findings.length} sync patterns; the only file that may bridge: ${BRIDGE_FILES.join(', ')}`);
  return findings.length === 0 ? undefined : 'sync bridging found';
}

async function orchestratorAwaits() {
  console.log('=== Checking orchestrator uses async ===');
  const calls = await callsOf(root, ORCHESTRATOR, await methodNames(root, EXAMPLES_PROTO));
  for (const { file, line, method, how } of calls) console.log(`${file}:${line} ${method}: ${how ?? 'NOT awaited'}`);
  if (!calls.some(({ method }) => MUST_BE_USED.includes(method)))
    return `${ORCHESTRATOR} never calls ${MUST_BE_USED.join(' or ')}`;
  return calls.every(({ how }) => how) ? undefined : 'the orchestrator calls the examples service without awaiting it';
}

async function testsPass() {
  console.log('=== Running the tests ===');
  const { code } = await run(root, 'jest', ['--selectProjects', 'unit', 'int', '--', 'services/orchestrator'], {
    env: { NODE_OPTIONS: '--experimental-vm-modules' },
    echo: true,
  });
  return code === 0 ? undefined : 'tests failed';
}

const steps = [noSyncBridging, orchestratorAwaits, ...(process.argv.includes('--no-tests') ? [] : [testsPass])];
const failures = [];
for (const step of steps) {
  const failure = await step();
  if (failure) {
    console.log(`FAIL: ${failure}`);
    failures.push(failure);
  }
}
console.log(`${steps.length - failures.length} passed, ${failures.length} failed`);
if (failures.length === 0) console.log('SUCCESS: all checks passed');
process.exitCode = failures.length === 0 ? 0 : 1;
