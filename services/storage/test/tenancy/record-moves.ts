import type { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import type { HeroStoreServiceDefinition } from '@exempla/contracts/storage/v1/hero_store_service';
import type { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { Generation_Status as Status, Story_State as State, StoryKind } from '@exempla/contracts/type/v1/story';
import type { Moves } from './moves.ts';
import type { Player } from './player.ts';

const page = (by: Player, method: string) => ({ pageSize: 1 + by.below(3), pageToken: by.token(method) });
const sometimes = (by: Player, text: () => string): string => (by.chance(0.3) ? text() : '');
const child = (by: Player): string => by.name('children', by.uuid);
const hero = (by: Player): string => by.name('heroes', by.uuid);
const story = (by: Player): string => /^stories\/[^/]+/.exec(by.name('stories', by.uuid))?.[0] ?? '';
const named = (name: string, by: Player) => ({ name, etag: by.etag(name) });
const language = (by: Player): string => by.oneOf(['en', 'de']);

/** Both tenants use the same few ids, and ask for the same few things. */
const requestKey = (by: Player) => ({
  requestId: sometimes(by, () => by.word('request')),
  requestFingerprint: by.word('fingerprint'),
});

/** Children are found by name and age: both tenants have the same few. */
const exactly = (by: Player) => ({
  displayName: by.word('Child'),
  age: { $case: 'years' as const, value: 5 + by.below(2) },
});
const childOf = (by: Player) => ({ ...exactly(by), interests: [by.text('interest')] });
const heroOf = (by: Player) => ({ displayName: by.word('Hero'), appearance: by.text('look'), language: language(by) });
const storyOf = (by: Player) => ({
  title: by.word('Title'),
  text: by.text('text'),
  language: language(by),
  ...by.oneOf([
    { kind: StoryKind.STORY_KIND_CHILD, child: child(by) },
    { kind: StoryKind.STORY_KIND_HERO, hero: hero(by) },
    {
      kind: StoryKind.STORY_KIND_COMBINED,
      child: child(by),
      hero: hero(by),
      parentStory: sometimes(by, () => story(by)),
    },
  ]),
});

export const childMoves: Moves<typeof ChildStoreServiceDefinition> = {
  createChild: { request: (by) => ({ child: childOf(by), requestId: sometimes(by, () => by.word('request')) }) },
  findChild: { request: exactly },
  getChild: { request: (by) => ({ name: child(by) }) },
  updateChild: {
    request: (by) => ({
      child: { ...named(child(by), by), ...childOf(by) },
      updateMask: by.oneOf([['display_name'], ['interests'], ['years', 'interests']]),
    }),
  },
  deleteChild: { request: (by) => named(child(by), by) },
  listChildren: { request: (by) => page(by, 'listChildren') },
};

export const heroMoves: Moves<typeof HeroStoreServiceDefinition> = {
  createHero: { request: (by) => ({ hero: heroOf(by), requestId: sometimes(by, () => by.word('request')) }) },
  getHero: { request: (by) => ({ name: hero(by) }) },
  updateHero: {
    request: (by) => ({
      hero: { ...named(hero(by), by), ...heroOf(by) },
      updateMask: by.oneOf([['display_name'], ['appearance', 'language']]),
    }),
  },
  deleteHero: { request: (by) => named(hero(by), by) },
  listHeroes: {
    request: (by) => ({ ...page(by, 'listHeroes'), language: sometimes(by, () => language(by)) }),
  },
};

export const storyMoves: Moves<typeof StoryStoreServiceDefinition> = {
  createStory: { request: (by) => ({ story: storyOf(by), ...requestKey(by) }) },
  lookupStory: { request: requestKey },
  getStory: { request: (by) => ({ name: story(by) }) },
  updateStory: {
    request: (by) => ({
      story: { ...named(story(by), by), text: by.text('text'), summary: by.text('summary') },
      updateMask: by.oneOf([['text'], ['summary'], ['text', 'summary']]),
    }),
  },
  deleteStory: { request: (by) => named(story(by), by) },
  rateStory: { request: (by) => ({ name: story(by), rating: 1 + by.below(10) }) },
  listStories: {
    request: (by) => ({
      ...page(by, 'listStories'),
      child: sometimes(by, () => child(by)),
      childName: sometimes(by, () => by.word('Child')),
      language: sometimes(by, () => language(by)),
      state: by.oneOf([State.STATE_UNSPECIFIED, State.STATE_NEW, State.STATE_READ]),
    }),
  },
  listStoryRevisions: { request: (by) => ({ ...page(by, 'listStoryRevisions'), parent: story(by) }) },
  createGeneration: {
    request: (by) => ({
      parent: story(by),
      generation: { model: by.word('model'), prompt: by.text('prompt') },
      requestId: sometimes(by, () => by.word('request')),
    }),
  },
  updateGeneration: {
    request: (by) => {
      const names = Array.from({ length: 5 }, () => by.name('stories', by.uuid));
      const known = names.find((one) => one.includes('/generations/'));
      const name = known ?? `${story(by)}/generations/${1 + by.below(2)}`;
      return {
        generation: { ...named(name, by), status: Status.STATUS_FAILED, errorReason: by.word('REASON') },
        updateMask: by.oneOf([['status'], ['status', 'error_reason'], ['error_reason']]),
      };
    },
  },
  listGenerations: { request: (by) => ({ ...page(by, 'listGenerations'), parent: story(by) }) },
};
