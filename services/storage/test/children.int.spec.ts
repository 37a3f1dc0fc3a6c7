import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgeGroup, Gender } from '@exempla/contracts/type/v1/child';
import { type RemoteError, status } from '@exempla/rpc';
import { tenant, wireChild } from './child-errors.ts';
import { startTestServer, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';

let server: TestServer;
let service: TestService;
beforeAll(async () => {
  server = await startTestServer();
  service = await startService(await server.database());
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const group = { $case: 'ageGroup' as const, value: AgeGroup.AGE_GROUP_3_TO_5 };

describe('children over gRPC (S3-20..37)', () => {
  it('are stored and given back with every field', async () => {
    const options = tenant();
    const created = await service.children.createChild({ child: { ...wireChild, etag: 'mine' } }, options);
    expect(created).toMatchObject(wireChild);
    expect(created.name).toMatch(/^children\/[0-9a-f-]{36}$/);
    expect(created.etag).not.toBe('mine');
    expect(created.createTime).toEqual(created.updateTime);
    expect(await service.children.getChild({ name: created.name }, options)).toEqual(created);
    expect(await service.children.findChild({ ...wireChild, displayName: 'MILA ' }, options)).toEqual(created);
  });

  it('are found by their age group too; a gender that is not told is OTHER', async () => {
    const options = tenant();
    const child = { displayName: 'Юля', age: group, interests: ['море'] };
    const created = await service.children.createChild({ child }, options);
    expect(created).toMatchObject({ ...child, gender: Gender.GENDER_OTHER });
    expect(await service.children.findChild({ displayName: 'юля', age: group }, options)).toEqual(created);
  });

  it('answer an equal request with what the first one made, also after it was changed', async () => {
    const options = tenant();
    const create = () => service.children.createChild({ child: wireChild, requestId: 'r' }, options);
    const [first, second] = await Promise.all([create(), create()]);
    expect(second).toEqual(first);
    const child = { name: first.name, displayName: 'Ben', interests: ['trains'] };
    const changed = await service.children.updateChild({ child, updateMask: ['display_name'] }, options);
    expect(changed).toEqual({ ...first, displayName: 'Ben', etag: changed.etag, updateTime: changed.updateTime });
    expect(changed.etag).not.toBe(first.etag);
    expect(await create()).toEqual(changed);
  });

  it('are listed at most 100 at a time', async () => {
    const options = tenant();
    const create = (_: unknown, i: number) =>
      service.children.createChild({ child: { ...wireChild, displayName: `${i}` } }, options);
    await Promise.all(Array.from({ length: 101 }, create));
    const list = async (pageSize: number) =>
      (await service.children.listChildren({ pageSize }, options)).children.length;
    expect([await list(0), await list(100), await list(1_000)]).toEqual([50, 100, 100]);
  });

  it('are listed newest first, page by page', async () => {
    const options = tenant();
    const made = [];
    for (let i = 0; i < 5; i += 1) {
      made.push(await service.children.createChild({ child: { ...wireChild, displayName: `${i}` } }, options));
    }
    const names: string[] = [];
    let pageToken = '';
    do {
      const page = await service.children.listChildren({ pageSize: 2, pageToken }, options);
      names.push(...page.children.map(({ name }) => name));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(names.toSorted()).toEqual(made.map(({ name }) => name).toSorted());
    const [one] = [await service.children.listChildren({ pageSize: 1 }, options)];
    const foreign = service.children.listChildren({ pageSize: 1, pageToken: one.nextPageToken }, tenant());
    await expect(foreign).rejects.toMatchObject({ reason: 'PAGE_TOKEN_INVALID' });
  });

  it('are gone when they are deleted', async () => {
    const options = tenant();
    const { name, etag } = await service.children.createChild({ child: wireChild }, options);
    await service.children.deleteChild({ name, etag }, options);
    await expect(service.children.getChild({ name }, options)).rejects.toMatchObject({ code: status.NOT_FOUND });
  });
});

describe('bad requests about children', () => {
  const create = (change: object) => service.children.createChild({ child: { ...wireChild, ...change } }, tenant());
  const years = (value: number) => ({ age: { $case: 'years' as const, value } });
  const bad: [string, string, () => Promise<unknown>][] = [
    ['child', 'no child', () => service.children.createChild({}, tenant())],
    ['child.display_name', 'U+0000 in the name', () => create({ displayName: 'a\0' })],
    ['child.display_name', 'a long name', () => create({ displayName: 'x'.repeat(101) })],
    ['child.interests[1]', 'U+0000 in an interest', () => create({ interests: ['a', '\0'] })],
    ['child.interests[0]', 'an empty interest', () => create({ interests: [''] })],
    ['child.interests', 'many interests', () => create({ interests: Array(21).fill('a') })],
    ['child.years', 'not born yet', () => create(years(0))],
    ['child.years', 'grown up', () => create(years(19))],
    ['child.years', 'a negative age', () => create(years(-1))],
    ['child.age_group', 'no age group', () => create({ age: { $case: 'ageGroup', value: 0 } })],
    ['child.age_group', 'an unknown age group', () => create({ age: { $case: 'ageGroup', value: 9 } })],
    ['child.gender', 'an unknown gender', () => create({ gender: 9 })],
    ['request_id', 'a request id with space', () => service.children.createChild({ child: wireChild, requestId: ' ' })],
    ['age', 'a search without age', () => service.children.findChild({ displayName: 'a' })],
    ['display_name', 'U+0000 in a search', () => service.children.findChild({ ...wireChild, displayName: '\0' })],
    ['name', 'a name that is none', () => service.children.getChild({ name: 'Mila' })],
    ['child.name', 'an update of nothing', () => service.children.updateChild({ child: {}, updateMask: ['gender'] })],
    [
      'child.name',
      'an update of a hero',
      () => service.children.updateChild({ child: { name: `heroes/${randomUUID()}` }, updateMask: ['gender'] }),
    ],
    ['page_size', 'a negative page size', () => service.children.listChildren({ pageSize: -1 })],
    ['page_token', 'a long token', () => service.children.listChildren({ pageToken: 'x'.repeat(501) })],
  ];
  it.each(bad)('%s: %s', async (field, _, act) => {
    const error = (await act().then(
      () => 'no failure',
      (failure: unknown) => failure,
    )) as RemoteError;
    expect([error.code, error.reason]).toEqual([status.INVALID_ARGUMENT, 'INVALID_REQUEST']);
    expect(error.details.violations?.map((violation) => violation.field)).toContain(field);
  });
});
