import { deleteStory, generateStory, getStory, rateStory, soundAt } from './api.js';
import { isSure } from './dialogs.js';
import { addressOf, idIn, Shelf } from './shelf.js';
import { StoryView } from './story-view.js';
import { Wish } from './wish.js';
import { explain } from './words.js';

/** The story that is open. @type {import('./api.js').Story | undefined} */
let open;
/** What was wished for last. @type {ReturnType<Wish['read']> | undefined} */
let asked;
/** One of each is under way at most. */
let writing = new AbortController();
let rating = new AbortController();
/** A wish and its idempotency key, until everything of it is there: asked again, it is the same story. */
let pending = { wish: '', key: '' };

const wish = new Wish(() => write(wish.read()));
const shelf = new Shelf(() => attempt(() => shelf.loadOlder()));
const view = new StoryView({
  cancel: () => writing.abort(),
  rate: (value) => attempt(() => rate(value)),
  again: () => asked && write(asked),
  goOn: () => open && wish.goOnFrom(open),
  remove: () => attempt(remove),
});

addEventListener('hashchange', () => void attempt(openAddressed));
// A closed tab ends its requests; a page that is only put aside would keep them.
addEventListener('pagehide', () => writing.abort());
await attempt(() => shelf.load());
await attempt(openAddressed);

/** Asked again while a part is missing, the story stays and the part is made. @param {ReturnType<Wish['read']>} told */
async function write(told) {
  asked = told;
  const { signal } = (writing = new AbortController());
  open = undefined;
  wish.complain();
  wish.setBusy(true);
  view.begin('Thinking of a story …');
  try {
    for await (const part of generateStory(told, { key: keyOf(told), signal })) take(part, told.generate_audio);
    view.say('');
    if (view.end()) view.focus();
  } catch (error) {
    wish.setBusy(false);
    stopped(error, signal);
  }
  wish.setBusy(false);
  if (open) await attempt(showOnShelf);
}

/** @param {object} told */
function keyOf(told) {
  const wished = JSON.stringify(told);
  if (pending.wish !== wished || !pending.key)
    pending = { wish: wished, key: crypto.getRandomValues(new BigUint64Array(2)).join('-') };
  return pending.key;
}

/** One part of the answer. @param {{ event: string, data: any }} part @param {boolean} aloud */
function take({ event, data }, aloud) {
  switch (event) {
    case 'draft':
      if (data.title) view.say('Writing …');
      return view.addDraft(data);
    case 'title':
      view.beginKept(data.title);
      return view.say('Writing …');
    case 'text':
      return view.addText(data.text);
    case 'saved':
      open = data;
      return view.say(aloud ? 'The story is kept. Reading it aloud …' : 'The story is kept.');
    case 'audio':
      return void attempt(() => listen(data.audio_file_url));
    case 'done':
      if (!data.degraded?.length) pending.key = '';
      show({ ...open, ...data });
      return view.setMissing(data.degraded ?? []);
  }
}

/** @param {import('./api.js').Story} story */
function show(story) {
  open = story;
  view.show(story);
  if (story.audio_file_url) void attempt(() => listen(story.audio_file_url));
}

/** @param {string | null} url */
async function listen(url) {
  const told = open;
  const sound = url && (await soundAt(url));
  if (sound && told === open) view.listen(sound);
}

/** What is kept stays, also when its sound does not come. @param {unknown} error @param {AbortSignal} signal */
function stopped(error, signal) {
  const wasHere = view.end();
  if (open) show(open);
  else view.clear();
  view.say(signal.aborted ? (open ? 'Stopped. The story is kept, without its sound.' : 'Stopped.') : '');
  if (!signal.aborted) wish.complain(explain(error));
  else if (wasHere) (open ? view : wish).focus();
}

async function showOnShelf() {
  if (open) history.replaceState(null, '', addressOf(open.id));
  await shelf.load();
  shelf.mark(open?.id);
  wish.offer(shelf.stories);
}

/** Opens the story that the address of the page names. */
async function openAddressed() {
  const id = idIn(location.hash);
  wish.offer(shelf.stories);
  if (id === undefined || id === open?.id) return;
  writing.abort();
  const story = await getStory(id);
  view.clear();
  show(story);
  shelf.mark(id);
  view.focus();
  view.bringIntoSight();
}

/** @param {number} value */
async function rate(value) {
  if (!open) return;
  const story = open;
  rating.abort();
  const { signal } = (rating = new AbortController());
  try {
    await rateStory(story.id, value, signal);
  } catch (error) {
    // Another rating has taken its place.
    if (signal.aborted) return;
    view.setRating(story.rating);
    throw error;
  }
  story.rating = value;
  shelf.rate(story.id, value);
  shelf.mark(story.id);
  view.setRating(value);
}

async function remove() {
  if (!open || !(await isSure(open.title))) return;
  await deleteStory(open.id);
  open = undefined;
  history.replaceState(null, '', location.pathname);
  view.clear();
  view.say('The story is deleted.');
  wish.focus();
  await shelf.load();
  wish.offer(shelf.stories);
}

/** Does what somebody asked for, and says so when it fails. @param {() => Promise<unknown>} work */
async function attempt(work) {
  try {
    await work();
  } catch (error) {
    const { fields, whole } = explain(error);
    view.say([...fields.values(), whole].filter(Boolean).join(' '));
  }
}
