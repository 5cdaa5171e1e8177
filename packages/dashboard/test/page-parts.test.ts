import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { languages } from '@escala/model';
import { notesMissing, replicasMissing } from '../src/page/detail.js';
import { linearTicks, logTicks, timeTicks } from '../src/page/scales.js';
import { apart, markOf } from '../src/page/span-chart.js';
import { failuresOf } from '../src/page/study-state.js';
import { failureKindsText, type Key, say, speakWith, timeText } from '../src/page/words.js';
import { pageCatalogue, readPageFiles } from '../src/page-files.ts';

speakWith(pageCatalogue);
const sentences = pageCatalogue.words;

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

test('systems have a colour and a mark that no other has', () => {
  const looks = Array.from({ length: 49 }, (_, i) => Object.values(markOf(i)).join());
  assert.equal(new Set(looks).size, looks.length);
  assert.equal(new Set(Array.from({ length: 7 }, (_, i) => markOf(i).shape)).size, 7);
});

test('labels are moved apart, and not below the picture', () => {
  const at = (...places: number[]) =>
    apart(
      places.map((place) => ({ at: place })),
      100,
    ).map((label) => label.at);
  assert.deepEqual(at(50, 10, 52), [10, 50, 64]);
  assert.deepEqual(at(99, 98, 97), [72, 86, 100]);
});

test('times are written as a clock writes them', () => {
  assert.deepEqual([0, 59.6, 3_723].map(timeText), ['0:00', '1:00', '1:02:03']);
});

test('no place or choice of a sentence is left open', () => {
  for (const [key, sentence] of Object.entries(sentences)) {
    const names = [
      ...Object.values(sentence)
        .join()
        .matchAll(/\{(\w+)/g),
    ].map(([, name = '']) => name);
    for (const language of languages)
      for (const count of [1, 2]) {
        const values = Object.fromEntries(names.map((name) => [name, count]));
        assert.doesNotMatch(say(key as Key, language, values), /[{}|]/);
      }
  }
  assert.match(say('noteInterrupted', 'en', { at: '', done: 0, trials: 1 }), /of 1 trial on/);
});

test('failures are told by status code, and by outcome where there was no answer', () => {
  const outcomes = { answered: 5, rejected: 1_230, refused: 0, timeout: 3 };
  const failures = failuresOf({ counts: { outcomes }, statusCodes: { 201: 5, 503: 1_200, 404: 10 } });
  assert.equal(failureKindsText(failures, 'en'), ' (404 ×10, 503 ×1,200, 20 rejected, 3 timed out)');
  assert.equal(failureKindsText(failures, 'pt-BR').slice(0, 25), ' (404 ×10, 503 ×1.200, 20');
  assert.equal(failureKindsText(failuresOf({ counts: null, statusCodes: {} }), 'en'), '');
});

test('bars of replicas that nobody named are not promised for later', () => {
  assert.equal(replicasMissing([{ status: 'running' }, { status: 'planned' }]), 'perReplicaLater');
  assert.equal(replicasMissing([{ status: 'measured' }]), 'perReplicaLater');
  assert.equal(replicasMissing([{ status: 'SUSPECT' }, { status: 'planned' }]), 'perReplicaUnknown');
});

test('an empty list of notes says that all is well only where something was judged', () => {
  assert.equal(notesMissing([]), 'noneJudged');
  assert.equal(notesMissing([{ status: 'measured' }, { status: 'planned' }]), 'noneJudged');
  assert.equal(notesMissing([{ status: 'VALID' }, { status: 'measured' }]), 'noNotes');
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

test('the page itself has no words: all that it says is in the catalogue', () => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const texts = [...html.matchAll(/>([^<]*\w[^<]*)</g)].map(([, text = '']) => text);
  const keys = texts.map((text) => /^\{(\w+)\}$/.exec(text)?.[1] ?? '');
  assert.deepEqual(
    texts.filter((_, i) => !((keys[i] ?? '') in sentences)),
    ['Escala', 'Escala'],
  );
  for (const [, key = '', text] of html.matchAll(/data-say="(\w+)"[^>]*>([^<]*)</g))
    assert.equal(text, `{${key}}`);
});

test('the page is served with its words, in every language', () => {
  const files = readPageFiles();
  assert.deepEqual(JSON.parse(`${files.get('words.json')?.bytes}`), pageCatalogue);
  assert.deepEqual(Object.keys(pageCatalogue.languages), languages);
  assert.doesNotMatch(`${files.get('')?.bytes}`, /\{/);
  assert.match(`${files.get('')?.bytes}`, /<noscript>This page needs JavaScript\. .*JavaScript\.</);
});
