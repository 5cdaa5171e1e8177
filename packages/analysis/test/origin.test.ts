import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readSide } from '../src/compare-runs.ts';
import { analyzeOrigin, compareRuns } from '../src/index.ts';
import { instantUs } from '../src/origin/load-origin.ts';

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

async function analyse(text: string | Uint8Array) {
  const file = join(folder, 'requests.csv');
  await writeFile(file, text);
  const [found] = (await analyzeOrigin([file])).files;
  assert.ok(found);
  return found;
}

const numbersOf = ({ cells, findings, rows, meanUs }: Awaited<ReturnType<typeof analyse>>) => ({
  cells,
  findings,
  rows,
  meanUs,
});

test('the same rows in any dialect and order of columns say the same', async () => {
  const few = lines.slice(0, 2_001);
  const plain = numbersOf(await analyse(few.join('\n')));
  const turned = few.map((line) => line.split(',').reverse().join(','));
  const portuguese = few
    .map((line) => line.replaceAll(',', ';').replaceAll(/(\d)\.(\d)/g, '$1,$2'))
    .join('\r\n');
  const quoted = few.map((line, i) => `"${i || ''}",${line.replaceAll(/[^,]+/g, '"$&"')}`);
  for (const text of [
    turned.join('\n'),
    `\uFEFF${few.join('\r\n')}\r\n`,
    few.map((line) => line.replaceAll(',', '\t')).join('\r'),
    quoted.join('\n'),
    `sep=;\r\n${portuguese}`,
    Buffer.from(`\uFEFF${portuguese}`, 'utf16le'),
  ]) {
    assert.deepEqual(numbersOf(await analyse(text)), plain);
  }
});

/** A header, and a row a session of one message: when it was sent, when answered, in what time. */
function table(rows: readonly (readonly (string | number)[])[], header = lines[0] ?? ''): string {
  const text = rows.map(
    ([sent, done, response, replicas = 2], i) =>
      `c${i},1,s${i % 2},${sent},0.001,${done},${response},${replicas},4,1`,
  );
  return [header, ...text].join('\n');
}

test('an empty response time is said with its line, and counts nowhere', async () => {
  const times = [100, 101, 102, 103].map((sent, i) => [sent, sent + 1, [1, 1, 3, ''][i] ?? '']);
  const { cells, meanUs, source, rows } = await analyse(table(times));
  assert.deepEqual(source.holes, { count: 1, first: [{ line: 5, column: 'response_time' }] });
  assert.deepEqual([rows, cells[0]?.rows, cells[0]?.sessionUs?.n], [4, 4, 3]);
  for (const mean of [meanUs, cells[0]?.sessionUs?.mean]) assert.equal(Math.round(mean ?? 0), 1_666_667);
  const { min, median, max, standardDeviation, p95 } = cells[0]?.sessionUs ?? {};
  assert.deepEqual([min, median, max, p95], [1e6, 1e6, 3e6, null]);
  assert.ok(Math.abs((standardDeviation ?? 0) - 1e6 * Math.sqrt(4 / 3)) < 1e-3);
  // The other file has the same scenario: it is compared by the rows that there are.
  const other = join(folder, 'other.csv');
  await writeFile(other, table(times.slice(0, 3)));
  const compared = await compareRuns(join(folder, 'requests.csv'), other);
  assert.equal(compared.cells[0]?.ratio, 1);
});

test('a response time below 0 is said with its line, and counts nowhere', async () => {
  const times = [100, 101, 102, 103].map((sent, i) => [sent, sent + 1, [1, 1, -3, 4][i] ?? '']);
  const { cells, meanUs, findings } = await analyse(table(times));
  assert.deepEqual(
    [meanUs, cells[0]?.sessionUs?.n, cells[0]?.sessionUs?.min, cells[0]?.sessionUs?.mean],
    [2e6, 3, 1e6, 2e6],
  );
  assert.deepEqual(findings.find(({ finding }) => finding === 'response-negative')?.values, {
    rows: 1,
    first: 4,
  });
});

test('times in s, ms, µs and ns since 1970 and in ISO 8601 give the same durations, and what was assumed is said', async () => {
  const starts = [1752857023.5, 1752857024.5, 1752857026.5];
  const durations = [0.25, 0.5, 1.5];
  for (const [times, response, factor] of [
    ['s', 's', 1],
    ['ms', 'ms', 1e3],
    ['us', 'us', 1e6],
    ['ns', 'ns', 1e9],
    ['ms', 's', 1e3],
  ] as const) {
    const ofResponse = response === times ? factor : 1;
    const inUnit = (seconds: number) =>
      factor === 1 ? seconds : (BigInt(seconds * 1e3) * BigInt(factor)) / 1000n;
    const rows = starts.map((sent, i) => {
      const duration = durations[i] ?? 0;
      return [...[sent, sent + duration].map((s) => String(inUnit(s))), duration * ofResponse];
    });
    const { cells, source, fromUs } = await analyse(table(rows));
    assert.deepEqual([source.times, source.responseTime, source.isEpoch], [times, response, true]);
    assert.deepEqual([cells[0]?.sessionUs?.max, fromUs], [1.5e6, 1752857023.5e6]);
  }
  const iso = starts.map((sent, i) =>
    [sent, sent + (durations[i] ?? 0)].map((s) =>
      new Date(s * 1e3).toISOString().replace('T', ' ').replace('Z', ''),
    ),
  );
  const { cells, source, fromUs } = await analyse(table(iso.map((row, i) => [...row, durations[i] ?? 0])));
  assert.deepEqual([source.times, source.responseTime, source.isZoneAssumed], ['iso-8601', 's', true]);
  assert.deepEqual([cells[0]?.sessionUs?.max, fromUs], [1.5e6, 1752857023.5e6]);
});

test('an instant is read to the microsecond, with a zone and without', () => {
  for (const [text, us] of [
    ['1970-01-01T00:00:01.000002Z', 1_000_002],
    ['1970-01-01 00:00:01,5', 1_500_000],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1970-01-01T01:00:00.25+0100', 250_000],
    ['1970-01-01T00:00:00 UTC', 0],
    ['1969-12-31T21:00:00-03', 0],
  ] as const) {
    assert.equal(instantUs(text)?.us, us, text);
  }
  for (const text of ['', '1970-01-01', 'soon', '1970-13-01T00:00:00Z', '12:00:00'])
    assert.equal(instantUs(text), null);
});

test('times of a different kind or size than the others are refused with their place', async () => {
  const [one, two] = [
    [1752857023, 1752857024, 1],
    [1752857025, 1752857026, 1],
  ];
  for (const [row, place] of [
    [[0, 1752857028, 1], ':4:4: client_send_time is 0 where the others'],
    [[1752857027, 1752857028000, 1], ':4:6: client_receive_time is 1752857028000'],
    [['2025-07-18T16:43:43Z', 1752857028, 1], ':4:4: client_send_time: "2025-07-18'],
    [['soon', 1752857028, 1], ':4:4: client_send_time: "soon"'],
    [[1752857027, 1752857028, 'soon'], ':4:7: response_time: "soon" is not a number'],
    [[1752857027, 1752857028, 1, 2.5], ':4:8: num_servers is "2.5"'],
    [[1752857027, 1752857028, 1, 0], ':4:8: num_servers is "0"'],
  ] as const) {
    await assert.rejects(
      analyse(table([one, two, row])),
      ({ message, exit }: { message: string; exit: number }) => {
        assert.equal(exit, 3);
        assert.ok(message.includes(`requests.csv${place}`), message);
        return true;
      },
    );
  }
});

test('a file with a row for each message has its own repetitions and messages', async () => {
  const header = lines[0] ?? '';
  const rows = Array.from(
    { length: 24 },
    (_, i) => `c${i % 2},${1 + (Math.floor(i / 2) % 6)},s${i % 2},${100 + i},0.1,${100.5 + i},0.5,2,2,6`,
  );
  const { cells, findings } = await analyse([header, ...rows].join('\n'));
  assert.equal(
    findings.find(({ finding }) => finding === 'rows-per-session'),
    undefined,
  );
  assert.equal(cells[0]?.repetitions, 2);
  // Two repetitions of twelve messages, each of 11.5 s.
  assert.ok(Math.abs((cells[0]?.throughputPerSecond ?? 0) - 24 / 23) < 1e-9);
});

test('two files are compared by what they have in common, and what only one has is named', async () => {
  const [a, b] = [join(folder, 'a.csv'), join(folder, 'b.csv')];
  const rows = [
    [1, 2, 1, 2],
    [2, 3, 1, 2],
    [3, 4, 1, 4],
    [5, 6, 1, 4],
  ];
  await writeFile(a, table([...rows, [7, 107, 100, 8]]));
  await writeFile(
    b,
    table([
      ...rows.map(([sent = 0, done = 0, , replicas = 0]) => [sent, done + 1, 2, replicas]),
      [1, 2, 1, 6],
    ]),
  );
  const compared = await compareRuns(a, b);
  assert.deepEqual(
    compared.cells.map(({ ratio }) => ratio),
    [2, 2],
  );
  assert.deepEqual(
    [compared.onlyIn?.a, compared.onlyIn?.b],
    [[{ replicas: 8, clients: 4, messages: 1 }], [{ replicas: 6, clients: 4, messages: 1 }]],
  );
  const values = compared.conclusions?.at(-1)?.values;
  assert.deepEqual([values?.['meansRatio'], values?.['mediansRatio'], values?.['cells']], [2, 2, 2]);
  await writeFile(b, table([[1, 2, 1, 6]]));
  await assert.rejects(compareRuns(a, b), { code: 'DATA_INVALID', exit: 3, message: /no cell in common/ });
  assert.deepEqual(
    (await analyzeOrigin([a, b])).conclusions.map(({ finding }) => finding),
    ['nothing-common'],
  );
});

test('a path that is there is taken whole before its last # parts a run from a system', async () => {
  const run = join(folder, 'x#y');
  await mkdir(run);
  assert.deepEqual(await readSide(run), { kind: 'run', folder: run, system: undefined });
  assert.deepEqual(await readSide(`${run}#go`), { kind: 'run', folder: run, system: 'go' });
  assert.deepEqual(await readSide(join(folder, 'no#go')), {
    kind: 'run',
    folder: join(folder, 'no'),
    system: 'go',
  });
  await writeFile(join(folder, 'a#b'), table([[1, 2, 1]]));
  assert.deepEqual(await readSide(join(folder, 'a#b')), { kind: 'table', file: join(folder, 'a#b') });
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
    [`${header}\n`, ': there is no row with a response time'],
    [`${header.replace('response_time', 'time')}\n${first}\n`, ':1: the header lacks response_time'],
    [`${header}\n${first}\n${second.slice(0, 20)}`, ':3:8: the row has'],
    [`${header}\n${first.replace(/,[\d.]+,/, ',soon,')}\n`, ':2:2: message_id: "soon" is not a number'],
  ] as const) {
    await assert.rejects(analyse(text), ({ message, exit }: { message: string; exit: number }) => {
      assert.equal(exit, 3);
      assert.ok(message.includes(`requests.csv${place}`), message);
      return true;
    });
  }
});
