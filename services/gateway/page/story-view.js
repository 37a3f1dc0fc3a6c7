import { find, make } from './dom.js';
import { minutes, missing } from './words.js';

const RATINGS = Array.from({ length: 10 }, (_, at) => at + 1);

/** The story: while it is written, and when it is read. */
export class StoryView {
  #section = find('#story', HTMLElement);
  #status = find('.status [role=status]', HTMLElement);
  #cancel = find('#cancel', HTMLButtonElement);
  #article = find('article', HTMLElement);
  #title = find('h2', HTMLElement, this.#article);
  #for = find('.for', HTMLElement);
  #text = find('.text', HTMLElement);
  #audio = find('audio', HTMLAudioElement);
  #note = find('.note', HTMLElement);
  #rated = find('.rating [role=status]', HTMLElement);
  #footer = find('footer', HTMLElement, this.#article);
  #empty = find('.empty', HTMLElement);
  /** Number of the draft that is shown; 0 when none is. */
  #draft = 0;

  /** @param {{ cancel: () => void, rate: (rating: number) => unknown, again: () => unknown, goOn: () => void, remove: () => unknown }} actions */
  constructor({ cancel, rate, again, goOn, remove }) {
    this.#cancel.addEventListener('click', cancel);
    find('#again', HTMLButtonElement).addEventListener('click', () => void again());
    find('#go-on', HTMLButtonElement).addEventListener('click', goOn);
    find('#remove', HTMLButtonElement).addEventListener('click', () => void remove());
    const stars = find('.stars', HTMLElement);
    stars.append(...RATINGS.map(star));
    stars.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement) void rate(Number(target.value));
    });
  }

  /** What is going on, said once. @param {string} text */
  say(text) {
    this.#status.textContent = text;
  }

  /** An empty page, and the way to stop. @param {string} status */
  begin(status) {
    this.clear();
    this.say(status);
    this.#empty.hidden = true;
    this.#article.setAttribute('aria-busy', 'true');
    this.#cancel.hidden = false;
    this.#cancel.focus({ preventScroll: true });
    this.bringIntoSight();
  }

  /** Nothing is under way any more. Says whether whoever waited did nothing else meanwhile. */
  end() {
    const waiting = document.activeElement === this.#cancel || document.activeElement === document.body;
    this.#article.removeAttribute('aria-busy');
    this.#cancel.hidden = true;
    return waiting;
  }

  clear() {
    this.#audio.pause();
    this.#forget();
    this.#draft = 0;
    this.#text.replaceChildren();
    for (const part of [this.#article, this.#audio, this.#note, this.#footer]) part.hidden = true;
    this.#empty.hidden = false;
    this.#for.textContent = '';
    this.say('');
  }

  /** @param {string} title */
  setTitle(title) {
    this.#empty.hidden = true;
    this.#article.hidden = false;
    this.#title.textContent = title;
  }

  /** Text of a draft as it is written. Another draft takes the place of the one before. @param {{ attempt: number, title: string, text: string }} piece */
  addDraft({ attempt, title, text }) {
    if (attempt !== this.#draft) this.#text.replaceChildren();
    this.#draft = attempt;
    if (title) this.setTitle(title);
    const [begun, ...others] = text.split('\n\n');
    if (begun) (this.#text.lastElementChild ?? this.#text.appendChild(make('p'))).append(begun);
    this.#text.append(...others.map((textContent) => make('p', { textContent })));
  }

  /** What is kept takes the place of drafts. @param {string} title */
  beginKept(title) {
    this.setTitle(title);
    if (this.#draft > 0) this.#text.replaceChildren();
    this.#draft = 0;
  }

  /** A paragraph, as soon as it is written. @param {string} text */
  addText(text) {
    const paragraphs = text.split(/\n+/).filter((line) => line.trim() !== '');
    this.#text.append(...paragraphs.map((textContent) => make('p', { textContent })));
  }

  /** The whole story as it is kept. @param {import('./api.js').Story} story */
  show(story) {
    const { title, content, language, child_name, story_length, rating } = story;
    this.setTitle(title);
    this.#article.lang = language;
    this.#for.textContent = [child_name && `for ${child_name}`, minutes(story_length)].filter(Boolean).join(' · ');
    if (this.#text.childElementCount === 0) this.addText(content);
    this.setRating(rating);
    this.#footer.hidden = false;
  }

  /** @param {string} url Where the sound is. */
  listen(url) {
    if (this.#audio.getAttribute('src') === url) return;
    this.#forget();
    this.#audio.src = url;
    this.#audio.hidden = false;
  }

  #forget() {
    URL.revokeObjectURL(this.#audio.src);
    this.#audio.removeAttribute('src');
  }

  /** @param {number | null} rating */
  setRating(rating) {
    for (const input of this.#footer.querySelectorAll('input')) input.checked = Number(input.value) === rating;
    this.#rated.textContent = rating ? `Rated ${rating} of 10.` : '';
  }

  /** Tells of parts that did not come. @param {Parameters<typeof missing>[0]} degraded */
  setMissing(degraded) {
    find('p', HTMLElement, this.#note).textContent = missing(degraded);
    this.#note.hidden = degraded.length === 0;
  }

  focus() {
    this.#title.focus({ preventScroll: true });
  }

  /** Not while somebody reads. */
  bringIntoSight() {
    this.#section.scrollIntoView();
  }
}

/** @param {number} value */
function star(value) {
  const input = make('input', { type: 'radio', name: 'rating', value: String(value) });
  return make('label', {}, input, make('span', { textContent: String(value) }));
}
