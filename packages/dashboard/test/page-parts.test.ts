import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { linearTicks, logTicks, timeTicks } from '../src/page/scales.js';
import { words as sentences, timeText } from '../src/page/words.js';

const folder = join(import.meta.dirname, '../src/page');
const sources = readdirSync(folder)
  .filter((name) => /\.(js|html)$/.test(name) && name !== 'words.js')
  .map((name) => readFileSync(join(folder, name), 'utf8'));

test('ticks are round and enclose the values', () => {
  assert.deepEqual(linearTicks(1_200, 4), [0, 500, 1_000, 1_500]);
  assert.deepEqual(linearTicks(0, 4), [0, 1]);
  assert.deepEqual(logTicks(1_300, 42_000), [1_000, 2_000, 5_000, 10_000, 20_000, 50_000]);
  assert.deepEqual(logTicks(5, 5), [5, 10]);
  assert.deepEqual(timeTicks(100, 4), [0, 30, 60, 90]);
});

test('times are written as a clock writes them', () => {
  assert.deepEqual([0, 59.6, 3_723].map(timeText), ['0:00', '1:00', '1:02:03']);
});

test('each sentence of the page is in both languages, with the same places', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, sentence] of Object.entries<Record<string, string>>(sentences)) {
    assert.deepEqual(Object.keys(sentence), ['en', 'pt-BR'], key);
    assert.deepEqual(places(sentence['en'] ?? ''), places(sentence['pt-BR'] ?? ''), key);
  }
});

test('no sentence of the page is unused', () => {
  const built = ['rejected', 'refused', 'reset', 'timeout', 'unsent'];
  const used = (key: string) => sources.some((source) => new RegExp(`\\b${key}\\b`).test(source));
  assert.deepEqual(
    Object.keys(sentences).filter((key) => !built.includes(key) && !used(key)),
    [],
  );
});

test('no script of the page makes markup out of text', () => {
  for (const source of sources)
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
});

test('the English words in the page are those of the words file', () => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const said = [...html.matchAll(/data-say="(\w+)"[^>]*>\s*([^<]+?)\s*</g)];
  assert.ok(said.length > 5);
  for (const [, key = '', text] of said)
    assert.equal(text?.replace(/\s+/g, ' '), sentences[key as keyof typeof sentences]?.en, key);
});
