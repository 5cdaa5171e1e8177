import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pngOf } from '../src/drawing/png.ts';
import { svgFile } from '../src/drawing/svg-file.ts';
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
    assert.ok(content.table.rows.every((row) => row.length === content.table.columns.length));
  });
}

test('the text of a figure is there in its PNG', async () => {
  const content = figures[0]?.of(results);
  assert.ok(content);
  const svg = svgFile(content.draw({ width: 672, language: 'en' }), 'title', 'description');
  const withText = await pngOf(svg);
  const withoutText = await pngOf(svg.replace(/<text[^>]*>[^<]*<\/text>/g, ''));
  assert.notDeepEqual(withText, withoutText);
  assert.ok(withText.length > withoutText.length * 1.2, `${withText.length} and ${withoutText.length} bytes`);
});
