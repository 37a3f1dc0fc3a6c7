import { listStories } from './api.js';
import { find, make } from './dom.js';
import { minutes } from './words.js';

/** Where a story is read; the address of the page says which one is open. @param {string} id */
const addressOf = (id) => `#story/${id}`;

/** The story an address names. @param {string} hash */
export const idIn = (hash) => /^#story\/([A-Za-z0-9-]+)$/.exec(hash)?.[1];

/** Makes a story the one that the address of the page names; another one that it named is a step back. @param {string} id */
export function pointTo(id) {
  const before = idIn(location.hash);
  if (before === id) return;
  if (before === undefined) history.replaceState(null, '', addressOf(id));
  else history.pushState(null, '', addressOf(id));
}

/** The earlier stories, newest first. */
export class Shelf {
  #nav = find('.shelf', HTMLElement);
  #list = find('.shelf ul', HTMLUListElement);
  #older = find('#older', HTMLButtonElement);
  #next = '';
  /** @type {string | undefined} */
  #marked;
  /** @type {import('./api.js').Story[]} */
  stories = [];

  /** @param {{ older: () => unknown, reopen: () => unknown }} actions `reopen`: nobody else tells of a link to where the page is. */
  constructor({ older, reopen }) {
    this.#older.addEventListener('click', () => void older());
    this.#list.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('a')?.hash === location.hash) void reopen();
    });
  }

  /** Begins anew, with the newest. */
  async load() {
    this.#take(await listStories(''), []);
  }

  async loadOlder() {
    const known = this.stories.length;
    this.#take(await listStories(this.#next), this.stories);
    this.#list.children[known]?.querySelector('a')?.focus();
  }

  /** @param {string} id @param {number} rating */
  rate(id, rating) {
    this.stories = this.stories.map((story) => (story.id === id ? { ...story, rating } : story));
    this.#show();
  }

  /** Which one is open. @param {string | undefined} id */
  mark(id) {
    this.#marked = id;
    for (const link of this.#list.querySelectorAll('a'))
      if (id !== undefined && link.hash === addressOf(id)) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
  }

  /** @param {Awaited<ReturnType<typeof listStories>>} page @param {import('./api.js').Story[]} before */
  #take({ stories, next_page_token }, before) {
    this.stories = [...before, ...stories];
    this.#next = next_page_token;
    this.#show();
  }

  #show() {
    this.#list.replaceChildren(...this.stories.map(item));
    this.mark(this.#marked);
    this.#nav.hidden = this.stories.length === 0;
    this.#older.hidden = !this.#next;
  }
}

/** @param {import('./api.js').Story} story */
function item({ id, title, child_name, story_length, rating, created_at, language }) {
  const day = created_at && new Date(created_at).toLocaleDateString('en', { day: 'numeric', month: 'short' });
  const told = [child_name && `for ${child_name}`, minutes(story_length), day, rating && `${rating} of 10`];
  const link = make('a', { href: addressOf(id) }, make('strong', { textContent: title, lang: language }));
  link.append(make('span', { textContent: told.filter(Boolean).join(' · ') }));
  return make('li', {}, link);
}
