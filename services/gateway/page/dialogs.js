import { find } from './dom.js';

/** Asks before something is gone for good. @param {string} title */
export async function isSure(title) {
  const dialog = find('#sure', HTMLDialogElement);
  find('p', HTMLParagraphElement, dialog).textContent = `“${title}” and its sound will be gone for good.`;
  return (await answerOf(dialog)) === 'delete';
}

/** The key of whoever is asked who they are; empty when they do not say. @param {boolean} again */
export async function askForKey(again) {
  const dialog = find('#key', HTMLDialogElement);
  const input = find('input', HTMLInputElement, dialog);
  find('p', HTMLParagraphElement, dialog).textContent = again
    ? 'That key was not accepted. Please try again.'
    : 'This server asks who you are. Whoever runs it can give you a key.';
  const answer = await answerOf(dialog);
  const { value } = input;
  input.value = '';
  return answer === 'open' ? value.trim() : '';
}

/** What ends the question a dialog asks at the moment. @type {WeakMap<HTMLDialogElement, () => void>} */
const dismissals = new WeakMap();

/**
 * A dialog tells that it was closed a moment later, and may have been opened again by then: a question that is asked anew
 * is answered with nothing, and does not take the end of the one before for its own.
 * @param {HTMLDialogElement} dialog @returns {Promise<string>}
 */
function answerOf(dialog) {
  dismissals.get(dialog)?.();
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    const answered = new AbortController();
    const answer = (/** @type {string} */ value) => {
      answered.abort();
      dismissals.delete(dialog);
      resolve(value);
    };
    dismissals.set(dialog, () => answer(''));
    dialog.addEventListener('close', () => dialog.open || answer(dialog.returnValue), { signal: answered.signal });
  });
}
