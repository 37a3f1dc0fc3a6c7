/**
 * The one element of that selector; the page is written so that it is there.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function find(selector, type, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`no ${selector} in the page`);
  return found;
}

/**
 * A new element; texts stay texts, whatever is written in them.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {{ [name: string]: unknown }} properties
 * @param {...(Node | string)} children
 */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
