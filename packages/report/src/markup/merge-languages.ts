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
  const [root, ...others] = merge(languages.map((language) => ({ language, markup: write(language) })));
  if (others.length > 0 || typeof root !== 'object') throw new Error('the documents differ at their root');
  return root;
}

/** The same piece of the document, in one language. */
interface Version {
  readonly language: Language;
  readonly markup: Markup;
}

function merge(versions: readonly Version[]): readonly Markup[] {
  const first = versions[0]?.markup;
  if (first === undefined || versions.every(({ markup }) => equal(markup, first)))
    return first ? [first] : [];
  const haveSameShell = versions.every(({ markup }) => sameShell(markup, first));
  if (typeof first === 'string' || !haveSameShell || textOnly.has(first.tag)) return versions.map(inLanguage);
  const children = first.children.flatMap((_, i) => {
    const merged = merge(
      versions.map(({ language, markup }) => ({
        language,
        markup: (markup as Element).children[i] as Markup,
      })),
    );
    return first.tag === 'text' ? merged.map(asTspan) : merged;
  });
  return [{ ...first, children }];
}

/** Tag, attributes and number of children are the same, so that the children can be compared one by one. */
function sameShell(a: Markup, b: Markup): boolean {
  if (typeof a === 'string' || typeof b === 'string') return false;
  if (a.tag !== b.tag || a.children.length !== b.children.length) return false;
  const names = Object.keys(a.attributes);
  if (names.length !== Object.keys(b.attributes).length) return false;
  return names.every((name) => a.attributes[name] === b.attributes[name]);
}

function equal(a: Markup, b: Markup): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return sameShell(a, b) && a.children.every((child, i) => equal(child, b.children[i] as Markup));
}

function inLanguage({ markup, language }: Version): Element {
  if (typeof markup === 'string') return h('span', { lang: language }, markup);
  return { ...markup, attributes: { ...markup.attributes, lang: language } };
}

/** Inside SVG text, HTML's span is not an element; tspan is. */
function asTspan(markup: Markup): Markup {
  return typeof markup === 'object' && markup.tag === 'span' ? { ...markup, tag: 'tspan' } : markup;
}
