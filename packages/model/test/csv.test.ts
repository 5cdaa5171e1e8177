import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { rowLine, textCell } from '../src/index.ts';

const columns = [
  { name: 'a', kind: 'text', doc: '' },
  { name: 'b', kind: 'text', doc: '' },
] as const;

test('any text comes back from a strict parser, with formula starts neutralised', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
      const [row] = parse(rowLine(columns, [a, b]), { relax_column_count: false }) as string[][];
      const neutral = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
      // A row whose every cell is empty is skipped by no parser option here: it is one line with a comma.
      assert.deepEqual(row, [neutral(a), neutral(b)]);
    }),
  );
});

test('what a spreadsheet would run as a formula is not one any more', () => {
  for (const start of ['=1+1', '+1', '-1', '@sum', '\tx', '\rx']) {
    assert.match(textCell(start), /^"?'/);
  }
});

test('what others wrote into a column of ids or of numbers is neutralised and quoted as text is', () => {
  const columns = [
    { name: 'id', kind: 'id', doc: '' },
    { name: 'at', kind: 'integer', doc: '' },
  ] as const;
  assert.equal(rowLine(columns, ['r.1.1', '-5']), 'r.1.1,-5\n');
  assert.equal(rowLine(columns, ['-1-1', '=1+1']), "'-1-1,'=1+1\n");
  assert.equal(rowLine(columns, ['a,b', '1,2']), '"a,b","1,2"\n');
});
