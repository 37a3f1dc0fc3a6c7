import { askForKey } from './dialogs.js';

const NAME = 'api-key';
/** One dialog for all requests that wait. @type {Promise<string> | undefined} */
let asked;

/** The key that requests are sent with, kept as long as the tab is; empty where nobody asked for one. */
export const apiKey = () => sessionStorage.getItem(NAME) ?? '';

/** Whether there is another key to try. @param {string} refused */
export async function hasAnotherKey(refused) {
  if (apiKey() === refused) {
    asked ??= askForKey(refused !== '').finally(() => (asked = undefined));
    sessionStorage.setItem(NAME, await asked);
  }
  return apiKey() !== '';
}
