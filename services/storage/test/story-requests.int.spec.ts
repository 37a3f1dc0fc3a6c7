import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RemoteError, status } from '@exempla/rpc';
import { tenant } from './child-errors.ts';
import { startTestServer, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';
import { tell, wireHero } from './story-errors.ts';

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

describe('bad requests about heroes and stories', () => {
  const create = (change: object) => tell(service, tenant(), change);
  const createHero = (change: object) => service.heroes.createHero({ hero: { ...wireHero, ...change } }, tenant());
  const rate = (rating: number) => service.stories.rateStory({ name: `stories/${randomUUID()}`, rating });
  const generate = (generation: object) =>
    service.stories.createGeneration({ parent: `stories/${randomUUID()}`, generation });
  const list = (request: object) => service.stories.listStories(request);
  const bad: [string, string, () => Promise<unknown>][] = [
    ['hero', 'no hero', () => service.heroes.createHero({})],
    ['hero.display_name', 'U+0000 in the name', () => createHero({ displayName: '\0' })],
    ['hero.strengths[0]', 'U+0000 in a strength', () => createHero({ strengths: ['\0'] })],
    ['hero.traits', 'many traits', () => createHero({ traits: Array(21).fill('a') })],
    ['hero.appearance', 'a long appearance', () => createHero({ appearance: 'x'.repeat(1001) })],
    ['hero.language', 'a long language', () => createHero({ language: 'x'.repeat(36) })],
    ['hero.name', 'an update of nothing', () => service.heroes.updateHero({ hero: {}, updateMask: ['gender'] })],
    ['language', 'U+0000 in a filter', () => service.heroes.listHeroes({ language: '\0' })],
    ['request_id', 'a request id of many lines', () => service.stories.lookupStory({ requestId: 'a\nb' })],
    ['request_fingerprint', 'U+0000 in a lookup', () => service.stories.lookupStory({ requestFingerprint: '\0' })],
    ['story', 'no story', () => service.stories.createStory({})],
    ['story.text', 'U+0000 in the text', () => create({ text: 'a\0b' })],
    ['story.text', 'a long text', () => create({ text: 'x'.repeat(100_001) })],
    ['story.title', 'a long title', () => create({ title: 'x'.repeat(201) })],
    ['story.score.criteria[0].name', 'U+0000 deep inside', () => create({ score: { criteria: [{ name: 'a\0' }] } })],
    ['story.score.total', 'a score above 10', () => create({ score: { total: 10.1 } })],
    ['story.score.total', 'a score that is no number', () => create({ score: { total: NaN } })],
    ['story.rating', 'a rating of 0', () => create({ rating: 0 })],
    ['story.length_minutes', 'a long story', () => create({ lengthMinutes: 31 })],
    ['story.audio', 'an audio that is no object', () => create({ audio: 'https://example.org/a.wav' })],
    ['story.illustrations[0]', 'an empty illustration', () => create({ illustrations: [''] })],
    ['story.kind', 'an unknown kind', () => create({ kind: 9 })],
    ['story.child', 'a child that is a hero', () => create({ child: `heroes/${randomUUID()}` })],
    [
      'story.generation_info.cost_micro_usd',
      'a negative cost',
      () => create({ generationInfo: { costMicroUsd: -1n } }),
    ],
    ['rating', 'a rating of 0', () => rate(0)],
    ['rating', 'a rating of 11', () => rate(11)],
    ['rating', 'a negative rating', () => rate(-1)],
    ['child', 'a filter by a child that is none', () => list({ child: 'Mila' })],
    ['child_name', 'U+0000 in a filter by name', () => list({ childName: '\0' })],
    ['state', 'an unknown state', () => list({ state: 9 })],
    ['page_size', 'a negative page size', () => list({ pageSize: -1 })],
    ['parent', 'no parent', () => service.stories.createGeneration({ generation: { model: 'm' } })],
    ['generation', 'no generation', () => service.stories.createGeneration({ parent: `stories/${randomUUID()}` })],
    ['generation.prompt', 'U+0000 in a prompt', () => generate({ model: 'm', prompt: '\0' })],
    ['generation.status', 'an unknown status', () => generate({ model: 'm', status: 9 })],
    [
      'generation.name',
      'an update of nothing',
      () => service.stories.updateGeneration({ generation: {}, updateMask: ['usage'] }),
    ],
    [
      'generation.name',
      'attempt 0',
      () => {
        const generation = { name: `stories/${randomUUID()}/generations/0` };
        return service.stories.updateGeneration({ generation, updateMask: ['usage'] });
      },
    ],
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
