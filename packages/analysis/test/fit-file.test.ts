import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EscalaError, type ProblemCode } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { type FitFileOptions, fitFile } from '../src/fit-file.ts';
import { pickColumns } from '../src/table/pick-columns.ts';
import { openTable } from '../src/table/read-table.ts';

const folder = temporaryFolder(test);
const file = join(folder, 'data.csv');

async function read(
  text: string | Uint8Array,
  wanted: readonly (string | undefined)[] = [],
): Promise<(readonly (number | null)[])[]> {
  writeFileSync(file, text);
  const table = await openTable(file);
  const columns = pickColumns(table, [wanted[0], wanted[1]]);
  const rows: (readonly (number | null)[])[] = [];
  for await (const part of table.rows()) {
    rows.push(...part.map((row) => columns.map((column) => table.number(row, column))));
  }
  return rows;
}

async function assertRefused(
  text: string,
  code: ProblemCode,
  where: string,
  options: Partial<FitFileOptions> = {},
) {
  writeFileSync(file, text);
  await assert.rejects(fitFile(file, { scale: 'log', ...options }), (error) => {
    assert.ok(error instanceof EscalaError);
    assert.equal(error.code, code);
    assert.equal(error.exit, 3);
    assert.ok(error.message.startsWith(`${file}${where}`), error.message);
    return true;
  });
}

const wanted = [
  [1, 10.5],
  [2, 20],
];

test('comma, semicolon with decimal comma, tab, quotes, a byte-order mark and any line end are read', async () => {
  assert.deepEqual(await read('n,x\n1,10.5\n2,20\n'), wanted);
  assert.deepEqual(await read('n;x\r\n1;10,5\r\n2;20'), wanted);
  assert.deepEqual(await read('\uFEFFn\tx\r1\t10.5\r2\t2e1\r'), wanted);
  assert.deepEqual(await read('"n" , "x"\n\n"1" , +10.5\n\n 2 ,20 \n'), wanted);
  assert.deepEqual(await read('n,x\n1,10.5\r\n2,20\n'), wanted);
});

test('columns are found by name wherever they stand', async () => {
  assert.deepEqual(await read('run,x,n\na,10.5,1\nb,20,2\n', ['n', 'x']), wanted);
  assert.deepEqual(await read('n,x,95\n1,10.5,3\n2,20,4\n'), wanted);
  assert.deepEqual(await read('n,run,x\n1,a,10.5\n2,b,20\n', [undefined, 'x']), wanted);
});

test('what is no number is refused with file, line and column', async () => {
  for (const text of ['ten', 'Infinity', '-inf', '1e999', '0x10', '12 %', '1 0', '1,0,0']) {
    const cell = text.includes(',') ? `"${text}"` : text;
    await assertRefused(`n,x\n1,2\n3,${cell}\n`, 'NUMBER_INVALID', ':3:2: x:');
  }
});

test('levels and throughput that cannot be fitted are refused, never left out', async () => {
  await assertRefused('n,x\n0,2\n', 'LEVEL_NOT_POSITIVE', ':2:1: n:');
  await assertRefused('n,x\n1,2\n-2,2\n', 'LEVEL_NOT_POSITIVE', ':3:1: n:');
  await assertRefused('x,n\n1,1\n0,2\n', 'THROUGHPUT_NOT_POSITIVE', ':3:1: x:', { n: 'n', x: 'x' });
  await assertRefused('n,x\n1,-2\n', 'THROUGHPUT_NEGATIVE', ':2:2: x:', { scale: 'linear' });
  await assertRefused(
    'n,x\n1e200,2\n',
    'NUMBER_OUT_OF_RANGE',
    ':2:1: n: 1e200 is no measurement; it may be 1e-9 to 1e+15',
  );
  await assertRefused('n,x\n1,1e-320\n', 'NUMBER_OUT_OF_RANGE', ':2:2: x:');
  writeFileSync(file, 'n,x\n1,2\n2,0\n3,5\n');
  assert.equal((await fitFile(file, { scale: 'linear' })).rows, 3);
});

test('a file without header, column, row or cell is refused with a sentence', async () => {
  await assertRefused('1,2\n3,4\n', 'HEADER_MISSING', ':1:');
  await assertRefused('n,x\n1,2\n', 'COLUMN_MISSING', ':1: there is no column "y"', { x: 'y' });
  await assertRefused('n\n1\n', 'COLUMN_MISSING', ':1: there is no column 2');
  await assertRefused('n,x\n', 'ROWS_MISSING', '');
  await assertRefused('', 'DATA_INVALID', ':1: the file is empty');
  await assertRefused('n,x\n1,0\n', 'ROWS_MISSING', '', { scale: 'linear' });
  await assertRefused('n,x\n1,2\n3\n', 'ROW_SHORT', ':3:2:');
  await assertRefused('n,x\n1,"2\n', 'NOT_A_TABLE', ':2:2: a quote');
  await assertRefused('n,x\n1,"2"3\n', 'NOT_A_TABLE', ':2:2: there is text');
  for (const missing of [join(folder, 'nothing.csv'), folder]) {
    await assert.rejects(fitFile(missing, { scale: 'log' }), { code: 'FILE_UNREADABLE' });
  }
});

test('two hundred thousand rows are streamed and counted', async () => {
  const lines = ['n,x'];
  for (let i = 0; i < 200_000; i++) {
    const n = 1 + (i % 50);
    lines.push(`${n},${((100 * n) / (1 + 0.02 * (n - 1))) * (1 + ((i * 7919) % 101) / 5000)}`);
  }
  writeFileSync(file, lines.join('\n'));
  const result = await fitFile(file, { scale: 'log' });
  assert.deepEqual([result.rows, result.levels, result.chosen], [200_000, 50, 'amdahl']);
});

test('a comma is a decimal one where it can be nothing else, and one before three digits where that is the rule', async () => {
  assert.deepEqual(await read('N;X\n1;1,5\n'), [[1, 1.5]]);
  assert.deepEqual(await read('N\tX\n1\t1,5\n2\t3\n'), [
    [1, 1.5],
    [2, 3],
  ]);
  assert.deepEqual(await read('N,X\n1,"1,5"\n'), [[1, 1.5]]);
  assert.deepEqual(await read('N;X\n1;1,234\n'), [[1, 1.234]]);
  assert.deepEqual(await read('N\tX\n1\t1,234\n2\t0,5\n'), [
    [1, 1.234],
    [2, 0.5],
  ]);
});

test('thousands are read where their mark can be nothing else', async () => {
  for (const text of ['1 234.5', '1\u00a0234,5', "1'234.5", '1.234,5', '1,234.5', '1 234,5']) {
    assert.deepEqual(await read(`n\tx\n1\t${text}\n`), [[1, 1234.5]], text);
  }
  for (const text of ['1.234.567', '1,234,567', '1 234 567']) {
    assert.deepEqual(await read(`n\tx\n1\t${text}\n`), [[1, 1_234_567]], text);
  }
});

test('a mark that can be one of thousands or a decimal one is refused, wherever the other one shows itself', async () => {
  await assertRefused('n\tx\n1\t1,234\n', 'NUMBER_AMBIGUOUS', ':2:2: x:');
  await assertRefused('n,x\n1,"1,234"\n2,2.5\n', 'NUMBER_AMBIGUOUS', ':2:2: x:');
  await assertRefused('n;x\n1;2,5\n2;1.234\n', 'NUMBER_AMBIGUOUS', ':3:2: x:');
  await assertRefused('n;x\n1;2.5\n2;1,234\n', 'NUMBER_AMBIGUOUS', ':3:2: x:');
  await assertRefused('n;x\n1;955\n2;1.878\n4;3.548\n', 'NUMBER_AMBIGUOUS', ':3:2: x:');
  assert.deepEqual(await read('n;x\n1;1.878\n2;3.5\n'), [
    [1, 1.878],
    [2, 3.5],
  ]);
  const far = Array.from({ length: 20_000 }, () => '2\t1.234').join('\n');
  await assertRefused(`n\tx\n${far}\n3\t2,5\n`, 'NUMBER_AMBIGUOUS', ':20002:2: x: the mark in "1.234"');
});

test('an empty cell and what stands for one are holes: said with their lines, and never fitted', async () => {
  for (const hole of ['', 'NA', 'NaN', 'null', 'N/A', '-']) {
    writeFileSync(file, `n,x\n1,10\n2,${hole}\n4,40\n`);
    const { rows, source } = await fitFile(file, { scale: 'log' });
    assert.deepEqual([rows, source.holes], [2, { count: 1, first: [{ line: 3, column: 'x' }] }], hole);
  }
});

test('columns are taken by what they are called before they are taken by place, and the answer names them', async () => {
  const columnsOf = async (text: string, options: Partial<FitFileOptions> = {}) => {
    writeFileSync(file, text);
    return (await fitFile(file, { scale: 'log', ...options })).source.columns;
  };
  const r = '"","n","x"\n"1",1,955\n"2",2,1878\n';
  assert.deepEqual(await columnsOf(r), { n: 'n', x: 'x' });
  assert.deepEqual(await columnsOf('"n" "x"\n"1" 1 955\n"2" 2 1878\n'), { n: 'n', x: 'x' });
  assert.deepEqual(await columnsOf('Unnamed: 0,Replicas,Vazão (req/s)\n0,1,955\n1,2,1878\n'), {
    n: 'Replicas',
    x: 'Vazão (req/s)',
  });
  assert.deepEqual(await columnsOf('X,n,x\n1,1,955\n2,2,1878\n'), { n: 'n', x: 'x' });
  assert.deepEqual(await columnsOf('RPS,Threads\n955,1\n1878,2\n'), { n: 'Threads', x: 'RPS' });
  assert.deepEqual(await columnsOf(',size,speed\n0,1,955\n1,2,1878\n'), { n: 'size', x: 'speed' });
  assert.deepEqual(await columnsOf('x,size,n\n955,1,7\n1878,2,7\n', { n: 'SIZE' }), { n: 'size', x: 'x' });
  await assertRefused('n,x,x\n1,2,3\n', 'DATA_INVALID', ':1:3: the header names "x" twice');
});

test('a row with more cells than the header is refused, and delimiters at its end are none', async () => {
  await assertRefused('n,x\n1,10,5\n', 'ROW_LONG', ':2:3:');
  assert.deepEqual(await read('n,x,\n1,10.5,\n2,20,,\n'), wanted);
});

test('comments, blank lines, lines of delimiters and the line that tells Excel the delimiter are no rows', async () => {
  assert.deepEqual(await read('# made by hand\nn,x\n\n1,10.5\n# half\n , \n2,20\n,\n'), wanted);
  assert.deepEqual(await read('sep=;\nn;x\n1;10,5\n2;20\n'), wanted);
  assert.deepEqual(await read('\uFEFF"sep=|"\r\nn|x\r\n1|10,5\r\n2|20\r\n'), wanted);
  await assertRefused('sep=;\n\nn;x\n1;ten\n', 'NUMBER_INVALID', ':4:2:');
});

test('a delimiter inside the quotes of a header does not separate', async () => {
  assert.deepEqual(await read('N,"X; mean"\n1,2.5\n'), [[1, 2.5]]);
  assert.deepEqual(await read('"N, ""all""";X\n1;2,5\n'), [[1, 2.5]]);
});
