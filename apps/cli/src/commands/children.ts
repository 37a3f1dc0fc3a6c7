import { idIn } from '@exempla/contracts';
import { ChildServiceDefinition, ListChildrenResponse } from '@exempla/contracts/orchestrator/v1/child_service';
import { type AgeGroup, Child } from '@exempla/contracts/type/v1/child';
import type { Command } from 'commander';
import { UsageError } from '../problems.ts';
import { GENDERS, type GenderWord } from '../requests/story.ts';
import { tableOf } from '../terminal/table.ts';
import type { Choose } from './invocation.ts';
import { type PageOptions, pageOf, tellOfNextPage, withPages } from './pages.ts';
import { ageGroup, ageWord, genderWord } from './people-values.ts';
import type { Session } from './session.ts';
import { gender, list, nameIn, wholeNumber } from './values.ts';

interface ChildOptions {
  name?: string;
  age?: number;
  ageGroup?: AgeGroup;
  gender?: GenderWord;
  interests?: string[];
  etag?: string;
}

const id = nameIn('children');
const HELP = 'exempla children --help';

export function addChildren(program: Command, choose: Choose): void {
  const children = program.command('children').description('children to tell stories to');
  const run = (work: (session: Session) => Promise<void>): void => choose({ run: work });

  withPages(children.command('list').description('list, newest first')).action((options: PageOptions) =>
    run((session) => listChildren(options, session)),
  );
  withChild(children.command('create').description('add a child, or find the one that exists')).action(
    (options: ChildOptions) => {
      const { child } = changeOf(options);
      run((session) => one(session, (client) => client.createChild({ child }, session.peers.call())));
    },
  );
  children
    .command('get')
    .argument('<child>', 'its ID, or children/ID', id)
    .description('show one')
    .action((name: string) =>
      run((session) => one(session, (client) => client.getChild({ name }, session.peers.call()))),
    );
  withChild(
    children
      .command('update')
      .argument('<child>', 'its ID, or children/ID', id)
      .description('change the fields that are given'),
  )
    .option('--etag <etag>', 'only if this is still its version')
    .action((name: string, options: ChildOptions) => {
      const { child, updateMask } = changeOf(options);
      if (updateMask.length === 0) throw new UsageError('Nothing to change', 'exempla children update --help');
      const changed = { ...child, name, etag: options.etag ?? '' };
      run((session) =>
        one(session, (client) => client.updateChild({ child: changed, updateMask }, session.peers.call())),
      );
    });
  children
    .command('delete')
    .argument('<child>', 'its ID, or children/ID', id)
    .description('remove; its stories stay')
    .option('--etag <etag>', 'only if this is still its version')
    .action((name: string, { etag = '' }: ChildOptions) => run((session) => remove(name, etag, session)));
}

const withChild = (command: Command): Command =>
  command
    .option('--name <text>', 'name of the child')
    .option('--age <years>', '1 to 18', wholeNumber)
    .option('--age-group <group>', '2-3, 3-5 or 5-7, in place of --age', ageGroup)
    .option('--gender <word>', 'female, male or other', gender)
    .option('--interests <list>', 'what it likes, separated by commas', list);

/** What the options say of a child, and which fields that is. */
export function changeOf(options: ChildOptions) {
  const { name, age, ageGroup: group, gender: word, interests } = options;
  if (age !== undefined && group !== undefined)
    throw new UsageError('--age and --age-group exclude each other: give one', HELP);
  const said = {
    ...(name === undefined ? {} : { displayName: name }),
    ...(age === undefined ? {} : { age: { $case: 'years', value: age } as const }),
    ...(group === undefined ? {} : { age: { $case: 'ageGroup', value: group } as const }),
    ...(word === undefined ? {} : { gender: GENDERS[word] }),
    ...(interests === undefined ? {} : { interests }),
  };
  const updateMask = [
    ...(name === undefined ? [] : ['display_name']),
    ...(age === undefined ? [] : ['years']),
    ...(group === undefined ? [] : ['age_group']),
    ...(word === undefined ? [] : ['gender']),
    ...(interests === undefined ? [] : ['interests']),
  ];
  return { child: said, updateMask };
}

const HEADS = ['child', 'name', 'age', 'gender', 'likes'];
const rowOf = ({ name, displayName, age, gender: of, interests }: Child): string[] => [
  idIn(name),
  displayName,
  ageWord(age),
  genderWord(of),
  interests.join(', '),
];

const clientOf = ({ peers }: Session) => peers.client('orchestrator', ChildServiceDefinition);
type Client = Awaited<ReturnType<typeof clientOf>>;

async function one(session: Session, call: (client: Client) => Promise<Child>): Promise<void> {
  const child = await call(await clientOf(session));
  session.answer(
    () => Child.toJSON(child),
    (width, style) => tableOf(HEADS, [rowOf(child)], { width, style }),
  );
}

async function listChildren(options: PageOptions, session: Session): Promise<void> {
  const client = await clientOf(session);
  const page = await client.listChildren(pageOf(options), session.peers.call());
  session.document(() => ListChildrenResponse.toJSON(page));
  for (const child of page.children) session.message(() => Child.toJSON(child));
  const { width, style } = session.around;
  session.text(tableOf(HEADS, page.children.map(rowOf), { width, style }));
  tellOfNextPage(page.nextPageToken, session);
}

async function remove(name: string, etag: string, session: Session): Promise<void> {
  const client = await clientOf(session);
  await client.deleteChild({ name, etag }, session.peers.call());
  session.answer(
    () => ({ deleted: name }),
    () => [`  ${name} is removed`],
  );
}
