// Writes a backup and ends; `--help` says how.
import { backupCommand } from './adapters/commands/backup-command.ts';
import { runCommand } from './adapters/commands/run-command.ts';
import { readCommandConfig } from './config.ts';

await runCommand(backupCommand(readCommandConfig));
