import { failureOf, report } from './terminal/failure.ts';
import { styleFor } from './terminal/style.ts';
import { reset } from './up/reset.ts';

try {
  process.stdout.write(`  ${await reset()} is cleared.\n`);
} catch (error) {
  process.exitCode = report(failureOf(error), styleFor(process.stderr));
}
