import type { Element, Markup } from './element.ts';

/** HTML elements that have no end tag. */
const voidTags = new Set(['meta', 'link', 'br', 'hr', 'input', 'img', 'col', 'wbr']);
/** Their content is ours (style sheet, script) and is written as it is; `</` must not occur in it. */
const rawTags = new Set(['style', 'script']);

/**
 * What XML 1.0 does not allow in text, and what reverses the reading direction of the text around it: a label may come
 * from anywhere. Each becomes the replacement character, so that a reader sees that something was there.
 */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** `text` without characters that would break or turn around what stands beside it. */
export function printable(text: string): string {
  return text.toWellFormed().replace(unprintable, '\ufffd');
}

function escapeText(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

/** HTML5 (`html`) or XML (`xml`, for SVG files): they differ in how an element without content is written. */
export function serialize(markup: Markup, syntax: 'html' | 'xml'): string {
  const parts: string[] = [];
  write(markup, syntax, parts);
  return parts.join('');
}

function write(markup: Markup, syntax: 'html' | 'xml', parts: string[]): void {
  if (typeof markup === 'string') {
    parts.push(escapeText(markup));
    return;
  }
  parts.push('<', markup.tag, attributesOf(markup));
  if (markup.children.length === 0 && (syntax === 'xml' || voidTags.has(markup.tag))) {
    parts.push(syntax === 'xml' ? '/>' : '>');
    return;
  }
  parts.push('>');
  for (const child of markup.children) {
    if (typeof child === 'string' && rawTags.has(markup.tag)) parts.push(rawContent(child));
    else write(child, syntax, parts);
  }
  parts.push('</', markup.tag, '>');
}

function attributesOf(element: Element): string {
  return Object.entries(element.attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');
}

function rawContent(text: string): string {
  if (text.includes('</')) throw new Error('a style sheet or script of ours holds "</"');
  return text;
}
