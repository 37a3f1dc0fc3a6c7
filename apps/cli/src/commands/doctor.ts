import type { Command } from 'commander';
import type { Choose } from './invocation.ts';

export function addDoctor(program: Command, choose: Choose): void {
  program
    .command('doctor')
    .description('look for what is wrong, and say what to do')
    .action(() => {
      const problems: string[] = [];
      choose({
        onConfigProblem: (problem) => problems.push(problem),
        run: async (session) => {
          // Only this command looks into everything.
          const { examine } = await import('../doctor/examine.ts');
          return examine(session, problems);
        },
      });
    });
}
