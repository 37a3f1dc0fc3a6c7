import { find, make } from './dom.js';
import { minutes, missing } from './words.js';

const RATINGS = Array.from({ length: 10 }, (_, at) => at + 1);

/** The story: while it is written, and when it is read. */
export class StoryView {
  #section = find('#story', HTMLElement);
  #status = find('[role=status]', HTMLElement);
  #cancel = find('#cancel', HTMLButtonElement);
  #article = find('article', HTMLElement);
  #title = find('h2', HTMLElement, this.#article);
  #for = find('.for', HTMLElement);
  #text = find('.text', HTMLElement);
  #audio = find('audio', HTMLAudioElement);
  #note = find('.note', HTMLElement);
  #footer = find('footer', HTMLElement, this.#article);
  #empty = find('.empty', HTMLElement);

  /** @param {{ cancel: () => void, rate: (rating: number) => unknown, goOn: () => void, remove: () => unknown }} actions */
  constructor({ cancel, rate, goOn, remove }) {
    this.#cancel.addEventListener('click', cancel);
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
    this.#section.setAttribute('aria-busy', 'true');
    this.#cancel.hidden = false;
    this.#cancel.focus({ preventScroll: true });
    this.#section.scrollIntoView();
  }

  /** Nothing is under way any more. Says whether whoever waited did nothing else meanwhile. */
  end() {
    const waiting = document.activeElement === this.#cancel || document.activeElement === document.body;
    this.#section.removeAttribute('aria-busy');
    this.#cancel.hidden = true;
    return waiting;
  }

  clear() {
    this.#audio.pause();
    this.#audio.removeAttribute('src');
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

  /** A paragraph, as soon as it is written. @param {string} text */
  addText(text) {
    const paragraphs = text.split(/\n+/).filter((line) => line.trim() !== '');
    this.#text.append(...paragraphs.map((textContent) => make('p', { textContent })));
  }

  /** The whole story as it is kept. @param {import('./api.js').Story} story */
  show(story) {
    const { title, content, language, child_name, story_length, rating, audio_file_url } = story;
    this.setTitle(title);
    this.#article.lang = language;
    this.#for.textContent = [child_name && `for ${child_name}`, minutes(story_length)].filter(Boolean).join(' · ');
    if (this.#text.childElementCount === 0) this.addText(content);
    if (audio_file_url) this.listen(audio_file_url);
    this.setRating(rating);
    this.#footer.hidden = false;
  }

  /** @param {string} url Where the sound is. */
  listen(url) {
    if (this.#audio.getAttribute('src') === url) return;
    this.#audio.src = url;
    this.#audio.hidden = false;
  }

  /** @param {number | null} rating */
  setRating(rating) {
    for (const input of this.#footer.querySelectorAll('input')) input.checked = Number(input.value) === rating;
  }

  /** Tells of parts that did not come. @param {Parameters<typeof missing>[0]} degraded */
  setMissing(degraded) {
    this.#note.textContent = missing(degraded);
    this.#note.hidden = degraded.length === 0;
  }

  focus() {
    this.#title.focus({ preventScroll: true });
    this.#section.scrollIntoView();
  }
}

/** @param {number} value */
function star(value) {
  const input = make('input', { type: 'radio', name: 'rating', value: String(value) });
  return make('label', {}, input, make('span', { textContent: String(value) }));
}
