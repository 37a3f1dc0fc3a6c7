import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import { HeroServiceDefinition } from '@exempla/contracts/orchestrator/v1/hero_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { createClient, openChannel, status, type Channel, type RpcClient } from '@exempla/rpc';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const told = (displayName: string) => ({
  displayName,
  age: { $case: 'years' as const, value: 5 },
  gender: Gender.GENDER_FEMALE,
  interests: ['stars', 'foxes'],
});

describe('children and heroes in the mesh (S3-65..76)', () => {
  let mesh: TestMesh;
  let channel: Channel;
  let children: RpcClient<typeof ChildServiceDefinition>;
  let heroes: RpcClient<typeof HeroServiceDefinition>;
  beforeAll(async () => {
    mesh = await startTestMesh();
    channel = openChannel(mesh.addressOf('orchestrator'));
    children = createClient(ChildServiceDefinition, channel);
    heroes = createClient(HeroServiceDefinition, channel);
  });
  afterAll(async () => {
    channel.close();
    await mesh[Symbol.asyncDispose]();
  });

  it('a child is kept, read, listed, changed and removed', async () => {
    const child = await children.createChild({ child: told('Kim') });
    expect(await children.createChild({ child: told('kim') })).toEqual(child);
    expect(await children.getChild({ name: child.name })).toEqual(child);
    const changed = await children.updateChild({
      child: { name: child.name, etag: child.etag, interests: ['boats'] },
      updateMask: ['interests'],
    });
    expect(changed.interests).toEqual(['boats']);
    const stale = children.updateChild({
      child: { name: child.name, etag: child.etag, interests: ['kites'] },
      updateMask: ['interests'],
    });
    await expect(stale).rejects.toMatchObject({ code: status.ABORTED, reason: 'ETAG_MISMATCH' });
    await expect(children.updateChild({ child: { name: child.name }, updateMask: ['etag'] })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'UPDATE_MASK_INVALID',
    });
    expect((await children.listChildren({})).children).toEqual([changed]);
    await expect(children.listChildren({ pageToken: 'x' })).rejects.toMatchObject({ reason: 'PAGE_TOKEN_INVALID' });
    await children.deleteChild({ name: child.name });
    await expect(children.deleteChild({ name: child.name })).rejects.toMatchObject({ reason: 'CHILD_NOT_FOUND' });
    await expect(children.getChild({ name: child.name })).rejects.toMatchObject({ reason: 'CHILD_NOT_FOUND' });
  });

  it('so is a hero', async () => {
    const hero = await heroes.createHero({ hero: { displayName: 'Torvald', language: 'en' }, requestId: 'h-1' });
    await expect(
      heroes.createHero({ hero: { displayName: 'Other', language: 'en' }, requestId: 'h-1' }),
    ).rejects.toMatchObject({ code: status.ALREADY_EXISTS, reason: 'REQUEST_ID_REUSED' });
    expect(await heroes.getHero({ name: hero.name })).toEqual(hero);
    const changed = await heroes.updateHero({ hero: { name: hero.name, traits: ['brave'] }, updateMask: ['traits'] });
    expect(changed.traits).toEqual(['brave']);
    expect((await heroes.listHeroes({ language: 'EN' })).heroes).toEqual([changed]);
    expect((await heroes.listHeroes({ language: 'ru' })).heroes).toEqual([]);
    await heroes.deleteHero({ name: hero.name });
    await expect(heroes.deleteHero({ name: hero.name })).rejects.toMatchObject({ reason: 'HERO_NOT_FOUND' });
    await expect(heroes.updateHero({ hero: { name: hero.name }, updateMask: ['traits'] })).rejects.toMatchObject({
      reason: 'HERO_NOT_FOUND',
    });
  });

  it.each([0, 19])('a child of %d years is refused', async (value) => {
    const child = { ...told('Mia'), age: { $case: 'years' as const, value } };
    await expect(children.createChild({ child })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('so is a name of 61 characters, of a child and of a hero', async () => {
    const refused = { code: status.INVALID_ARGUMENT, reason: 'RECORD_INVALID' };
    const displayName = 'x'.repeat(61);
    await expect(children.createChild({ child: told(displayName) })).rejects.toMatchObject(refused);
    await expect(heroes.createHero({ hero: { displayName, language: 'en' } })).rejects.toMatchObject(refused);
  });

  it('markup and SQL in a name are a name', async () => {
    for (const name of ['<b>Mia</b>', `Robert'); DROP TABLE children;--`]) {
      const { name: kept } = await children.createChild({ child: told(name) });
      expect((await children.getChild({ name: kept })).displayName).toBe(name);
    }
  });
});
