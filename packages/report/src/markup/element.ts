import { type Language, languages } from '@escala/model';

/** A piece of HTML or SVG as data. Text stays text until `serialize` writes it, so no name can become markup. */
export type Markup = Element | string;

export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Markup[];
}

type AttributeValue = string | number | boolean | null | undefined;
export type Child = Markup | null | undefined | false | readonly Child[];

/** `h('p', {class: 'note'}, 'text')`. Null, undefined and false leave an attribute or a child out; true is empty. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, AttributeValue>> = {},
  ...children: readonly Child[]
): Element {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    kept[name] = value === true ? '' : String(value);
  }
  return { tag, attributes: kept, children: flatten(children) };
}

function flatten(children: readonly Child[]): Markup[] {
  return children.flatMap((child): Markup[] => {
    if (child === null || child === undefined || child === false) return [];
    if (typeof child === 'string') return child === '' ? [] : [child];
    return Array.isArray(child) ? flatten(child) : [child as Element];
  });
}

/** All text inside, in order. */
export function textOf(markup: Markup): string {
  return typeof markup === 'string' ? markup : markup.children.map(textOf).join('');
}

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
