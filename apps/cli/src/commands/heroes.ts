import { idIn } from '@exempla/contracts';
import { HeroServiceDefinition, ListHeroesResponse } from '@exempla/contracts/orchestrator/v1/hero_service';
import { Hero } from '@exempla/contracts/type/v1/hero';
import type { Command } from 'commander';
import { UsageError } from '../problems.ts';
import { GENDERS, type GenderWord } from '../requests/story.ts';
import { tableOf } from '../terminal/table.ts';
import type { Choose } from './invocation.ts';
import { type PageOptions, pageOf, tellOfNextPage, withPages } from './pages.ts';
import { genderWord } from './people-values.ts';
import type { Session } from './session.ts';
import { gender, list, nameIn } from './values.ts';

interface HeroOptions {
  name?: string;
  gender?: GenderWord;
  appearance?: string;
  traits?: string[];
  interests?: string[];
  strengths?: string[];
  language?: string;
  etag?: string;
}

const id = nameIn('heroes');

export function addHeroes(program: Command, choose: Choose): void {
  const heroes = program.command('heroes').description('heroes to tell stories about');
  const run = (work: (session: Session) => Promise<void>): void => choose({ run: work });

  withPages(heroes.command('list').description('list, newest first'))
    .option('--language <tag>', 'only in this language')
    .action((options: PageOptions & { language?: string }) => run((session) => listHeroes(options, session)));
  withHero(heroes.command('create').description('add a hero')).action((options: HeroOptions) => {
    const hero = { language: 'en', ...changeOf(options).hero };
    run((session) => one(session, (client) => client.createHero({ hero }, session.peers.call())));
  });
  heroes
    .command('get')
    .argument('<hero>', 'its ID, or heroes/ID', id)
    .description('show one')
    .action((name: string) =>
      run((session) => one(session, (client) => client.getHero({ name }, session.peers.call()))),
    );
  withHero(
    heroes
      .command('update')
      .argument('<hero>', 'its ID, or heroes/ID', id)
      .description('change the fields that are given'),
  )
    .option('--etag <etag>', 'only if this is still its version')
    .action((name: string, options: HeroOptions) => {
      const { hero, updateMask } = changeOf(options);
      if (updateMask.length === 0) throw new UsageError('Nothing to change', 'exempla heroes update --help');
      const changed = { ...hero, name, etag: options.etag ?? '' };
      run((session) =>
        one(session, (client) => client.updateHero({ hero: changed, updateMask }, session.peers.call())),
      );
    });
  heroes
    .command('delete')
    .argument('<hero>', 'its ID, or heroes/ID', id)
    .description('remove; its stories stay')
    .option('--etag <etag>', 'only if this is still its version')
    .action((name: string, { etag = '' }: HeroOptions) => run((session) => remove(name, etag, session)));
}

const withHero = (command: Command): Command =>
  command
    .option('--name <text>', 'name of the hero')
    .option('--gender <word>', 'female, male or other', gender)
    .option('--appearance <text>', 'what the hero looks like')
    .option('--traits <list>', 'what the hero is like, separated by commas', list)
    .option('--interests <list>', 'what the hero likes, separated by commas', list)
    .option('--strengths <list>', 'what the hero is good at, separated by commas', list)
    .option('--language <tag>', 'language of what is said here (en)');

/** What the options say of a hero, and which fields that is. */
export function changeOf({ name, gender: word, appearance, traits, interests, strengths, language }: HeroOptions) {
  const said = {
    display_name: name,
    gender: word === undefined ? undefined : GENDERS[word],
    appearance,
    traits,
    interests,
    strengths,
    language,
  };
  const updateMask = Object.entries(said).flatMap(([field, value]) => (value === undefined ? [] : [field]));
  const { display_name: displayName, ...rest } = said;
  const hero = Object.fromEntries(Object.entries({ displayName, ...rest }).filter(([, value]) => value !== undefined));
  return { hero: hero as Partial<Hero>, updateMask };
}

const HEADS = ['hero', 'name', 'gender', 'language', 'traits', 'strengths', 'likes'];
const rowOf = (hero: Hero): string[] => [
  idIn(hero.name),
  hero.displayName,
  genderWord(hero.gender),
  hero.language,
  hero.traits.join(', '),
  hero.strengths.join(', '),
  hero.interests.join(', '),
];

const clientOf = ({ peers }: Session) => peers.client('orchestrator', HeroServiceDefinition);
type Client = Awaited<ReturnType<typeof clientOf>>;

async function one(session: Session, call: (client: Client) => Promise<Hero>): Promise<void> {
  const hero = await call(await clientOf(session));
  session.answer(
    () => Hero.toJSON(hero),
    (width, style) => tableOf(HEADS, [rowOf(hero)], { width, style }),
  );
}

async function listHeroes(options: PageOptions & { language?: string }, session: Session): Promise<void> {
  const client = await clientOf(session);
  const page = await client.listHeroes({ ...pageOf(options), language: options.language ?? '' }, session.peers.call());
  session.document(() => ListHeroesResponse.toJSON(page));
  for (const hero of page.heroes) session.message(() => Hero.toJSON(hero));
  const { width, style } = session.around;
  session.text(tableOf(HEADS, page.heroes.map(rowOf), { width, style }));
  tellOfNextPage(page.nextPageToken, session);
}

async function remove(name: string, etag: string, session: Session): Promise<void> {
  const client = await clientOf(session);
  await client.deleteHero({ name, etag }, session.peers.call());
  session.answer(
    () => ({ deleted: name }),
    () => [`  ${name} is removed`],
  );
}
