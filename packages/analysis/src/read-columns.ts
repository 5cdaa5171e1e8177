import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { EscalaError, type ProblemCode, type SentenceValues, unreadable } from '@escala/model';
import { type InfoRecord, parse } from 'csv-parse';

/** Two numbers of one row, as numbers and as they are written, and where they stand. */
export interface NumberRow {
  readonly values: readonly [number, number];
  /** Throws the problem at this row's first or second wanted column; `values` go into its sentence. */
  refuse(code: ProblemCode, column: 0 | 1, values?: SentenceValues): never;
}

/** No header line is longer. */
const headerBytesMax = 65_536;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const delimiters = [';', '\t', ','] as const;

/**
 * Streams two number columns of anyone's CSV file, row by row, in constant memory. Columns are separated by a comma,
 * a semicolon (then a decimal comma is understood, as spreadsheets in Portuguese write it) or a tab; a byte-order mark,
 * any line end, quotes, empty lines and further columns are accepted.
 * @param wanted names of the columns; the first two where undefined.
 * @throws EscalaError with file and line: FILE_UNREADABLE, HEADER_MISSING, COLUMN_MISSING, ROW_SHORT, NUMBER_INVALID,
 * DATA_INVALID for broken quotes.
 */
export async function readColumns(
  file: string,
  wanted: readonly [string | undefined, string | undefined],
  onRow: (row: NumberRow) => void,
): Promise<void> {
  const delimiter = await findDelimiter(file);
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  const source = createReadStream(file).on('error', (error) => parser.destroy(error));
  let columns: readonly Column[] | undefined;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<NumberedRecord>) {
      if (columns) onRow(readRow(file, delimiter, columns, record, info.lines));
      else columns = findColumns(file, record, wanted, delimiter);
    }
  } catch (error) {
    throw asProblem(file, error);
  } finally {
    source.destroy();
  }
}

/** What the parser yields with `info`. */
interface NumberedRecord {
  readonly record: readonly string[];
  readonly info: InfoRecord;
}

interface Column {
  readonly name: string;
  readonly index: number;
}

async function findDelimiter(file: string): Promise<string> {
  const handle = await open(file).catch((cause: Error) => {
    throw unreadable(file, cause);
  });
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headerBytesMax), 0, headerBytesMax, 0);
    const [header = ''] = buffer
      .toString('utf8', 0, bytesRead)
      .trimStart()
      .split(/\r\n|\n|\r/, 1);
    const unquoted = header.replace(/"(?:[^"]|"")*"/g, '');
    return delimiters.find((delimiter) => unquoted.includes(delimiter)) ?? ',';
  } catch (cause) {
    throw unreadable(file, cause);
  } finally {
    await handle.close();
  }
}

function findColumns(
  file: string,
  header: readonly string[],
  wanted: readonly [string | undefined, string | undefined],
  delimiter: string,
): readonly Column[] {
  const where = `${file}:1`;
  return wanted.map((name, position) => {
    const index = name === undefined ? position : header.indexOf(name);
    const found = header[index];
    if (name === undefined && found !== undefined && !Number.isNaN(parseNumber(found, delimiter))) {
      throw new EscalaError('HEADER_MISSING', { where, text: found });
    }
    if (found !== undefined) return { name: found, index };
    const column = name === undefined ? String(position + 1) : `"${name}"`;
    throw new EscalaError('COLUMN_MISSING', {
      where,
      column,
      found: header.map((text) => `"${text}"`).join(', '),
    });
  });
}

function readRow(
  file: string,
  delimiter: string,
  columns: readonly Column[],
  cells: readonly string[],
  line: number,
): NumberRow {
  const refuse = (code: ProblemCode, at: 0 | 1, values: SentenceValues = {}): never => {
    const { name = '', index = 0 } = columns[at] ?? {};
    const where = `${file}:${line}:${index + 1}`;
    throw new EscalaError(code, {
      where,
      column: name,
      text: cells[index] ?? '',
      found: String(cells.length),
      ...values,
    });
  };
  const number = (at: 0 | 1): number => {
    const cell = cells[columns[at]?.index ?? 0];
    if (cell === undefined) return refuse('ROW_SHORT', at);
    const value = parseNumber(cell, delimiter);
    return Number.isNaN(value) ? refuse('NUMBER_INVALID', at) : value;
  };
  return { values: [number(0), number(1)], refuse };
}

/** A finite decimal number; NaN for anything else, also for what no double holds, such as 1e999. */
function parseNumber(text: string, delimiter: string): number {
  const plain = delimiter === ';' ? text.replace(',', '.') : text;
  const value = decimal.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

function asProblem(file: string, error: unknown): unknown {
  if (error instanceof EscalaError || !(error instanceof Error)) return error;
  const { lines } = error as { lines?: number };
  if (lines === undefined && !('code' in error)) return error;
  return lines === undefined
    ? new EscalaError('FILE_UNREADABLE', { file, detail: error.message }, { cause: error })
    : new EscalaError('DATA_INVALID', { where: `${file}:${lines}`, detail: error.message }, { cause: error });
}
