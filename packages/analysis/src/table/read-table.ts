import { EscalaError, type ProblemCode, type SentenceValues, sentences } from '@escala/model';
import { type LineEnd, type RecordSplitter, splitRecords, type TableRow } from './records.ts';
import { type Encoding, nameOfTable, openText } from './table-bytes.ts';
import { createNumberReader, type DecimalEvidence, evidenceOf, type NumberReader } from './table-number.ts';

/** How a table was read, for the answer. */
export interface TableSource {
  readonly delimiter: Delimiter;
  /** Null where no number has decimals. */
  readonly decimal: '.' | ',' | null;
  readonly encoding: Encoding;
  readonly compression: 'gzip' | null;
  readonly lineEnds: readonly LineEnd[];
  /** Lines that begin with #, which were left out. */
  readonly comments: number;
  /** Empty cells (also NA, NaN, null) of the columns that were taken: none of them is counted. */
  readonly holes: { readonly count: number; readonly first: readonly Hole[] };
}

/** Where a number should stand and none does. */
interface Hole {
  readonly line: number;
  readonly column: string;
}

/** Any table that a person gives, read once from its beginning to its end. */
export interface Table {
  /** How the messages name it. */
  readonly name: string;
  /** Trimmed; an empty name is that of a column without one. */
  readonly header: readonly string[];
  readonly headerLine: number;
  readonly numbers: NumberReader;
  /** The rows below the header, in parts of about a piece of the file. */
  rows(): AsyncGenerator<readonly TableRow[]>;
  /**
   * The number in a cell; null, and remembered as a hole, where it is empty.
   * @throws EscalaError ROW_SHORT, NUMBER_INVALID, NUMBER_AMBIGUOUS.
   */
  number(row: TableRow, column: number): number | null;
  /** Remembers an empty cell. */
  noteHole(row: TableRow, column: number): void;
  /** Final when all rows were read. */
  source(): TableSource;
  /** Throws the problem at a row's column; `values` go into its sentence. */
  refuse(code: ProblemCode, row: TableRow, column: number, values?: SentenceValues): never;
}

/** So many holes are named. */
const HOLES_NAMED_MAX = 10;

/**
 * Opens a table in whatever dialect: columns separated by commas, semicolons, tabs, bars or blanks; decimal points or commas;
 * UTF-8, UTF-16 or Latin-1; plain or gzip; from a file, a pipe or the standard input (`-`); with row names as R and pandas write them.
 * @throws EscalaError FILE_UNREADABLE, NOT_A_TABLE, DATA_INVALID where there is no header.
 */
export async function openTable(file: string): Promise<Table> {
  const name = nameOfTable(file);
  const text = await openText(file);
  const pieces = text.pieces();
  const first = await pieces.next();
  const second = await pieces.next();
  const beginning = first.value ?? '';
  const dialect = findDialect(beginning, second.done === true || second.value === '');
  const linesBefore = dialect.preamble.match(/\r\n|\n|\r/g)?.length ?? 0;
  const splitter = splitRecords(name, dialect.delimiter, 1 + linesBefore);
  const parts = partsOf(splitter, beginning.slice(dialect.preamble.length), second.value ?? '', pieces);
  const { header, headerLine, rest } = await takeHeader(name, dialect.delimiter, parts);
  const numbers = createNumberReader(dialect.decimals, dialect.delimiter === ';');
  const holes: Hole[] = [];
  let count = 0;
  const table: Table = {
    name,
    header,
    headerLine,
    numbers,
    rows: async function* () {
      if (rest.length > 0) yield checkWidths(name, header, rest);
      for await (const rows of parts) yield checkWidths(name, header, rows);
    },
    number(row, column) {
      const cell = row.cells[column];
      if (cell === undefined) return table.refuse('ROW_SHORT', row, column);
      const value = numbers.read(cell);
      if (value === null) table.noteHole(row, column);
      if (!Number.isNaN(value)) return value;
      const either = numbers.ambiguous(cell);
      if (either === null) return table.refuse('NUMBER_INVALID', row, column);
      return table.refuse('NUMBER_AMBIGUOUS', row, column, { text: either });
    },
    noteHole({ line }, column) {
      count += 1;
      if (holes.length < HOLES_NAMED_MAX) holes.push({ line, column: header[column] ?? '' });
    },
    source: () => ({
      delimiter: dialect.delimiter,
      decimal: numbers.decimal,
      encoding: text.encoding(),
      compression: text.compression,
      lineEnds: splitter.lineEnds(),
      comments: splitter.comments(),
      holes: { count, first: holes },
    }),
    refuse(code, row, column, values) {
      throw new EscalaError(code, {
        where: `${name}:${row.line}:${column + 1}`,
        column: header[column] ?? '',
        text: row.cells[column] ?? '',
        found: row.cells.length,
        ...values,
      });
    },
  };
  return table;
}

async function* partsOf(
  splitter: RecordSplitter,
  first: string,
  second: string,
  rest: AsyncGenerator<string>,
): AsyncGenerator<TableRow[]> {
  yield splitter.push(first);
  yield splitter.push(second);
  for await (const piece of rest) yield splitter.push(piece);
  yield splitter.end();
}

/** The header, and what was read of the rows until it and the row below it were there. */
async function takeHeader(name: string, delimiter: Delimiter, parts: AsyncGenerator<TableRow[]>) {
  const rows: TableRow[] = [];
  while (rows.length < 2) {
    const { value, done } = await parts.next();
    if (done) break;
    for (const row of value) rows.push(row);
  }
  const [top, ...rest] = rows;
  if (!top)
    throw new EscalaError('DATA_INVALID', { where: `${name}:1`, detail: sentences.analysis.csvHeader.empty });
  // R leaves out the name of the row names, if it is told nothing else, and does not do so where cells are only separated by commas.
  const isShort =
    delimiter !== ',' && rest[0]?.cells.length === top.cells.length + 1 && rest[0].cells.at(-1) !== '';
  return { header: isShort ? ['', ...top.cells] : top.cells, headerLine: top.line, rest };
}

/** More cells than the header names: a decimal comma between commas, most often. A delimiter at the end is none. */
function checkWidths(
  name: string,
  header: readonly string[],
  rows: readonly TableRow[],
): readonly TableRow[] {
  for (const { line, cells } of rows) {
    if (cells.length <= header.length) continue;
    const beyond = cells.findIndex((cell, i) => i >= header.length && cell !== '');
    if (beyond < 0) continue;
    throw new EscalaError('ROW_LONG', {
      where: `${name}:${line}:${beyond + 1}`,
      found: cells.length,
      expected: header.length,
    });
  }
  return rows;
}

/** In the order in which they are preferred where several fit as well. */
const delimiters = [';', '\t', '|', ',', ' '] as const;
type Delimiter = (typeof delimiters)[number];

/** How the columns and the decimals of a table are marked, told from its beginning. */
interface Dialect {
  readonly delimiter: Delimiter;
  readonly decimals: DecimalEvidence;
  /** Characters before the first row: a byte-order mark, and the line by which Excel is told the delimiter. */
  readonly preamble: string;
}

/** So much of the beginning tells the dialect. */
const SAMPLE_CHARACTERS = 32_768;
const SAMPLE_ROWS = 50;

const excelsLine = /^\s*"?sep=([;,|\t ])"?[;,\t]*(?:\r\n|\n|\r|$)/i;

/** @param isWhole whether nothing comes after `beginning`. */
function findDialect(beginning: string, isWhole: boolean): Dialect {
  const mark = beginning.startsWith('\uFEFF') ? '\uFEFF' : '';
  const told = excelsLine.exec(beginning.slice(mark.length));
  const preamble = mark + (told?.[0] ?? '');
  const text = beginning.slice(preamble.length, preamble.length + SAMPLE_CHARACTERS);
  const isCut = !isWhole || text.length < beginning.length - preamble.length;
  const delimiter = (told?.[1] as Delimiter | undefined) ?? bestDelimiter(text, isCut);
  const cells = sampleRows(text, delimiter, isCut).flatMap((row) => row.cells);
  const evidence = new Set(cells.map(evidenceOf));
  return { delimiter, preamble, decimals: { comma: evidence.has('comma'), point: evidence.has('point') } };
}

/** The one by which the most rows have as many cells as the header, of those that are in the header at all. */
function bestDelimiter(text: string, isCut: boolean): Delimiter {
  let best: { readonly delimiter: Delimiter; readonly score: number } = { delimiter: ',', score: -1 };
  for (const delimiter of delimiters) {
    const [header, ...rows] = sampleRows(text, delimiter, isCut);
    const width = header?.cells.length ?? 0;
    if (width < 2) continue;
    const fitting = rows.filter(({ cells }) => cells.length === width || cells.length === width + 1);
    const score = fitting.length / Math.max(rows.length, 1);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** None where the text is no table with this delimiter. */
function sampleRows(text: string, delimiter: Delimiter, isCut: boolean): readonly TableRow[] {
  const rows: TableRow[] = [];
  const splitter: RecordSplitter = splitRecords('', delimiter);
  try {
    rows.push(...splitter.push(text));
    if (!isCut || rows.length === 0) rows.push(...splitter.end());
  } catch {
    // What is wrong here is said when the table is read, with its place.
  }
  return rows.slice(0, SAMPLE_ROWS);
}
