// Restores a backup and ends; `--help` says how.
import { restoreCommand } from './adapters/commands/restore-command.ts';
import { runCommand } from './adapters/commands/run-command.ts';
import { readCommandConfig } from './config.ts';

await runCommand(restoreCommand(readCommandConfig));
