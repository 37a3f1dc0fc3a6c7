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

/** @param {HTMLDialogElement} dialog @returns {Promise<string>} */
function answerOf(dialog) {
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true });
  });
}
