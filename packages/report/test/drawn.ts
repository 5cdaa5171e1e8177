import assert from 'node:assert/strict';
import type { Results } from '@escala/model';
import { figures } from '../src/figures/catalogue.ts';
import { textOf } from '../src/markup/element.ts';
import { serialize } from '../src/markup/serialize.ts';

/** The picture as SVG and its words, with caption and reading. */
export function drawn(name: string, results: Results, width = 672) {
  const content = figures.find((figure) => figure.name === name)?.of(results);
  assert.ok(content, `${name} has something to draw`);
  const drawing = content.draw({ width, language: 'en' });
  return {
    svg: serialize(drawing, 'xml'),
    words: textOf(drawing),
    caption: content.caption('en'),
    reading: content.reading('en'),
    table: content.table,
  };
}
