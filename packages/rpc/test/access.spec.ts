import { describe, expect, it } from '@jest/globals';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { status } from '@grpc/grpc-js';
import { accessOf, demandAccess, type Access } from '../src/identity/access.ts';
import { Caller } from '../src/identity/caller.ts';
import { methodPolicy } from '../src/method-policy.ts';
import type { StatusError } from '../src/status-error.ts';
import { ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';

const TENANT = new Caller({ tenant: 'acme', subject: 'ann', admin: false }, false);
const ADMIN = new Caller({ tenant: '', subject: 'root', admin: true }, false);
const SERVICE = new Caller({ tenant: 'acme', subject: 'ann', admin: false }, true);

/** What a caller is told: the code and reason of the refusal, or that there is none. */
function told(caller: Caller | undefined, access: Access): string {
  try {
    demandAccess(caller, access, 'things.v1.Things/Get');
    return 'OK';
  } catch (error) {
    const { code, reason } = error as StatusError;
    return `${status[code]} ${reason}`;
  }
}

describe('who may call', () => {
  const DENIED = 'PERMISSION_DENIED ACCESS_DENIED';
  const MISSING = 'UNAUTHENTICATED CREDENTIAL_MISSING';

  it.each<[Access, string, string, string, string]>([
    ['public', 'OK', 'OK', 'OK', 'OK'],
    ['tenant', MISSING, 'OK', DENIED, 'OK'],
    ['admin', MISSING, DENIED, 'OK', DENIED],
    ['service', MISSING, DENIED, DENIED, 'OK'],
  ])('%s: nobody %s, a tenant %s, an administrator of none %s, a service %s', (access, ...expected) => {
    expect([undefined, TENANT, ADMIN, SERVICE].map((caller) => told(caller, access))).toEqual(expected);
  });

  it('says in the metadata which method, and who it is for', () => {
    const metadata = { method: 'things.v1.Things/Get', access: 'admin' };
    expect(() => demandAccess(TENANT, 'admin', metadata.method)).toThrow(expect.objectContaining({ metadata }));
  });
});

describe('the option in the proto', () => {
  const withOption = (bytes: Uint8Array) => ({
    ...ProbeServiceDefinition.methods.ask,
    options: { _unknownFields: { [String(50102 << 3)]: [bytes] } },
  });

  it.each([
    [1, 'public'],
    [2, 'tenant'],
    [3, 'admin'],
    [4, 'service'],
    [0, 'tenant'],
  ])('%i is %s', (value, access) => {
    expect(methodPolicy(withOption(new BinaryWriter().int32(value).finish())).access).toBe(access);
  });

  it('is for tenants when it is not there', () => {
    expect(methodPolicy(ProbeServiceDefinition.methods.echo).access).toBe('tenant');
  });

  it('stops a server that does not know it, rather than open the method', () => {
    expect(() => accessOf(9 as never)).toThrow(/access option 9/);
  });
});
