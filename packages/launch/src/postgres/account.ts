import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** The numeric user a server runs as. PostgreSQL refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
}

/** `undefined` means the user we are; as root an account that exists and is not root. No account is ever made. */
export async function accountFor(directory: string): Promise<Account | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const owner = await ownerOfNearest(directory);
  // initdb insists on a name for its user id, so an owner without one is no use.
  if (owner.uid !== 0 && accountsIn(passwd).some(({ uid }) => uid === owner.uid)) return owner;
  return nobodyIn(passwd);
}

async function ownerOfNearest(directory: string): Promise<Account> {
  const path = resolve(directory);
  const found = await stat(path).catch(() => undefined);
  return found ?? (path === '/' ? { uid: 0, gid: 0 } : ownerOfNearest(dirname(path)));
}

function accountsIn(passwd: string): (Account & { name: string })[] {
  return passwd
    .split('\n')
    .filter((line) => line.includes(':') && !line.startsWith('#'))
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

/** `nobody` of a passwd file; 65534 is its number on every Linux we know. */
export function nobodyIn(passwd: string): Account {
  const nobody = accountsIn(passwd).find(({ name }) => name === 'nobody');
  return nobody ? { uid: nobody.uid, gid: nobody.gid } : { uid: 65534, gid: 65534 };
}

/** Whether an account may reach a path: every directory on the way must let it through. */
export async function canReach(path: string, account: Account): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found && !mayEnter(found, account)) return false;
  const parent = dirname(path);
  return parent === path ? true : canReach(parent, account);
}

/** Execute permission, which on a directory is the right to pass through. */
export function mayEnter(file: { mode: number; uid: number; gid: number }, account: Account): boolean {
  if (file.uid === account.uid) return (file.mode & 0o100) !== 0;
  if (file.gid === account.gid) return (file.mode & 0o010) !== 0;
  return (file.mode & 0o001) !== 0;
}
