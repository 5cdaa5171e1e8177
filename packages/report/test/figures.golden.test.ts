import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { imageOf, svgFile } from '../src/drawing/image.ts';
import { figures } from '../src/figures/catalogue.ts';
import { plantedResults } from './planted/planted-results.ts';
import { smallStudy } from './temporary-run.ts';

// UPDATE_GOLDEN=1 writes the pictures anew; look at them before you commit them.
const update = process.env['UPDATE_GOLDEN'] === '1';
const golden = join(import.meta.dirname, 'golden');
const results = plantedResults({ ...smallStudy, systems: ['node', 'go'] });

/** One element a line, so that a difference shows where it is. */
const lines = (svg: string) => svg.replaceAll('><', '>\n<');

for (const figure of figures) {
  test(`${figure.name} is drawn as its reference picture`, () => {
    const content = figure.of(results);
    assert.ok(content, 'the planted study has everything that a figure needs');
    const svg = svgFile(content.draw({ width: 672, language: 'en' }), figure.title.en, content.caption('en'));
    const file = join(golden, `${figure.name}.svg`);
    if (update) writeFileSync(file, lines(svg));
    const expected = readFileSync(file, 'utf8');
    if (lines(svg) !== expected) writeFileSync(join(golden, `${figure.name}-changed.svg`), lines(svg));
    assert.equal(lines(svg), expected);
    for (const language of ['en', 'pt-BR'] as const) {
      assert.doesNotMatch(content.caption(language) + content.reading(language), /\{\w+\}|undefined|NaN/);
    }
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
    assert.doesNotMatch(svg, /paint-order/, 'in a PDF the outline would be painted over the text');
    assert.match(svg, /<title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    assert.ok(content.table.rows.every((row) => row.length === content.table.columns.length));
  });
}

test('all text of every figure is there in its PNG', async () => {
  for (const figure of figures) {
    const svg = svgFile(
      figure.of(results)?.draw({ width: 672, language: 'pt-BR' }) ?? assert.fail(),
      't',
      'd',
    );
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
    assert.ok(texts.length > 10, figure.name);
    const [withText, without] = await Promise.all([
      imageOf(svg),
      imageOf(svg.replace(/<text[^>]*>[^<]*<\/text>/g, '')),
    ]);
    const characters = texts.join('').replace(/\s/g, '').length;
    // At 300 dots an inch the thinnest sign has more pixels than this; a font that is missing has none.
    const changed = differingPixels(withText.pixels, without.pixels);
    assert.ok(
      changed > characters * pixelsOfCharacterMin,
      `${figure.name}: ${changed} pixels for ${characters} characters`,
    );
  }
});

const pixelsOfCharacterMin = 40;

function differingPixels(a: Uint8Array, b: Uint8Array): number {
  assert.equal(a.length, b.length);
  const [left, right] = [
    new Uint32Array(a.buffer, a.byteOffset, a.length / 4),
    new Uint32Array(b.buffer, b.byteOffset, b.length / 4),
  ];
  return left.reduce((count, pixel, i) => count + Number(pixel !== right[i]), 0);
}
