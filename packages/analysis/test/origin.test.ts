import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
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
  const { cells, metric, conclusions } = await compareRuns(files[0] ?? '', files[1] ?? '');
  assert.equal(metric, 'session');
  assert.equal(conclusions?.at(-1)?.finding, 'conclusion-undecided');
  assert.equal(cells.length, 200);
  assert.ok(cells.every(({ verdict, ci95 }) => verdict === 'inconclusive' && ci95 === null));
});

const folder = temporaryFolder(test);
let lines: string[];
before(async () => {
  lines = gunzipSync(await readFile(files[0] ?? ''))
    .toString('utf8')
    .trimEnd()
    .split(/\r?\n/);
});

async function analyse(text: string) {
  const file = join(folder, 'requests.csv');
  await writeFile(file, text);
  const [found] = (await analyzeOrigin([file])).files;
  assert.ok(found);
  return found;
}

test('columns in another order, a byte-order mark and CR LF throughout change nothing', async () => {
  const plain = await analyse(lines.join('\n'));
  const turned = lines.map((line) => line.split(',').reverse().join(','));
  assert.deepEqual(await analyse(turned.join('\n')), plain);
  assert.deepEqual(await analyse(`\uFEFF${lines.join('\r\n')}\r\n`), plain);
});

test('a scenario that is missing between the others is said by name', async () => {
  const isGone = (line: string) => line.endsWith(',4,30,10') || line.endsWith(',8,100,1000');
  const { findings } = await analyse(lines.filter((line) => !isGone(line)).join('\n'));
  assert.deepEqual(findings.find(({ finding }) => finding === 'combinations-missing')?.values, {
    count: 2,
    missing: 'replicas 4 clients 30 messages 10, replicas 8 clients 100 messages 1000',
  });
});

test('what is no such file is refused with file and line', async () => {
  const [header = '', first = '', second = ''] = lines;
  for (const [text, place] of [
    ['', ':1: the file is empty'],
    [`${header}\n`, ': there is no row'],
    [`${header.replace('response_time', 'time')}\n${first}\n`, ':1: the header lacks response_time'],
    [`${header}\n${first}\n${second.slice(0, 20)}`, ':3: the row has'],
    [`${header}\n${first.replace(/,[\d.]+,/, ',soon,')}\n`, ':2: column'],
  ] as const) {
    await assert.rejects(analyse(text), ({ message, exit }: { message: string; exit: number }) => {
      assert.equal(exit, 3);
      assert.ok(message.includes(`requests.csv${place}`), message);
      return true;
    });
  }
});
