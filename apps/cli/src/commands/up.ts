import type { Command } from 'commander';
import { progressOn, SILENT } from '../terminal/progress.ts';
import type { Choose } from './invocation.ts';

export function addUp(program: Command, choose: Choose): void {
  program
    .command('up')
    .description('run the mesh on this machine until Ctrl-C, data in ./.exempla')
    .action(() =>
      choose({
        run: async ({ around, globals }) => {
          // Only this command starts processes.
          const { runUp } = await import('../up/run-up.ts');
          const { config, signal, style } = around;
          using progress = globals.quiet ? SILENT : progressOn(process.stderr, style, config.env['TERM']);
          await runUp(config, signal, { print: (line) => around.print(`${line}\n`), style, progress });
        },
      }),
    );
}
