import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import {
  type Column,
  EscalaError,
  fillEach,
  inEachLanguage,
  type Sentence,
  sentences,
  unreadable,
} from '@escala/model';
import { CsvError, parse } from 'csv-parse';

const words = sentences.lab.csvRows;

/**
 * The rows of one of our CSV files, as cells in the order of `columns`, streamed.
 * @throws EscalaError FILE_UNREADABLE; DATA_INVALID, with file and line, for what is not of these columns.
 */
export async function* csvRows(path: string, columns: readonly Column[]): AsyncGenerator<string[]> {
  const options = { bom: true, relax_column_count: true };
  // A pipe would neither tell of a file that cannot be read nor close it where the reader stops early.
  const parser = pipeline(createReadStream(path), parse(options), () => undefined);
  let line = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line++;
      if (line === 1) checkHeader(path, cells, columns);
      else if (cells.length === columns.length) yield cells;
      else {
        const values = { found: cells.length, expected: columns.length };
        throw broken(`${path}:${line}`, fillEach(words.rowLength, values));
      }
    }
  } catch (cause) {
    if (cause instanceof EscalaError) throw cause;
    if (!(cause instanceof CsvError)) throw unreadable(path, cause);
    // The parser is ahead of the rows that were taken.
    const { message, lines } = cause as CsvError & { lines?: number };
    throw broken(
      `${path}:${lines ?? line + 1}`,
      inEachLanguage(() => `“${message}”`),
    );
  }
  if (line === 0) throw broken(path, words.empty);
}

function checkHeader(path: string, cells: readonly string[], columns: readonly Column[]): void {
  const expected = columns.map((column) => column.name).join(',');
  if (cells.join(',') !== expected) throw broken(`${path}:1`, fillEach(words.header, { expected }));
}

function broken(where: string, detail: Sentence): EscalaError {
  return new EscalaError('DATA_INVALID', { where, detail });
}
