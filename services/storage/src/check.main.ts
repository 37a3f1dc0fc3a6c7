// Checks what is stored and ends; `--help` says how.
import { checkCommand } from './adapters/commands/check-command.ts';
import { runCommand } from './adapters/commands/run-command.ts';
import { readCommandConfig } from './config.ts';

await runCommand(checkCommand(readCommandConfig));
