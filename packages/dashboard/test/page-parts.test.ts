import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { notesMissing, replicasMissing } from '../src/page/detail.js';
import { linearTicks, logTicks, timeTicks } from '../src/page/scales.js';
import { failuresOf } from '../src/page/study-state.js';
import { failureKindsText, say, words as sentences, timeText } from '../src/page/words.js';

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

test('no place or choice of a sentence is left open', () => {
  for (const [key, { en, 'pt-BR': pt }] of Object.entries<Record<string, string>>(sentences)) {
    const names = [...`${en}${pt}`.matchAll(/\{(\w+)/g)].map(([, name = '']) => name);
    for (const language of ['en', 'pt-BR'] as const)
      for (const count of [1, 2])
        assert.doesNotMatch(
          say(
            key as keyof typeof sentences,
            language,
            Object.fromEntries(names.map((name) => [name, count])),
          ),
          /[{}|]/,
        );
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

test('the English words in the page are those of the words file', () => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const said = [...html.matchAll(/data-say="(\w+)"[^>]*>\s*([^<]+?)\s*</g)];
  assert.ok(said.length > 5);
  for (const [, key = '', text] of said)
    assert.equal(text?.replace(/\s+/g, ' '), sentences[key as keyof typeof sentences]?.en, key);
});
