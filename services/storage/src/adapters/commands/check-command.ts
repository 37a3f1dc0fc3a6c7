import { DiskObjects } from '../disk-objects.ts';
import { checkIntegrity, type Integrity } from '../integrity/check-integrity.ts';
import { type CommandConfig, ownerUrl } from './command-config.ts';
import type { Command } from './run-command.ts';

const HELP = `Checks that everything is there and as it was stored, while the service runs. Changes nothing.

  npm run check -w @exempla/storage -- [--json]

Reads the bytes of every object and compares their hash and size; looks for bytes without an object; for gaps in the
numbers of revisions and events; for positions out of order; for constraints and indexes that are not valid.

  --json  the findings as JSON on standard output (the first 1,000 of them)

Reads DATABASE_ADMIN_URL (the owner) and EXEMPLA_STORAGE_OBJECTS_DIR as the service does.
Exit code: 0 nothing found, 1 something found, or not finished, 2 misused, 130 stopped.
`;

export const checkCommand = (config: () => Promise<CommandConfig>): Command => ({
  name: 'check',
  help: HELP,
  flags: [],
  takesFile: false,
  run: async (_, job) => {
    const { databaseWaitMs: waitMs, objectsDirectory, ...rest } = await config();
    const checked = await checkIntegrity({
      ...job,
      waitMs,
      adminUrl: ownerUrl(rest),
      bytes: new DiskObjects(objectsDirectory),
    });
    return { result: { ...checked }, text: toText(checked), isGood: checked.count === 0 };
  },
});

function toText({ count, findings, bytesRead, bytesStored, rowChecks }: Integrity): string {
  const lines = findings.map(({ kind, tenant, name, detail }) => {
    const owner = tenant === '' ? '' : ` (tenant ${tenant})`;
    return `${kind} ${name}${owner}: ${detail}\n`;
  });
  if (count > findings.length) lines.push(`and ${count - findings.length} more\n`);
  const looked = `${bytesRead} bytes of objects read, ${bytesStored} files looked at, ${rowChecks} checks of rows`;
  return `${lines.join('')}${count === 0 ? 'nothing found' : `${count} found`}: ${looked}\n`;
}
