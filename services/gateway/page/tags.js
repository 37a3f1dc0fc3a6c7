import { find, make } from './dom.js';

/** Words that are added by Enter or a comma, and taken away by a click or Backspace. */
export class Tags {
  #list = find('.tags ul', HTMLUListElement);
  #input = find('#interest', HTMLInputElement);
  /** @type {string[]} */
  #words = [];

  constructor() {
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#input.addEventListener('input', () => {
      if (this.#input.value.includes(',')) this.#take();
    });
    find('.tags', HTMLElement).addEventListener('click', ({ target, currentTarget }) => {
      if (target === currentTarget) this.#input.focus();
    });
  }

  /** With what is still being typed. */
  get words() {
    this.#take();
    return [...this.#words];
  }

  /** @param {string[]} words */
  replace(words) {
    this.#words = [...words];
    this.#show();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { value } = this.#input;
    if (event.key === 'Enter' && value.trim() !== '') {
      event.preventDefault();
      this.#take();
    } else if (event.key === 'Backspace' && value === '' && this.#words.length > 0) this.#drop(this.#words.length - 1);
  }

  #take() {
    const typed = this.#input.value.split(',').map((word) => word.trim());
    const added = typed.filter((word, at) => word !== '' && typed.indexOf(word) === at && !this.#words.includes(word));
    this.#input.value = '';
    if (added.length === 0) return;
    this.#words.push(...added);
    this.#show();
  }

  /** @param {number} at */
  #drop(at) {
    this.#words.splice(at, 1);
    this.#show();
  }

  #show() {
    this.#list.replaceChildren(...this.#words.map((word, at) => make('li', {}, this.#tag(word, at))));
    this.#input.placeholder = this.#words.length > 0 ? '' : 'foxes, stars, …';
  }

  /** @param {string} word @param {number} at */
  #tag(word, at) {
    const tag = make('button', { type: 'button', title: 'Take away', textContent: word });
    tag.setAttribute('aria-label', `${word}, take away`);
    tag.addEventListener('click', () => {
      this.#drop(at);
      this.#input.focus();
    });
    return tag;
  }
}
