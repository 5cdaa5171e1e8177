import { createReadStream } from 'node:fs';
import { type Column, EscalaError } from '@escala/model';
import { parse } from 'csv-parse';

/**
 * The rows of one of our CSV files, as cells in the order of `columns`, streamed.
 * @throws EscalaError DATA_INVALID, with file and line, for a header or a row that is not of these columns.
 */
export async function* csvRows(path: string, columns: readonly Column[]): AsyncGenerator<string[]> {
  const parser = createReadStream(path).pipe(parse({ bom: true, relax_column_count: true }));
  let line = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line++;
      if (line === 1) checkHeader(path, cells, columns);
      else if (cells.length === columns.length) yield cells;
      else throw broken(`${path}:${line}`, `the row has ${cells.length} cells, not ${columns.length}`);
    }
  } catch (cause) {
    if (cause instanceof EscalaError) throw cause;
    throw broken(`${path}:${line + 1}`, (cause as Error).message);
  }
  if (line === 0) throw broken(path, 'the file is empty; its header is missing');
}

function checkHeader(path: string, cells: readonly string[], columns: readonly Column[]): void {
  const expected = columns.map((column) => column.name).join(',');
  if (cells.join(',') !== expected) throw broken(`${path}:1`, `the header must be ${expected}`);
}

function broken(where: string, detail: string): EscalaError {
  return new EscalaError('DATA_INVALID', { where, detail });
}
