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
