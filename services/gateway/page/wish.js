import { find, make } from './dom.js';
import { Tags } from './tags.js';
import { minutes } from './words.js';

/** The form: what story is wanted, and what is wrong with it. */
export class Wish {
  #form = find('#wish', HTMLFormElement);
  #alert = find('.alert', HTMLElement, this.#form);
  #submit = find('[type=submit]', HTMLButtonElement, this.#form);
  #previous = find('#previous', HTMLSelectElement);
  #tags = new Tags();

  /** @param {() => unknown} onSubmit */
  constructor(onSubmit) {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void onSubmit();
    });
    this.#form.addEventListener('input', () => this.#follow());
    this.#follow();
  }

  /** As POST /api/v1/stories/generate takes it. */
  read() {
    const told = new FormData(this.#form);
    const text = (/** @type {string} */ name) => {
      const value = told.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const ownMoral = text('moral') === '';
    return {
      child: {
        name: text('name'),
        age: text('age') === '' ? null : Number(text('age')),
        gender: text('gender'),
        interests: this.#tags.words,
      },
      ...(ownMoral ? { custom_moral: text('custom_moral') } : { moral: text('moral') }),
      language: 'en',
      story_length: Number(text('story_length')),
      generate_audio: told.has('generate_audio'),
      ...(text('previous_story_id') && { previous_story_id: text('previous_story_id') }),
    };
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    this.#submit.disabled = busy;
  }

  focus() {
    this.#submit.focus();
  }

  /** Shows each message beside its field, goes to the first; without any, all is well. @param {ReturnType<typeof import('./words.js').explain>} [told] */
  complain({ fields, whole } = { fields: new Map(), whole: '' }) {
    const left = new Map(fields);
    for (const field of this.#form.querySelectorAll('[data-field]')) {
      const name = /** @type {HTMLElement} */ (field).dataset['field'] ?? '';
      complainAt(/** @type {HTMLElement} */ (field), left.get(name));
      left.delete(name);
    }
    this.#alert.textContent = [whole, ...left.values()].filter(Boolean).join(' ');
    const first = this.#form.querySelector('[aria-invalid=true]');
    if (first instanceof HTMLElement) first.focus();
    else if (this.#alert.textContent) this.#submit.focus();
  }

  /** Stories that another one may go on from. @param {import('./api.js').Story[]} stories */
  offer(stories) {
    const chosen = this.#previous.value;
    this.#previous.replaceChildren(new Option('no other story', ''), ...stories.map(optionOf));
    this.#previous.value = stories.some(({ id }) => id === chosen) ? chosen : '';
    find('[data-field=previous_story_id]', HTMLElement).hidden = stories.length === 0;
  }

  /** The next story of the same child. @param {import('./api.js').Story} story */
  goOnFrom(story) {
    const { id, child_name, child_age, child_gender, child_interests } = story;
    if (![...this.#previous.options].some(({ value }) => value === id)) this.#previous.add(optionOf(story));
    this.#previous.value = id;
    find('[data-field=previous_story_id]', HTMLElement).hidden = false;
    if (child_name) find('#name', HTMLInputElement).value = child_name;
    if (child_age) find('#age', HTMLInputElement).value = String(child_age);
    if (child_gender) find(`[name=gender][value=${child_gender}]`, HTMLInputElement).checked = true;
    if (child_interests.length > 0) this.#tags.replace(child_interests);
    this.complain();
    this.#previous.focus();
  }

  #follow() {
    const { value } = find('#minutes', HTMLInputElement);
    find('output', HTMLOutputElement, this.#form).value = minutes(Number(value));
    find('[data-field=custom_moral]', HTMLElement).hidden = find('#moral', HTMLSelectElement).value !== '';
  }
}

/** @param {import('./api.js').Story} story */
const optionOf = ({ id, title, child_name }) => new Option(child_name ? `${title} (${child_name})` : title, id);

/** @param {HTMLElement} field @param {string | undefined} message */
function complainAt(field, message) {
  const id = `${field.dataset['field']}-error`;
  document.getElementById(id)?.remove();
  for (const input of field.querySelectorAll('input, select')) {
    const others = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((other) => other && other !== id);
    input.toggleAttribute('aria-invalid', false);
    if (message) {
      input.setAttribute('aria-invalid', 'true');
      others.push(id);
    }
    if (others.length > 0) input.setAttribute('aria-describedby', others.join(' '));
    else input.removeAttribute('aria-describedby');
  }
  if (message) field.append(make('p', { id, className: 'error', textContent: message }));
}
