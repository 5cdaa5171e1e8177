import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { languages, type Sentence, sentences } from '@escala/model';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;
const distributionWords = sentences.report.distributions;
const figureWords = sentences.report.figures;
const lawWords = sentences.report.laws;
const pageWords = sentences.report.wordsPage;
const scalingWords = sentences.report.scaling;
const seriesWords = sentences.report.series;
const catalogues: Record<string, Readonly<Record<string, Sentence>>> = {
  axes,
  units,
  distributionWords,
  figureWords,
  lawWords,
  pageWords,
  scalingWords,
  seriesWords,
};
const source = globSync('../src/**/*.ts', { cwd: import.meta.dirname })
  .filter((file) => !file.includes('/words/'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');

test('every sentence of the report exists in both languages, with the same places', () => {
  for (const [name, catalogue] of Object.entries(catalogues)) {
    for (const [key, sentence] of Object.entries(catalogue)) {
      const places = languages.map((language) => {
        assert.ok(sentence[language].trim(), `${name}.${key} in ${language}`);
        return [...sentence[language].matchAll(/\{\w+\}/g)].map(String).sort();
      });
      assert.deepEqual(places[0], places[1], `${name}.${key}`);
    }
  }
});

test('every sentence of the report is used', () => {
  for (const [name, catalogue] of Object.entries(catalogues)) {
    for (const key of Object.keys(catalogue)) {
      // A quoted key is one that a typed function looks up: `say('legendTrial')`.
      const used = source.includes(`${name}.${key}`) || source.includes(`'${key}'`);
      assert.ok(used, `${name}.${key} is used nowhere`);
    }
  }
});
