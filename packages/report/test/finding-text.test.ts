import assert from 'node:assert/strict';
import test from 'node:test';
import { findingText } from '../src/words/finding-text.ts';

test('a finding is said in the language of the reader, with its numbers', () => {
  const values = { planned: 1000 };
  assert.match(findingText('planned-work.holds', values, 'en'), /1,000 planned requests/);
  assert.match(findingText('planned-work.holds', values, 'pt-BR'), /1\.000 requisições planejadas/);
});

test('a finding that is not known is shown by its key and values, never left out', () => {
  assert.equal(findingText('new-thing', { share: 0.5 }, 'en'), 'new-thing (share = 0.5)');
  assert.equal(findingText('toString', {}, 'en'), 'toString');
});

test('paths of the machine lose all but their last name', () => {
  const text = findingText(
    'new-thing',
    { a: 'at /home/someone/runs/x.csv', b: 'C:\\Users\\me\\y.csv' },
    'en',
  );
  assert.equal(text, 'new-thing (a = at …/x.csv, b = …/y.csv)');
});
