import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EscalaError, type ProblemCode } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { type FitFileOptions, fitFile } from '../src/fit-file.ts';
import { readColumns } from '../src/read-columns.ts';

const folder = temporaryFolder(test);
const file = join(folder, 'data.csv');

async function read(
  text: string,
  wanted: readonly (string | undefined)[] = [],
): Promise<(readonly [number, number])[]> {
  writeFileSync(file, text);
  const rows: (readonly [number, number])[] = [];
  await readColumns(file, [wanted[0], wanted[1]], ({ values }) => rows.push(values));
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
  for (const text of ['ten', '', 'NaN', 'Infinity', '1e999', '0x10', '1 000', '1,000']) {
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
  await assertRefused('', 'ROWS_MISSING', '');
  await assertRefused('n,x\n1,0\n', 'ROWS_MISSING', '', { scale: 'linear' });
  await assertRefused('n,x\n1,2\n3\n', 'ROW_SHORT', ':3:2:');
  await assertRefused('n,x\n1,"2\n', 'DATA_INVALID', ':2');
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

test('only beside semicolons is a comma a decimal one', async () => {
  assert.deepEqual(await read('N;X\n1;1,5\n'), [[1, 1.5]]);
  await assertRefused('N\tX\n1\t1,5\n2\t3\n', 'NUMBER_INVALID', ':2:2');
});

test('a delimiter inside the quotes of a header does not separate', async () => {
  assert.deepEqual(await read('N,"X; mean"\n1,2.5\n'), [[1, 2.5]]);
  assert.deepEqual(await read('"N, ""all""";X\n1;2,5\n'), [[1, 2.5]]);
});
