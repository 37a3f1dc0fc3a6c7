import { deleteStory, generateStory, getStory, rateStory, soundAt } from './api.js';
import { isSure } from './dialogs.js';
import { idIn, pointTo, Shelf } from './shelf.js';
import { StoryView } from './story-view.js';
import { Wish } from './wish.js';
import { explain } from './words.js';

/** The story that is open. @type {import('./api.js').Story | undefined} */
let open;
/** What was wished for last. @type {ReturnType<Wish['read']> | undefined} */
let asked;
/** What writes a story, while it is under way. @type {AbortController | undefined} */
let writing;
/** One is under way at most. */
let rating = new AbortController();
/** Why a story is stopped that nobody waits for any more: another one is to be read. */
const LEFT = new Error('left');
/** A wish and its idempotency key, until everything of it is there: asked again, it is the same story. */
let pending = { wish: '', key: '' };

const wish = new Wish(() => write(wish.read()));
const shelf = new Shelf({ older: () => attempt(() => shelf.loadOlder()), reopen: () => attempt(openAddressed) });
const view = new StoryView({
  cancel: () => writing?.abort(),
  rate: (value) => attempt(() => rate(value)),
  again: () => asked && write(asked),
  goOn: () => open && wish.goOnFrom(open),
  remove: () => attempt(remove),
});

addEventListener('hashchange', () => void attempt(openAddressed));
// A closed tab ends its requests; a page that is only put aside would keep them.
addEventListener('pagehide', () => writing?.abort());
await attempt(() => shelf.load());
await attempt(openAddressed);

/** Asked again while a part is missing, the story stays and the part is made. @param {ReturnType<Wish['read']>} told */
async function write(told) {
  asked = told;
  const { signal } = (writing = new AbortController());
  open = undefined;
  shelf.mark(undefined);
  wish.complain();
  wish.setBusy(true);
  view.begin('Thinking of a story …');
  try {
    for await (const part of generateStory(told, { key: keyOf(told), signal })) take(part, told.generate_audio);
    view.say('');
    if (view.end()) view.focus();
  } catch (error) {
    wish.setBusy(false);
    if (signal.reason !== LEFT) stopped(error, signal);
  }
  wish.setBusy(false);
  if (writing?.signal === signal) writing = undefined;
  if (signal.reason === LEFT) await attempt(loadShelf);
  else if (open) await attempt(showOnShelf);
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
  if (open) pointTo(open.id);
  await loadShelf();
}

async function loadShelf() {
  await shelf.load();
  shelf.mark(open?.id);
  wish.offer(shelf.stories);
}

/** Opens the story that the address of the page names, or none. */
async function openAddressed() {
  const id = idIn(location.hash);
  wish.offer(shelf.stories);
  if (id === open?.id) return;
  if (id !== undefined) return read(id);
  // Other places of the page are no stories; what is being written gets an address when it is there.
  if (location.hash === '' && !writing) close();
}

/** Whoever has gone on meanwhile is left alone. @param {string} id */
async function read(id) {
  if (writing) {
    writing.abort(LEFT);
    writing = undefined;
    view.end();
    close();
  }
  const isWanted = () => idIn(location.hash) === id && !writing;
  const story = await getStory(id).catch((error) => {
    if (isWanted()) throw error;
  });
  if (!story || !isWanted()) return;
  view.clear();
  show(story);
  shelf.mark(id);
  view.focus();
  view.bringIntoSight();
}

function close() {
  open = undefined;
  view.clear();
  shelf.mark(undefined);
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
    if (open === story) view.setRating(story.rating);
    throw error;
  }
  story.rating = value;
  shelf.rate(story.id, value);
  if (open === story) view.setRating(value);
}

async function remove() {
  const story = open;
  if (!story || !(await isSure(story.title))) return;
  await deleteStory(story.id);
  if (open === story) {
    history.replaceState(null, '', location.pathname);
    close();
    view.say('The story is deleted.');
    wish.focus();
  }
  await loadShelf();
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
