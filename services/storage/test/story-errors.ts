import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { Generation_Status as Status, StoryKind } from '@exempla/contracts/type/v1/story';
import { type ErrorRow, row, tenant, wireChild } from './child-errors.ts';
import type { TestService } from './service.ts';

type Options = ReturnType<typeof tenant>;

export const wireHero = { displayName: 'Captain', language: 'en' };
export const wireStory = { title: 'The lighthouse', text: 'Once upon a time …', language: 'en' };

const unknown = (collection: string): string => `${collection}/${randomUUID()}`;
const nameIn = (collection: string): unknown => expect.stringMatching(new RegExp(`^${collection}/[0-9a-f-]{36}$`));
const hero = unknown('heroes');
const story = unknown('stories');

/** Stores a story of a hero. */
export async function tell({ heroes, stories }: TestService, options: Options, change: object = {}, requestId = '') {
  const { name } = await heroes.createHero({ hero: wireHero, requestId: 'one' }, options);
  const kind = StoryKind.STORY_KIND_HERO;
  return stories.createStory({ story: { ...wireStory, kind, hero: name, ...change }, requestId }, options);
}

/** Every way in which a call about a hero fails, and what it says then. */
export function heroErrors(service: () => TestService): ErrorRow[] {
  const create = (options: Options, change: object = {}, requestId = '') =>
    service().heroes.createHero({ hero: { ...wireHero, ...change }, requestId }, options);
  const update = async (change: object, updateMask: string[], options = tenant()) =>
    service().heroes.updateHero({ hero: { name: (await create(options)).name, ...change }, updateMask }, options);
  const remove = (name: string, etag: string, options: Options) => service().heroes.deleteHero({ name, etag }, options);
  const invalid = (field: string) => ({ field: `hero.${field}` });
  return [
    row('HERO_NOT_FOUND', 'get of an unknown one', { name: hero }, () => service().heroes.getHero({ name: hero })),
    row('HERO_NOT_FOUND', 'get of one of another tenant', { name: nameIn('heroes') }, async () =>
      service().heroes.getHero({ name: (await create(tenant())).name }, tenant()),
    ),
    row('HERO_NOT_FOUND', 'an update of an unknown one', { name: hero }, () => update({ name: hero }, ['gender'])),
    row('HERO_NOT_FOUND', 'a second delete', { name: nameIn('heroes') }, async () => {
      const options = tenant();
      const { name } = await create(options);
      await remove(name, '', options);
      return remove(name, '', options);
    }),
    row('RECORD_INVALID', 'no name of a hero', invalid('display_name'), () => create(tenant(), { displayName: '' })),
    row('RECORD_INVALID', 'no language of a hero', invalid('language'), () => create(tenant(), { language: ' ' })),
    row('RECORD_INVALID', 'a trait of space', invalid('traits[0]'), () => create(tenant(), { traits: [' '] })),
    row('RECORD_INVALID', 'an update takes the name away', invalid('display_name'), () => update({}, ['display_name'])),
    row('REQUEST_ID_REUSED', 'for another hero', { request_id: 'r', name: nameIn('heroes') }, async () => {
      const options = tenant();
      await create(options, {}, 'r');
      return create(options, { traits: ['brave'] }, 'r');
    }),
    row('ETAG_MISMATCH', 'an update of a hero', { name: nameIn('heroes'), etag: 'old' }, () =>
      update({ etag: 'old' }, ['gender']),
    ),
    row('ETAG_MISMATCH', 'a delete of a hero', { name: nameIn('heroes'), etag: 'old' }, async () => {
      const options = tenant();
      return remove((await create(options)).name, 'old', options);
    }),
    row('UPDATE_MASK_INVALID', 'the mask names the etag of a hero', { field: 'update_mask', path: 'etag' }, () =>
      update({}, ['etag']),
    ),
    row(
      'PAGE_TOKEN_INVALID',
      'a token of another language',
      { field: 'page_token', page_token: expect.any(String) },
      async () => {
        const options = tenant();
        await create(options);
        await create(options);
        const { nextPageToken } = await service().heroes.listHeroes({ pageSize: 1, language: 'en' }, options);
        return service().heroes.listHeroes({ pageToken: nextPageToken, language: 'de' }, options);
      },
    ),
  ];
}

/** Every way in which a call about a story fails, and what it says then. */
export function storyErrors(service: () => TestService): ErrorRow[] {
  const create = (change: object, options = tenant(), requestId = '') => tell(service(), options, change, requestId);
  const update = async (change: object, updateMask: string[]) => {
    const options = tenant();
    const { name } = await create({}, options);
    return service().stories.updateStory({ story: { name, ...change }, updateMask }, options);
  };
  const remove = (name: string, etag: string, options: Options) =>
    service().stories.deleteStory({ name, etag }, options);
  const invalid = (field: string) => ({ field: `story.${field}` });
  const [ofChild, ofBoth] = [StoryKind.STORY_KIND_CHILD, StoryKind.STORY_KIND_COMBINED];
  const child = unknown('children');
  const missing = row.bind(undefined, 'STORY_NOT_FOUND');
  return [
    missing('get of an unknown one', { name: story }, () => service().stories.getStory({ name: story })),
    missing('get of one of another tenant', { name: nameIn('stories') }, async () =>
      service().stories.getStory({ name: (await create({})).name }, tenant()),
    ),
    missing('an update of an unknown one', { name: story }, () => update({ name: story }, ['moral'])),
    missing('a rating of an unknown one', { name: story }, () =>
      service().stories.rateStory({ name: story, rating: 5 }),
    ),
    missing('a second delete', { name: nameIn('stories') }, async () => {
      const options = tenant();
      const { name } = await create({}, options);
      await remove(name, '', options);
      return remove(name, '', options);
    }),
    missing('revisions of an unknown one', { name: story }, () =>
      service().stories.listStoryRevisions({ parent: story }),
    ),
    missing('generations of an unknown one', { name: story }, () =>
      service().stories.listGenerations({ parent: story }),
    ),
    missing('a generation for an unknown one', { name: story }, () =>
      service().stories.createGeneration({ parent: story, generation: { model: 'm' } }),
    ),
    missing('a story goes on from an unknown one', { name: story }, () => create({ parentStory: story })),
    row('HERO_NOT_FOUND', 'a story is of an unknown hero', { name: hero }, () => create({ hero })),
    row('CHILD_NOT_FOUND', 'a story is of an unknown child', { name: child }, () =>
      create({ kind: ofChild, child, hero: '' }),
    ),
    row('CHILD_NOT_FOUND', 'a story is of a child of another tenant', { name: nameIn('children') }, async () => {
      const { name } = await service().children.createChild({ child: wireChild }, tenant());
      return create({ kind: ofBoth, child: name });
    }),
    row('RECORD_INVALID', 'no title', invalid('title'), () => create({ title: '' })),
    row('RECORD_INVALID', 'no text', invalid('text'), () => create({ text: ' \n' })),
    row('RECORD_INVALID', 'no language', invalid('language'), () => create({ language: '' })),
    row('RECORD_INVALID', 'no kind', invalid('kind'), () => create({ kind: 0 })),
    row('RECORD_INVALID', 'of a hero, without one', invalid('hero'), () => create({ hero: '' })),
    row('RECORD_INVALID', 'of a hero, with a child', invalid('child'), () => create({ child })),
    row('RECORD_INVALID', 'of a child, without one', invalid('child'), () => create({ kind: ofChild, hero: '' })),
    row('RECORD_INVALID', 'of a child, with a hero', invalid('hero'), () => create({ kind: ofChild, child })),
    row('RECORD_INVALID', 'of both, without a child', invalid('child'), () => create({ kind: ofBoth })),
    row('RECORD_INVALID', 'an update takes the text away', invalid('text'), () => update({}, ['text'])),
    row('RECORD_INVALID', 'an update takes the state away', invalid('state'), () => update({}, ['state'])),
    row('REQUEST_ID_REUSED', 'for another story', { request_id: 'r', name: nameIn('stories') }, async () => {
      const options = tenant();
      await create({}, options, 'r');
      return create({ moral: 'honesty' }, options, 'r');
    }),
    row('ETAG_MISMATCH', 'an update of a story', { name: nameIn('stories'), etag: 'old' }, () =>
      update({ etag: 'old' }, ['moral']),
    ),
    row('ETAG_MISMATCH', 'a delete of a story', { name: nameIn('stories'), etag: 'old' }, async () => {
      const options = tenant();
      return remove((await create({}, options)).name, 'old', options);
    }),
    ...['rating', 'child', 'child_snapshot', 'hero', 'kind', 'parent_story', 'language', 'score.total'].map((path) =>
      row('UPDATE_MASK_INVALID', `the mask names ${path} of a story`, { field: 'update_mask', path }, () =>
        update({}, [path]),
      ),
    ),
    row('PAGE_TOKEN_INVALID', 'a token of stories is made up', { field: 'page_token', page_token: 'x' }, () =>
      service().stories.listStories({ pageToken: 'x' }),
    ),
  ];
}

/** Every way in which a call about a generation fails, and what it says then. */
export function generationErrors(service: () => TestService): ErrorRow[] {
  const create = async (options: Options, generation: object = {}, requestId = '') => {
    const { name: parent } = await tell(service(), options, {}, 'story');
    const request = { parent, generation: { model: 'm', ...generation }, requestId };
    return service().stories.createGeneration(request, options);
  };
  const update = async (change: object, updateMask: string[], before: object = {}) => {
    const options = tenant();
    const { name } = await create(options, before);
    return service().stories.updateGeneration({ generation: { name, ...change }, updateMask }, options);
  };
  const some = expect.stringMatching(/^stories\/[0-9a-f-]{36}\/generations\/1$/);
  const change = (name: string) =>
    row('GENERATION_NOT_FOUND', `an update of ${name.replace(story, 'an unknown story')}`, { name }, () =>
      update({ name }, ['status']),
    );
  return [
    change(`${story}/generations/1`),
    change('stories/x/generations/1'),
    row('GENERATION_NOT_FOUND', 'an update of a second, when there is one', { name: expect.any(String) }, async () => {
      const options = tenant();
      const name = (await create(options)).name.replace(/1$/, '2');
      return service().stories.updateGeneration({ generation: { name }, updateMask: ['usage'] }, options);
    }),
    row('GENERATION_NOT_FOUND', 'an update of one of another tenant', { name: some }, async () => {
      const { name } = await create(tenant());
      return service().stories.updateGeneration({ generation: { name }, updateMask: ['usage'] }, tenant());
    }),
    row('GENERATION_OVER', 'it failed, and shall have succeeded', { name: some, status: 'FAILED' }, () =>
      update({ status: Status.STATUS_SUCCEEDED }, ['status'], { status: Status.STATUS_FAILED }),
    ),
    row('GENERATION_OVER', 'it succeeded, and shall be pending', { name: some, status: 'SUCCEEDED' }, () =>
      update({ status: Status.STATUS_PENDING }, ['status'], { status: Status.STATUS_SUCCEEDED }),
    ),
    row('RECORD_INVALID', 'a generation of no model', { field: 'generation.model' }, () =>
      create(tenant(), { model: '' }),
    ),
    row('REQUEST_ID_REUSED', 'for another generation', { request_id: 'r', name: some }, async () => {
      const options = tenant();
      await create(options, {}, 'r');
      return create(options, { prompt: 'another' }, 'r');
    }),
    row('ETAG_MISMATCH', 'an update of a generation', { name: some, etag: 'old' }, () =>
      update({ etag: 'old' }, ['usage']),
    ),
    row('UPDATE_MASK_INVALID', 'the mask names the prompt', { field: 'update_mask', path: 'prompt' }, () =>
      update({}, ['prompt']),
    ),
  ];
}
