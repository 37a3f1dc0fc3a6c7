import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { Gender } from '@exempla/contracts/type/v1/child';
import type { TestService } from './service.ts';

export interface ErrorRow {
  reason: string;
  when: string;
  metadata: Record<string, unknown>;
  act: () => Promise<unknown>;
}

interface Options {
  tenant: string;
}

export const tenant = (): Options => ({ tenant: `t-${randomUUID()}` });

export const row = (reason: string, when: string, metadata: ErrorRow['metadata'], act: ErrorRow['act']): ErrorRow => ({
  reason,
  when,
  metadata,
  act,
});

export const wireChild = {
  displayName: 'Mila',
  age: { $case: 'years' as const, value: 5 },
  gender: Gender.GENDER_FEMALE,
  interests: ['dragons'],
};

/** Every way in which a call about a child fails, and what it says then. */
export function childErrors(service: () => TestService): ErrorRow[] {
  const unknown = `children/${randomUUID()}`;
  const someName = expect.stringMatching(/^children\/[0-9a-f-]{36}$/);
  const create = (options: Options, change: object = {}, requestId = '') =>
    service().children.createChild({ child: { ...wireChild, ...change }, requestId }, options);
  const get = (name: string, options = tenant()) => service().children.getChild({ name }, options);
  const update = async (child: object, updateMask: string[], options = tenant()) =>
    service().children.updateChild({ child: { name: (await create(options)).name, ...child }, updateMask }, options);
  const remove = (name: string, etag: string, options = tenant()) =>
    service().children.deleteChild({ name, etag }, options);
  const invalid = (field: string) => ({ field: `child.${field}` });

  return [
    row('CHILD_NOT_FOUND', 'get of an unknown one', { name: unknown }, () => get(unknown)),
    row('CHILD_NOT_FOUND', 'get of an id that is not ours', { name: 'children/x' }, () => get('children/x')),
    row('CHILD_NOT_FOUND', 'get of one of another tenant', { name: someName }, async () =>
      get((await create(tenant())).name),
    ),
    row('CHILD_NOT_FOUND', 'nobody has this name, age and gender', {}, () =>
      service().children.findChild(wireChild, tenant()),
    ),
    row('CHILD_NOT_FOUND', 'an update of an unknown one', { name: unknown }, () =>
      update({ name: unknown }, ['gender']),
    ),
    row('CHILD_NOT_FOUND', 'a second delete', { name: someName }, async () => {
      const options = tenant();
      const { name } = await create(options);
      await remove(name, '', options);
      return remove(name, '', options);
    }),
    row('CHILD_EXISTS', 'an update makes it another that is there', { name: someName }, async () => {
      const options = tenant();
      await create(options, { displayName: 'Ben' });
      return update({ displayName: ' BEN' }, ['display_name'], options);
    }),
    row('RECORD_INVALID', 'a name of space only', invalid('display_name'), () =>
      create(tenant(), { displayName: ' ' }),
    ),
    row('RECORD_INVALID', 'no age', invalid('years'), () => create(tenant(), { age: undefined })),
    row('RECORD_INVALID', 'no interest', invalid('interests'), () => create(tenant(), { interests: [] })),
    row('RECORD_INVALID', 'an interest of space', invalid('interests[1]'), () =>
      create(tenant(), { interests: ['a', ' '] }),
    ),
    row('RECORD_INVALID', 'an update takes the age away', invalid('years'), () => update({}, ['years'])),
    row('REQUEST_ID_REUSED', 'a request id comes with another child', { request_id: 'r', name: someName }, async () => {
      const options = tenant();
      await create(options, {}, 'r');
      return create(options, { displayName: 'Ben' }, 'r');
    }),
    row('ETAG_MISMATCH', 'an update names an older version', { name: someName, etag: 'old' }, () =>
      update({ etag: 'old' }, ['gender']),
    ),
    row('ETAG_MISMATCH', 'a delete of a child names an older version', { name: someName, etag: 'old' }, async () => {
      const options = tenant();
      return remove((await create(options)).name, 'old', options);
    }),
    row('PAGE_TOKEN_INVALID', 'a token of children is made up', { field: 'page_token', page_token: 'x' }, () =>
      service().children.listChildren({ pageToken: 'x' }, tenant()),
    ),
    ...['', '*', 'name', 'etag', 'age', 'create_time', 'displayName', 'constructor'].map((path) =>
      row('UPDATE_MASK_INVALID', `the mask names "${path}" of a child`, { field: 'update_mask', path }, () =>
        update({}, path === '' ? [] : ['gender', path]),
      ),
    ),
  ];
}
