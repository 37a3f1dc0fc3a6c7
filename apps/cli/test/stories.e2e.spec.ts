import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import { HeroServiceDefinition } from '@exempla/contracts/orchestrator/v1/hero_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { createClient, openChannel, status, type Channel, type RpcClient } from '@exempla/rpc';
import { startSecondOrchestrator } from './second-orchestrator.ts';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const WITHIN = { timeoutMs: 60_000 };

const told = (displayName: string, interests = ['stars', 'foxes']) => ({
  $case: 'newChild' as const,
  value: { displayName, age: { $case: 'years' as const, value: 5 }, gender: Gender.GENDER_FEMALE, interests },
});

describe('stories in the mesh (S3-61)', () => {
  let mesh: TestMesh;
  let channels: Channel[];
  let stories: RpcClient<typeof StoryServiceDefinition>;
  let children: RpcClient<typeof ChildServiceDefinition>;
  let heroes: RpcClient<typeof HeroServiceDefinition>;
  let objects: RpcClient<typeof ObjectServiceDefinition>;
  let store: RpcClient<typeof StoryStoreServiceDefinition>;

  beforeAll(async () => {
    mesh = await startTestMesh();
    channels = (['orchestrator', 'storage'] as const).map((name) => openChannel(mesh.addressOf(name)));
    stories = createClient(StoryServiceDefinition, channels[0]!);
    children = createClient(ChildServiceDefinition, channels[0]!);
    heroes = createClient(HeroServiceDefinition, channels[0]!);
    objects = createClient(ObjectServiceDefinition, channels[1]!);
    store = createClient(StoryStoreServiceDefinition, channels[1]!);
  });
  afterAll(async () => {
    for (const channel of channels) channel.close();
    await mesh[Symbol.asyncDispose]();
  });

  it('is streamed part by part, spoken, kept with its record, rated, and removed with its sound', async () => {
    const request = { toldTo: told('Mia'), lengthMinutes: 1, narrate: true, requestId: 'mia-1' };
    const parts = [];
    for await (const { part } of stories.streamGenerateStory({ request }, WITHIN)) parts.push(part!);
    const kinds = parts.map(({ $case }) => $case);
    expect([...new Set(kinds)]).toEqual(['title', 'text', 'saved', 'narration', 'done']);
    const done = parts.at(-1)!;
    if (done.$case !== 'done') throw new Error('the last part is the whole answer');
    const story = done.value.story!;
    expect(story).toMatchObject({
      model: 'offline-grammar',
      lengthMinutes: 1,
      audio: `objects/${story.name}/narration.wav`,
    });
    expect(story.score!.total).toBeGreaterThanOrEqual(7);
    expect(story.score!.criteria).toHaveLength(6);
    expect(Number((await objects.getObject({ name: story.audio })).sizeBytes)).toBeGreaterThan(100_000);

    const again = await stories.generateStory(request, WITHIN);
    expect(again.story).toEqual(story);

    const { generations } = await store.listGenerations({ parent: story.name });
    expect(generations).toHaveLength(story.generationInfo!.attempts);

    expect((await stories.rateStory({ name: story.name, rating: 9 })).rating).toBe(9);
    expect((await stories.getStory({ name: story.name })).rating).toBe(9);
    const next = await stories.generateStory(
      { toldTo: { $case: 'child', value: story.child }, previousStory: story.name, lengthMinutes: 1 },
      WITHIN,
    );
    expect(next.story!.parentStory).toBe(story.name);

    await stories.deleteStory({ name: story.name });
    await expect(stories.getStory({ name: story.name })).rejects.toMatchObject({ reason: 'STORY_NOT_FOUND' });
    await expect(objects.getObject({ name: story.audio })).rejects.toMatchObject({ reason: 'OBJECT_NOT_FOUND' });
  });

  it('is one story for one request id, whichever process is asked, and when the first answer was lost (S3-61)', async () => {
    await using second = await startSecondOrchestrator(mesh);
    const channel = openChannel(second.address);
    const elsewhere = createClient(StoryServiceDefinition, channel);
    try {
      const asked = { toldTo: told('Uma'), lengthMinutes: 5, requestId: 'uma-1' };
      const turns = Array.from({ length: 8 }, (_, turn) => (turn % 2 === 0 ? stories : elsewhere));
      const all = await Promise.all(turns.map((client) => client.generateStory(asked, WITHIN)));
      expect(all.flatMap(({ degraded }) => degraded)).toEqual([]);
      const [one] = all.map(({ story }) => story!);
      for (const { story } of all) expect(story).toEqual(one);
      expect((await stories.listStories({ childName: 'Uma' })).stories).toHaveLength(1);
      expect((await elsewhere.generateStory(asked, WITHIN)).timings.map(({ step }) => step)).toEqual(['lookup']);
      await expect(elsewhere.generateStory({ ...asked, lengthMinutes: 6 }, WITHIN)).rejects.toMatchObject({
        code: status.ALREADY_EXISTS,
        reason: 'REQUEST_ID_REUSED',
      });

      const lost = { ...asked, requestId: 'uma-2', lengthMinutes: 1, narrate: true };
      let saved;
      for await (const { part } of stories.streamGenerateStory({ request: lost }, WITHIN))
        if (part?.$case === 'saved') {
          saved = part.value;
          break;
        }
      const again = await elsewhere.generateStory(lost, WITHIN);
      expect(again.story).toMatchObject({ name: saved!.name, text: saved!.text });
      expect(again.narration!.object).toBe(again.story!.audio);
    } finally {
      channel.close();
    }
  });

  it('goes on in a series: the same companion, the same place, and what happened', async () => {
    const first = await stories.generateStory({ toldTo: told('Ida'), lengthMinutes: 5 }, WITHIN);
    const { name, title, companion, place } = first.story!;
    const request = { toldTo: told('Ida'), previousStory: name, lengthMinutes: 5 };
    const { story: next } = await stories.generateStory(request, WITHIN);
    expect(next).toMatchObject({ companion, place, parentStory: name });
    expect(next!.text).toContain(`“${title}”`);
    expect(next!.text).toContain(companion);
  });

  it('tells of a hero, and of a child and a hero', async () => {
    const hero = await heroes.createHero({
      hero: {
        displayName: 'Torvald',
        language: 'en',
        appearance: 'a green coat',
        strengths: ['climbing'],
        traits: ['curious'],
      },
    });
    const alone = await stories.generateStory({ hero: hero.name, lengthMinutes: 1 }, WITHIN);
    expect(alone.story!.text).toContain('Torvald');
    const both = await stories.generateStory({ toldTo: told('Mia'), hero: hero.name, lengthMinutes: 1 }, WITHIN);
    expect(both.story!.text).toContain('Torvald');
    expect(both.story!.text).toContain('Mia');
  });

  it('what looks like markup or SQL in a name is a name', async () => {
    for (const name of ['<b>Mia</b>', `Robert'); DROP TABLE children;--`]) {
      const { story } = await stories.generateStory({ toldTo: told(name), lengthMinutes: 1 }, WITHIN);
      expect(story!.childSnapshot!.displayName).toBe(name);
      expect(story!.text).toContain(name);
    }
  });

  it('a child that was deleted is not found, and its stories stay', async () => {
    const { story } = await stories.generateStory({ toldTo: told('Ada'), lengthMinutes: 1 }, WITHIN);
    await children.deleteChild({ name: story!.child });
    await expect(
      stories.generateStory({ toldTo: { $case: 'child', value: story!.child } }, WITHIN),
    ).rejects.toMatchObject({ code: status.NOT_FOUND, reason: 'CHILD_NOT_FOUND' });
    expect((await stories.getStory({ name: story!.name })).childSnapshot!.displayName).toBe('Ada');
  });

  const bad = [
    ['length 0', { toldTo: told('Mia'), lengthMinutes: 0 }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['length 31', { toldTo: told('Mia'), lengthMinutes: 31 }, status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    ['no interests', { toldTo: told('Mia', []) }, status.INVALID_ARGUMENT, 'RECORD_INVALID'],
    ['61 characters', { toldTo: told('x'.repeat(61)) }, status.INVALID_ARGUMENT, 'RECORD_INVALID'],
    ['control characters', { toldTo: told('Mi\u0007a') }, status.INVALID_ARGUMENT, 'RECORD_INVALID'],
    ['nobody', {}, status.INVALID_ARGUMENT, 'RECORD_INVALID'],
    ['a missing hero', { toldTo: told('Mia'), hero: 'heroes/none' }, status.NOT_FOUND, 'HERO_NOT_FOUND'],
    [
      'a missing story before',
      { toldTo: told('Mia'), previousStory: 'stories/none' },
      status.NOT_FOUND,
      'STORY_NOT_FOUND',
    ],
    ['Dutch', { toldTo: told('Mia'), language: 'nl' }, status.FAILED_PRECONDITION, 'LANGUAGE_UNSUPPORTED'],
  ] as const;
  it.each(bad)('%s is refused', async (_, request, code, reason) => {
    await expect(stories.generateStory(request as never, WITHIN)).rejects.toMatchObject({ code, reason });
  });

  it.each([0, 19])('so is the age of %d', async (value) => {
    const child = { ...told('Mia').value, age: { $case: 'years' as const, value } };
    await expect(children.createChild({ child })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
    await expect(stories.generateStory({ toldTo: { $case: 'newChild', value: child } }, WITHIN)).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });

  it.each([0, 11])('so is a rating of %d', async (rating) => {
    await expect(stories.rateStory({ name: 'stories/1', rating })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });

  it('no service complains', () => expect(mesh.complaints()).toEqual([]));
});
