const SVG = 'http://www.w3.org/2000/svg';

/**
 * An HTML element. Text goes in as text: nothing that a run contains can become markup.
 * @param {string} name
 * @param {Record<string, string | number | boolean>} [attributes]
 * @param {(Node | string)[]} [children]
 */
export function html(name, attributes = {}, children = []) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. @param {string} name @param {Record<string, string | number | boolean>} [attributes] @param {(Node | string)[]} [children] */
export function svg(name, attributes = {}, children = []) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {Record<string, string | number | boolean>} attributes
 * @param {(Node | string)[]} children
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** The element of the page with this id, which the page's own HTML has. @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}
