import { type Language, languages } from '@escala/model';
import { type Element, h, type Markup } from './element.ts';

/** Elements whose text cannot hold elements, so that a difference inside must be settled one level up. */
const textOnly = new Set(['title', 'option', 'style', 'script']);

/**
 * One document from the same document written in each language: what is equal stands once, what differs stands once a
 * language, marked with `lang`, and the style sheet shows one of them. So the page switches without a reload and
 * without a script, and no part of the code that writes it knows of two languages.
 */
export function mergeLanguages(write: (language: Language) => Element): Element {
  const [first, ...others] = languages.map((language) => ({ language, markup: write(language) }));
  if (!first) throw new Error('there is no language');
  let merged: readonly Markup[] = [first.markup];
  for (const other of others) merged = mergePair(first.markup, other.markup, first.language, other.language);
  const [root] = merged;
  if (merged.length !== 1 || typeof root !== 'object') throw new Error('the documents differ at their root');
  return root;
}

function mergePair(a: Markup, b: Markup, languageA: Language, languageB: Language): readonly Markup[] {
  if (typeof a === 'string' || typeof b === 'string') {
    if (a === b) return [a];
    return [inLanguage(a, languageA), inLanguage(b, languageB)];
  }
  if (equal(a, b)) return [a];
  if (!sameShell(a, b) || textOnly.has(a.tag)) return [inLanguage(a, languageA), inLanguage(b, languageB)];
  const inSvgText = a.tag === 'text';
  const children = a.children.flatMap((child, i) => {
    const pair = mergePair(child, b.children[i] as Markup, languageA, languageB);
    return inSvgText ? pair.map(asTspan) : pair;
  });
  return [{ ...a, children }];
}

/** Tag, attributes and number of children are the same, so that the children can be compared one by one. */
function sameShell(a: Element, b: Element): boolean {
  if (a.tag !== b.tag || a.children.length !== b.children.length) return false;
  const names = Object.keys(a.attributes);
  if (names.length !== Object.keys(b.attributes).length) return false;
  return names.every((name) => a.attributes[name] === b.attributes[name]);
}

function equal(a: Markup, b: Markup): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return sameShell(a, b) && a.children.every((child, i) => equal(child, b.children[i] as Markup));
}

function inLanguage(markup: Markup, language: Language): Element {
  if (typeof markup === 'string') return h('span', { lang: language }, markup);
  return { ...markup, attributes: { ...markup.attributes, lang: language } };
}

/** Inside SVG text, HTML's span is not an element; tspan is. */
function asTspan(markup: Markup): Markup {
  return typeof markup === 'object' && markup.tag === 'span' ? { ...markup, tag: 'tspan' } : markup;
}
