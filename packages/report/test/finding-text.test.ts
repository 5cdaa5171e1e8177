import assert from 'node:assert/strict';
import test from 'node:test';
import { findingText } from '../src/words/finding-text.ts';

test('a finding is said in the language of the reader, with its numbers', () => {
  const values = { planned: 1000, requests: 1 };
  assert.match(
    findingText('planned-work.differs', values, 'en'),
    /1,000 requests were planned, and 1 has a row/,
  );
  assert.match(
    findingText('planned-work.differs', values, 'pt-BR'),
    /1\.000 requisições foram .* e 1 tem uma/,
  );
});

test('durations and shares are said with their unit, measured numbers without false digits', () => {
  const text = (key: string, values: Record<string, number>) =>
    findingText(key, values, 'pt-BR').replaceAll('\u00a0', ' ');
  assert.match(
    text('client-residual.high', { residual: 0.0823, limit: 0.05 }),
    /em 8,23 % do tempo \(limite 5 %\)/,
  );
  assert.match(text('start-skew.apart', { spreadUs: 52_345, limitUs: 20_000 }), /52,3 ms .*limite 20 ms/);
  assert.match(
    text('bounds.holds', { throughput: 1234.567, bound: 2000 }),
    /1\.235 requisições\/s .* 2\.000/,
  );
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
