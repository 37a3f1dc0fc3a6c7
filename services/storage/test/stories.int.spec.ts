import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gender } from '@exempla/contracts/type/v1/child';
import {
  Generation_Status as Status,
  type Story,
  Story_State as State,
  StoryKind,
} from '@exempla/contracts/type/v1/story';
import { status } from '@exempla/rpc';
import { eventually } from '@exempla/testing';
import { tenant, wireChild } from './child-errors.ts';
import { startTestServer, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';
import { tell, wireHero, wireStory } from './story-errors.ts';

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

type Options = ReturnType<typeof tenant>;
const createChild = (options: Options, change: object = {}) =>
  service.children.createChild({ child: { ...wireChild, ...change } }, options);
const titles = ({ stories }: { stories: Story[] }): string[] => stories.map(({ title }) => title).sort();

describe('heroes over gRPC (S3-20..37, S3-54)', () => {
  const hero = {
    displayName: 'Капитан 🦉',
    gender: Gender.GENDER_MALE,
    appearance: 'a blue coat',
    traits: ['brave'],
    interests: ['maps', 'the sea'],
    strengths: ['knots'],
    language: 'ru',
  };

  it('are stored, given back, changed by mask and deleted', async () => {
    const options = tenant();
    const created = await service.heroes.createHero({ hero }, options);
    expect(created).toMatchObject(hero);
    expect(await service.heroes.getHero({ name: created.name }, options)).toEqual(created);
    const change = { name: created.name, etag: created.etag, traits: ['shy'], language: 'en' };
    const changed = await service.heroes.updateHero({ hero: change, updateMask: ['traits'] }, options);
    expect(changed).toEqual({ ...created, traits: ['shy'], etag: changed.etag, updateTime: changed.updateTime });
    await service.heroes.deleteHero({ name: created.name, etag: changed.etag }, options);
    const gone = service.heroes.getHero({ name: created.name }, options);
    await expect(gone).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('are listed, all or of one language', async () => {
    const options = tenant();
    for (const language of ['en', 'ru', 'EN'])
      await service.heroes.createHero({ hero: { ...hero, language } }, options);
    const list = async (language: string) => {
      const { heroes } = await service.heroes.listHeroes({ language }, options);
      return heroes.map((one) => one.language).sort();
    };
    expect([await list(''), await list('en'), await list('ru'), await list('de')]).toEqual([
      ['EN', 'en', 'ru'],
      ['EN', 'en'],
      ['ru'],
      [],
    ]);
  });
});

describe('stories over gRPC (S3-20..37, S3-55)', () => {
  const whole = {
    ...wireStory,
    summary: 'A light goes out.',
    moral: 'kindness',
    kind: StoryKind.STORY_KIND_COMBINED,
    lengthMinutes: 5,
    audio: 'objects/narrations/1.wav',
    audioProvider: 'flite',
    illustrations: ['objects/1.png', 'objects/2.png'],
    model: 'offline-grammar',
    companion: 'Pip the hedgehog',
    place: 'the harbour town of Saltby',
    generationInfo: { attempts: 2, usage: { promptTokens: 10, completionTokens: 20 }, costMicroUsd: 12_345n },
    score: { total: 8.5, criteria: [{ name: 'age', score: 9.25 }] },
    state: State.STATE_READ,
  };

  it('give back every field, with the child as it was, also when child and hero are gone', async () => {
    const options = tenant();
    const child = await createChild(options);
    const first = await tell(service, options);
    const names = { child: child.name, hero: first.hero, parentStory: first.name };
    // The rating and the snapshot are not the caller's.
    const given = { ...whole, ...names, rating: 3, childSnapshot: { displayName: 'Eve' } };
    const created = await service.stories.createStory({ story: given }, options);
    expect(created).toMatchObject({ ...whole, ...names, rating: undefined, childSnapshot: wireChild });
    const rename = { name: child.name, displayName: 'Ben' };
    await service.children.updateChild({ child: rename, updateMask: ['display_name'] }, options);
    await service.children.deleteChild({ name: child.name }, options);
    await service.heroes.deleteHero({ name: first.hero }, options);
    await service.stories.deleteStory({ name: first.name }, options);
    expect(await service.stories.getStory({ name: created.name }, options)).toEqual(created);
    const list = (request: object) => service.stories.listStories(request, options);
    expect((await list({ child: child.name })).stories).toEqual([created]);
    expect((await list({ childName: 'mila' })).stories).toEqual([created]);
    expect((await list({ childName: 'Ben' })).stories).toEqual([]);
  });

  it('are NEW, not rated, and know nothing that they were not told', async () => {
    const story = await tell(service, tenant());
    const nothing = { rating: undefined, generationInfo: undefined, score: undefined, childSnapshot: undefined };
    expect(story).toMatchObject({ ...nothing, state: State.STATE_NEW, child: '', parentStory: '' });
  });

  it('answer an equal request with the story that it made, whatever became of the child', async () => {
    const options = tenant();
    const { name: child } = await createChild(options);
    const story = { ...wireStory, kind: StoryKind.STORY_KIND_CHILD, child };
    const create = () => service.stories.createStory({ story, requestId: 'r' }, options);
    const all = await Promise.all(Array.from({ length: 10 }, create));
    await service.children.deleteChild({ name: child }, options);
    expect(new Set([...all, await create()].map(({ name }) => name)).size).toBe(1);
    expect(titles(await service.stories.listStories({}, options))).toHaveLength(1);
  });

  it('are found by the request that made them, whoever of many told it first', async () => {
    const options = tenant();
    const { name: hero } = await service.heroes.createHero(
      { hero: { displayName: 'Captain', language: 'en' } },
      options,
    );
    const request = { requestId: 'r', requestFingerprint: 'asked' };
    const find = async (change: object = {}) =>
      (await service.stories.lookupStory({ ...request, ...change }, options)).byRequest;
    expect(await find()).toBeUndefined();
    const create = (text: string) =>
      service.stories.createStory(
        { story: { ...wireStory, kind: StoryKind.STORY_KIND_HERO, hero, text }, ...request },
        options,
      );
    const all = await Promise.all(['One.', 'Two.', 'Three.'].map(create));
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(await find()).toEqual(all[0]);
    expect(await find({ requestId: 'q' })).toBeUndefined();
    expect(await find({ requestId: '' })).toBeUndefined();
    expect((await service.stories.lookupStory(request, tenant())).byRequest).toBeUndefined();
    await expect(find({ requestFingerprint: 'other' })).rejects.toMatchObject({
      code: status.ALREADY_EXISTS,
      reason: 'REQUEST_ID_REUSED',
    });
  });

  it('keep the titles and texts they had', async () => {
    const options = tenant();
    const { name } = await tell(service, options);
    const update = (change: object, updateMask: string[]) =>
      service.stories.updateStory({ story: { name, ...change }, updateMask }, options);
    await update({ text: 'Twice.' }, ['text']);
    await update({ title: 'A light' }, ['title']);
    await update({ moral: 'honesty', text: 'Twice.', state: State.STATE_ARCHIVED }, ['moral', 'text', 'state']);
    const now = await service.stories.getStory({ name }, options);
    expect(now).toMatchObject({ title: 'A light', text: 'Twice.', moral: 'honesty', state: State.STATE_ARCHIVED });
    const { revisions } = await service.stories.listStoryRevisions({ parent: name }, options);
    expect(revisions.map((one) => [one.name, one.number, one.title, one.text])).toEqual([
      [`${name}/revisions/2`, 2, wireStory.title, 'Twice.'],
      [`${name}/revisions/1`, 1, wireStory.title, wireStory.text],
    ]);
  });

  it('take an audio later, and lose it again', async () => {
    const options = tenant();
    const { name } = await tell(service, options);
    for (const audio of ['objects/a.wav', '']) {
      const story = await service.stories.updateStory({ story: { name, audio }, updateMask: ['audio'] }, options);
      expect(story.audio).toBe(audio);
    }
  });

  it('are rated from 1 to 10, the last rating holds', async () => {
    const options = tenant();
    const { name } = await tell(service, options);
    for (const rating of [10, 1]) {
      expect((await service.stories.rateStory({ name, rating }, options)).rating).toBe(rating);
    }
    expect((await service.stories.getStory({ name }, options)).rating).toBe(1);
  });

  it('are listed by child, name, language and state, and by all of these at once', async () => {
    const options = tenant();
    const [mila, other] = [await createChild(options), await createChild(options, { displayName: 'Ben' })];
    const namesake = await createChild(options, { age: { $case: 'years', value: 9 } });
    const ofChild = { kind: StoryKind.STORY_KIND_CHILD, hero: '' };
    await tell(service, options, { title: '1', ...ofChild, child: mila.name });
    await tell(service, options, { title: '2', ...ofChild, child: mila.name, language: 'RU' });
    await tell(service, options, { title: '3', ...ofChild, child: namesake.name, state: State.STATE_READ });
    await tell(service, options, { title: '4', ...ofChild, child: other.name, language: 'ru' });
    await tell(service, options, { title: '5' });
    const list = async (request: object) => titles(await service.stories.listStories(request, options));
    expect(await list({})).toEqual(['1', '2', '3', '4', '5']);
    expect(await list({ child: mila.name })).toEqual(['1', '2']);
    expect(await list({ childName: 'MILA' })).toEqual(['1', '2', '3']);
    expect(await list({ language: 'ru' })).toEqual(['2', '4']);
    expect(await list({ state: State.STATE_READ })).toEqual(['3']);
    expect(await list({ child: mila.name, language: 'ru', childName: 'mila', state: State.STATE_NEW })).toEqual(['2']);
    expect(await list({ child: other.name, childName: 'mila' })).toEqual([]);
    expect(await list({ child: 'children/unknown' })).toEqual([]);
    expect(await list({ child: `children/${randomUUID()}` })).toEqual([]);
  });

  it('come in pages that an answer can hold, each story once', async () => {
    const options = tenant();
    const text = '🦉'.repeat(60_000);
    for (let i = 0; i < 20; i += 1) await tell(service, options, { title: `${i}`, text });
    const seen: string[] = [];
    let pages = 0;
    let pageToken = '';
    do {
      const page = await service.stories.listStories({ pageSize: 100, pageToken }, options);
      seen.push(...titles(page));
      pageToken = page.nextPageToken;
      pages += 1;
    } while (pageToken !== '');
    expect(seen.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(pages).toBeGreaterThan(1);
  });
});

describe('generations', () => {
  it('are the attempts of a story, numbered, whoever makes them at once; they go with it', async () => {
    const options = tenant();
    const { name: parent } = await tell(service, options);
    const create = (requestId: string) =>
      service.stories.createGeneration({ parent, generation: { model: 'm', prompt: 'Tell.' }, requestId }, options);
    const made = await Promise.all(Array.from({ length: 10 }, (_, i) => create(`r-${i % 5}`)));
    expect(new Set(made.map(({ name }) => name)).size).toBe(5);
    expect(made[0]).toMatchObject({ model: 'm', prompt: 'Tell.', status: Status.STATUS_PENDING, usage: undefined });
    const { generations } = await service.stories.listGenerations({ parent }, options);
    expect(generations.map(({ attempt }) => attempt)).toEqual([5, 4, 3, 2, 1]);
    expect(generations.map(({ name }) => name)).toEqual([5, 4, 3, 2, 1].map((n) => `${parent}/generations/${n}`));
    await service.stories.deleteStory({ name: parent }, options);
    const update = { generation: { name: `${parent}/generations/1` }, updateMask: ['usage'] };
    await expect(service.stories.updateGeneration(update, options)).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('are over once; usage and cost may come later', async () => {
    const options = tenant();
    const { name: parent } = await tell(service, options);
    const { name } = await service.stories.createGeneration({ parent, generation: { model: 'm' } }, options);
    const update = (change: object, updateMask: string[]) =>
      service.stories.updateGeneration({ generation: { name, ...change }, updateMask }, options);
    const failed = { status: Status.STATUS_TIMED_OUT, errorReason: 'TOO_SLOW' };
    expect(await update(failed, ['status', 'error_reason'])).toMatchObject(failed);
    const told = { usage: { promptTokens: 7, completionTokens: 0 }, costMicroUsd: 1_000_000_000_000n };
    expect(await update({ ...told, ...failed }, ['usage', 'cost_micro_usd', 'status'])).toMatchObject({
      ...told,
      ...failed,
    });
    expect((await service.stories.listGenerations({ parent }, options)).generations).toHaveLength(1);
  });
});

describe('200 mixed operations at once (S3-115)', () => {
  it('end as they would one by one', async () => {
    const options = tenant();
    const { name: hero } = await service.heroes.createHero({ hero: wireHero }, options);
    const { name: rated } = await tell(service, options);
    const child = (i: number) => createChild(options, { displayName: `Child ${Math.floor(i / 5) % 5}` });
    const operations: ((i: number) => Promise<unknown>)[] = [
      child,
      async (i) => {
        const story = { ...wireStory, kind: StoryKind.STORY_KIND_CHILD, child: (await child(i)).name };
        const { name: parent } = await service.stories.createStory({ story, requestId: `story-${i}` }, options);
        await service.stories.createGeneration({ parent, generation: { model: 'm' } }, options);
      },
      (i) => service.stories.rateStory({ name: rated, rating: 1 + (i % 10) }, options),
      (i) => service.heroes.updateHero({ hero: { name: hero, traits: [`${i}`] }, updateMask: ['traits'] }, options),
      () => service.stories.listStories({ childName: 'child 1', pageSize: 3 }, options),
    ];
    await Promise.all(Array.from({ length: 200 }, (_, i) => operations[i % operations.length]!(i)));
    const { children } = await service.children.listChildren({}, options);
    expect(children.map(({ displayName }) => displayName).sort()).toEqual([0, 1, 2, 3, 4].map((i) => `Child ${i}`));
    const { stories } = await service.stories.listStories({ pageSize: 100 }, options);
    expect(stories).toHaveLength(41);
    // A connection goes back behind the answer it was for.
    await eventually('the pool is at rest', () => service.pool.stats.inUse === 0 && service.pool.stats.waiting === 0);
  });
});
