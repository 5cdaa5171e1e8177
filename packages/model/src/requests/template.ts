import type { Template } from '../protocol/agent-protocol.ts';

/** How a value is written where it goes: in a path, a query or a form; inside a text of JSON; in a header or any other body. */
export type Encoding = 'url' | 'json' | 'plain';

/** `{name}` takes a cell of the column; `{{name}}` is the text `{name}`. JSON has no such brace: there a quote comes first. */
const place = /\{\{([A-Za-z_][\w.-]*)\}\}|\{([A-Za-z_][\w.-]*)\}/g;

/** What a URL cannot hold as it is; what is percent-encoded already stays. */
const notInUrl = /[^\x21-\x7e]|["#<>\\^`{|}]/gu;

/** UTF-8, one character a byte, as the client sends texts. */
export const inBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

const encoders: Readonly<Record<Encoding, (value: string) => string>> = {
  url: encodeURIComponent,
  json: (value) => JSON.stringify(value).slice(1, -1),
  plain: (value) => value,
};

/** A value of a row, as it is sent in its place. */
export const encoded = (value: string, encoding: Encoding) => inBytes(encoders[encoding](value));

/** The literal part of a path or a query. */
export const urlText = (text: string) => text.replace(notInUrl, encodeURIComponent);

/** Text and the names of columns, in turns: a text first. */
export function placesIn(text: string): {
  readonly texts: readonly string[];
  readonly names: readonly string[];
} {
  const [texts, names] = [[''], [] as string[]];
  let end = 0;
  for (const { index, 0: whole, 1: escaped, 2: name } of text.matchAll(place)) {
    texts[texts.length - 1] += text.slice(end, index);
    end = index + whole.length;
    if (name === undefined) texts[texts.length - 1] += `{${escaped}}`;
    else {
      names.push(name);
      texts.push('');
    }
  }
  texts[texts.length - 1] += text.slice(end);
  return { texts, names };
}

/** Whether a brace stands outside of all places; in a URL none can. */
export const hasStrayBrace = (text: string) => /[{}]/.test(text.replace(place, ''));

/** A template with the cells of row `row`; after the last row comes the first again. A loop, since each request calls it. */
export function filledTemplate(
  template: Template,
  columns: readonly (readonly string[])[],
  row: number,
): string {
  let text = '';
  for (let i = 0; i < template.length; i++) {
    const part = template[i] as string | number;
    if (typeof part === 'string') text += part;
    else {
      const cells = columns[part] as readonly string[];
      text += cells[row % cells.length] as string;
    }
  }
  return text;
}
