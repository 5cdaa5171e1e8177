import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyzeOrigin, compareRuns } from '../src/index.ts';

const data = join(import.meta.dirname, '../../../test/data/origin');
const files = [join(data, 'go.csv.gz'), join(data, 'python.csv.gz')];

test('everything that is wrong with the origin files is said, with its numbers', async () => {
  const { files: found } = await analyzeOrigin(files);
  const [go, python] = found;
  const values = (name: string) => go?.findings.find(({ finding }) => finding === name)?.values;
  assert.equal(go?.rows, 22_000);
  assert.equal(go?.cells.length, 200);
  assert.deepEqual(values('clients-repeat'), { ids: 8_223, repeated: 6_345, doubled: 159 });
  assert.deepEqual(values('scenarios-missing'), { missing: 'replicas 10, messages 10000' });
  assert.deepEqual(values('repetitions-few'), { repetitions: '2' });
  assert.deepEqual(values('repetitions-share'), { cells: 200 });
  assert.deepEqual(values('clock-wall'), { negative: 0, mismatches: 0 });
  for (const name of ['no-ledger', 'order-fixed', 'replicas-idle', 'rows-per-session', 'rows-unordered']) {
    assert.ok(values(name), name);
  }
  assert.ok(python?.findings.some(({ finding }) => finding === 'line-ends-mixed'));
});

test('Go and Python cannot be ranked: the mean says one thing and the median the other', async () => {
  const { conclusions } = await analyzeOrigin(files);
  assert.deepEqual(
    conclusions.map(({ finding }) => finding),
    ['measured-apart', 'conclusion-undecided'],
  );
  const values = conclusions[1]?.values;
  assert.ok(Number(values?.['meansRatio']) > 1.05 && Number(values?.['mediansRatio']) < 0.9);
});

test('no single scenario of the origin files is decided, because each side is one deployment', async () => {
  const { cells } = await compareRuns(files[0] ?? '', files[1] ?? '');
  assert.equal(cells.length, 200);
  assert.ok(cells.every(({ verdict, ci95 }) => verdict === 'inconclusive' && ci95 === null));
});
