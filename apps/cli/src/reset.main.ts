import { failureOf, report } from './terminal/failure.ts';
import { watchOutput } from './terminal/output.ts';
import { styleFor } from './terminal/style.ts';
import { reset } from './up/reset.ts';

const output = watchOutput();
try {
  process.stdout.write(`  ${await reset()} is cleared.\n`);
  await output.arrived();
} catch (error) {
  process.exitCode = report(failureOf(error), styleFor(process.stderr));
}
