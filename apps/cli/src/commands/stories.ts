import { idIn } from '@exempla/contracts';
import { ListStoriesResponse, StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { Story } from '@exempla/contracts/type/v1/story';
import type { Command } from 'commander';
import { RefusedError } from '../problems.ts';
import { canBeSaved } from '../speech/save-sound.ts';
import { MARGIN } from '../terminal/columns.ts';
import { storyView } from '../terminal/story-view.ts';
import { tableOf } from '../terminal/table.ts';
import { bytes } from '../terminal/text.ts';
import type { Choose } from './invocation.ts';
import { download, fileOf, secondsOf } from './narration.ts';
import { type PageOptions, pageOf, tellOfNextPage, withPages } from './pages.ts';
import type { Session } from './session.ts';
import { file, nameIn, wholeNumber } from './values.ts';

interface Filters extends PageOptions {
  child?: string;
  childName?: string;
  language?: string;
}

const id = nameIn('stories');

export function addStories(program: Command, choose: Choose): void {
  const stories = program.command('stories').description('stories told before');
  const run = (work: (session: Session) => Promise<void>): void => choose({ run: work });

  withPages(stories.command('list').description('list, newest first'))
    .option('--child <id>', 'only of this child', nameIn('children'))
    .option('--child-name <text>', 'only of children with this name')
    .option('--language <tag>', 'only in this language')
    .action((options: Filters) => run((session) => listStories(options, session)));
  stories
    .command('get')
    .argument('<story>', 'its ID, or stories/ID', id)
    .description('read one')
    .action((name: string) => run((session) => read(name, session)));
  stories
    .command('rate')
    .description('rate one, 1 to 10')
    .argument('<story>', 'its ID, or stories/ID', id)
    .argument('<rating>', '1 to 10', wholeNumber)
    .action((name: string, rating: number) => run((session) => rate(name, rating, session)));
  stories
    .command('delete')
    .argument('<story>', 'its ID, or stories/ID', id)
    .description('remove one, and its narration')
    .option('--etag <etag>', 'only if this is still its version')
    .action((name: string, { etag = '' }: { etag?: string }) => run((session) => remove(name, etag, session)));
  stories
    .command('audio')
    .argument('<story>', 'its ID, or stories/ID', id)
    .description('save the narration of one in a file')
    .option('--out <file>', 'where to (default: story.wav, or .mp3 when it is one)', file)
    .action((name: string, { out }: { out?: string }) => run((session) => saveAudio(name, out, session)));
}

const clientOf = ({ peers }: Session) => peers.client('orchestrator', StoryServiceDefinition);

async function listStories(options: Filters, session: Session): Promise<void> {
  const client = await clientOf(session);
  const { child = '', childName = '', language = '' } = options;
  const page = await client.listStories({ ...pageOf(options), child, childName, language }, session.peers.call());
  session.document(() => ListStoriesResponse.toJSON(page));
  for (const story of page.stories) session.message(() => Story.toJSON(story));
  const rows = page.stories.map((story) => [
    idIn(story.name),
    story.title,
    story.childSnapshot?.displayName ?? '',
    story.rating === undefined ? '' : `${story.rating}/10`,
    story.audio === '' ? '' : 'yes',
    story.createTime?.toISOString().slice(5, 16).replace('T', ' ') ?? '',
  ]);
  const { width, style } = session.around;
  session.text(tableOf(['story', 'title', 'told to', 'rating', 'audio', 'written, UTC'], rows, { width, style }));
  tellOfNextPage(page.nextPageToken, session);
}

async function read(name: string, session: Session): Promise<void> {
  const client = await clientOf(session);
  const story = await client.getStory({ name }, session.peers.call());
  session.answer(
    () => Story.toJSON(story),
    (width, style) => ['', ...storyView({ story }, width, style)],
  );
}

async function rate(name: string, rating: number, session: Session): Promise<void> {
  const client = await clientOf(session);
  const story = await client.rateStory({ name, rating }, session.peers.call());
  session.answer(
    () => Story.toJSON(story),
    () => [`${MARGIN}${name} is rated ${story.rating}/10`],
  );
}

async function remove(name: string, etag: string, session: Session): Promise<void> {
  const client = await clientOf(session);
  await client.deleteStory({ name, etag }, session.peers.call());
  session.answer(
    () => ({ deleted: name }),
    () => [`${MARGIN}${name} is removed`],
  );
}

async function saveAudio(name: string, out: string | undefined, session: Session): Promise<void> {
  if (out !== undefined) await canBeSaved(out);
  const client = await clientOf(session);
  const { audio } = await client.getStory({ name }, session.peers.call());
  if (audio === '') throw new RefusedError(`${name} has no narration`);
  session.doing('fetching the narration');
  const saved = await download(audio, out ?? fileOf(audio), session);
  session.answer(
    () => ({ story: name, ...saved }),
    (_, style) => [`${MARGIN}${style.strong(saved.file)}  ${secondsOf(saved)}${bytes(saved.bytes)}`],
  );
}
