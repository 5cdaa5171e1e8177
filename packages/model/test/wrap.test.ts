import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { problems } from '../src/problems/problems.ts';
import { wrap } from '../src/program/wrap.ts';
import { fill, languages } from '../src/sentences/sentences.ts';

const sentences = Object.values(problems).flatMap(({ says, next }) =>
  languages.flatMap((language) => [fill(says, language), fill(next, language)]),
);

test('every sentence of a problem keeps its words at every width, and is no wider than it unless one word is', () => {
  for (const sentence of sentences) {
    for (const columns of [40, 60, 80, 120]) {
      const lines = wrap(sentence, columns).split('\n');
      assert.deepEqual(lines.join(' ').split(/\s+/), sentence.split(/\s+/));
      for (const line of lines) assert.ok([...line].length <= columns || !line.trim().includes(' '), line);
    }
  }
});

test('rows of tables, colours and indents are kept', () => {
  const row = 'node           1               2×5           490     0 %     1.6  VALID';
  assert.equal(wrap(row, 40), row);
  assert.equal(wrap('  one two three four five six seven', 22), '  one two three four\n  five six seven');
  const red = '\x1b[31mone two three four\x1b[39m';
  assert.equal(wrap(red, 20), red);
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 200 }), (text, columns) => {
      assert.equal(wrap(text, columns).replace(/\s+/g, ''), text.replace(/\s+/g, ''));
    }),
  );
});
