import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { createGzip, gzipSync } from 'node:zlib';
import { EscalaError } from '@escala/model';
import fc from 'fast-check';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { openTable, type TableSource } from '../src/table/read-table.ts';
import { ROW_CHARACTERS_MAX } from '../src/table/records.ts';

const folder = temporaryFolder(test);
const file = join(folder, 'table');

async function read(
  path: string,
): Promise<{ header: readonly string[]; numbers: (number | null)[][]; source: TableSource }> {
  const table = await openTable(path);
  const numbers: (number | null)[][] = [];
  for await (const rows of table.rows()) {
    numbers.push(...rows.map((row) => row.cells.map((_, i) => table.number(row, i))));
  }
  return { header: table.header, numbers, source: table.source() };
}

interface Dialect {
  readonly delimiter: ';' | '\t' | '|' | ',' | ' ';
  readonly decimal: '.' | ',';
  readonly isQuoted: boolean;
  readonly encoding: 'utf-8' | 'utf-8 with mark' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly isCompressed: boolean;
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly hasExcelsLine: boolean;
  readonly blankLines: boolean;
  readonly hasRowNames: boolean;
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(';', '\t', '|', ',', ' '),
  decimal: fc.constantFrom('.', ','),
  isQuoted: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be', 'windows-1252'),
  isCompressed: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  hasExcelsLine: fc.boolean(),
  blankLines: fc.boolean(),
  hasRowNames: fc.boolean(),
});

/** What is written, and what must be read: names of columns, and numbers or holes. */
interface Content {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
}

const contents: fc.Arbitrary<Content> = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.record({
    header: fc.uniqueArray(fc.constantFrom('réplicas', 'x', 'vazão', 'taxa "a"', 'time; s', 'a,b', 'zwölf'), {
      minLength: width,
      maxLength: width,
    }),
    rows: fc.array(
      fc.array(
        fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
        { minLength: width, maxLength: width },
      ),
      { minLength: 1, maxLength: 30 },
    ),
  }),
);

function write({ header, rows }: Content, dialect: Dialect): Buffer {
  const { delimiter, decimal, isQuoted, lineEnd } = dialect;
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const cell = (value: number | null) => {
    const text = value === null ? 'NA' : String(value).replace('.', decimal);
    return isQuoted || text.includes(delimiter) ? quote(text) : text;
  };
  const lines = [header.map(quote), ...rows.map((row) => row.map(cell))];
  if (dialect.hasRowNames) lines.forEach((line, i) => void line.unshift(i === 0 ? '""' : quote(String(i))));
  const text = lines
    .map((line) => line.join(delimiter) + lineEnd.repeat(dialect.blankLines ? 2 : 1))
    .join('');
  const bytes = encode((dialect.hasExcelsLine ? `sep=${delimiter}${lineEnd}` : '') + text, dialect.encoding);
  return dialect.isCompressed ? gzipSync(bytes) : bytes;
}

function encode(text: string, encoding: Dialect['encoding']): Buffer {
  if (encoding === 'windows-1252') return Buffer.from(text, 'latin1');
  if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  return Buffer.from(encoding === 'utf-8' ? text : `\uFEFF${text}`);
}

test('any table gives the same names and numbers in whatever dialect it is written', async () => {
  await fc.assert(
    fc.asyncProperty(contents, dialects, async ({ header, rows }, dialect) => {
      // A number that only the other mark can have tells the two apart where all the others have three decimals.
      const telling = [...rows, rows[0]?.map(() => 0.5) ?? []];
      writeFileSync(file, write({ header, rows: telling }, dialect));
      const found = await read(file);
      const names = dialect.hasRowNames ? ['', ...header] : header;
      assert.deepEqual(found.header, names);
      const numbers = dialect.hasRowNames ? found.numbers.map((row) => row.slice(1)) : found.numbers;
      assert.deepEqual(
        numbers,
        telling.map((row) => row.map((value) => (value === 0 ? 0 : value))),
      );
      assert.equal(found.source.delimiter, dialect.delimiter);
      assert.equal(found.source.compression, dialect.isCompressed ? 'gzip' : null);
    }),
    { numRuns: 200 },
  );
});

test('a table is the same wherever its pieces are cut', async () => {
  const cell = 'é"";\n'.repeat(10);
  const line = `"${cell}";1;"2,5"\r\n`;
  const text = `name;n;x\r\n${line.repeat(12_000)}`;
  for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
    writeFileSync(file, bytes);
    const table = await openTable(file);
    let count = 0;
    for await (const rows of table.rows()) {
      for (const row of rows) {
        assert.deepEqual(row.cells, [cell.replaceAll('""', '"'), '1', '2,5']);
        // The row has eleven lines: ten line ends stand inside of its quotes.
        assert.equal(row.line, 2 + 11 * count++);
      }
    }
    assert.equal(count, 12_000);
  }
});

test('what cannot be sought is read: a pipe, a descriptor of the shell, the standard input', () => {
  const root = join(import.meta.dirname, '../../..');
  const escala = join(root, 'bin/escala');
  const fit = (command: string) => {
    const shell = `printf 'n,x\\n1,10\\n2,20\\n' > ${file}; gzip -kf ${file}; ${command}`;
    const fitted = execFileSync('bash', ['-c', shell], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ESCALA: escala },
    });
    return JSON.parse(fitted) as { rows: number; source: { file: string; compression: string | null } };
  };
  for (const [command, compression] of [
    [`"$ESCALA" fit <(cat ${file}) --json`, null],
    [`cat ${file} | "$ESCALA" fit - --json`, null],
    [`cat ${file}.gz | "$ESCALA" fit - --json`, 'gzip'],
    [`"$ESCALA" fit /dev/stdin --json < ${file}.gz`, 'gzip'],
  ] as const) {
    const { rows, source } = fit(command);
    assert.deepEqual([rows, source.compression], [2, compression], command);
  }
});

async function refused(bytes: string | Uint8Array): Promise<EscalaError> {
  writeFileSync(file, bytes);
  const error = await read(file).then(
    () => undefined,
    (reason) => reason,
  );
  assert.ok(error instanceof EscalaError, String(error));
  assert.equal(error.exit, 3);
  return error;
}

test('what is no table is refused with its kind and its place, in both languages', async () => {
  const rows = 'n,x\n1,2\n';
  for (const [bytes, says] of [
    [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), ': this is no table of text: it is a PNG image'],
    ['SQLite format 3\0', ': this is no table of text: it is an SQLite database'],
    ['PK\x03\x04', ': this is no table of text: it is a spreadsheet'],
    [`${rows}\0\0\n`, ':3:1: there is a byte 0'],
    [gzipSync(rows.repeat(10_000)).subarray(0, 60), ': the compressed data end too early'],
    [
      Buffer.concat([gzipSync(rows).subarray(0, 10), Buffer.from([0x07, 0x07])]),
      ': the compressed data are damaged',
    ],
    [
      Buffer.concat([Buffer.from(`n,é\n${'1,2\n'.repeat(100_000)}`), Buffer.from([0xe9, 0x0a])]),
      ': some of its text is UTF-8',
    ],
    [`${rows}"${'9'.repeat(ROW_CHARACTERS_MAX)}`, ':3: the row has more than'],
    [`${rows}${'9'.repeat(10_000_000)}`, ':3: the row has more than'],
    [`${rows}1,"2`, ':3:2: a quote is opened and never closed'],
  ] as const) {
    const error = await refused(bytes);
    assert.equal(error.code, 'NOT_A_TABLE');
    assert.ok(error.message.startsWith(`${file}${says}`), error.message);
    assert.notEqual(error.explain('pt-BR'), error.explain('en'));
  }
});

test('many zeros in a small file are refused as soon as a row would be too long', async () => {
  const zeros = function* () {
    yield 'n,x\n1,2\n';
    for (let i = 0; i < 128; i++) yield Buffer.alloc(1_048_576);
  };
  await pipeline(Readable.from(zeros()), createGzip({ level: 1 }), createWriteStream(file));
  await assert.rejects(read(file), { code: 'NOT_A_TABLE', message: /:3: the row has more than/ });
});
