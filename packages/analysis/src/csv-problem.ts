import { createReadStream } from 'node:fs';
import { EscalaError } from '@escala/model';

/**
 * DuckDB's error about a CSV file as ours: the file, the line, and what is wrong with it, without its advice on options
 * that nobody here can set. Other errors come back unchanged.
 */
export async function explainCsvError(error: unknown): Promise<unknown> {
  const text = error instanceof Error ? error.message : '';
  const file = /^\s*file = (.+)$/m.exec(text)?.[1];
  if (file === undefined) return error;
  const line = /CSV Error on Line: (\d+)/.exec(text)?.[1];
  const where = line === undefined ? await mixedLineEnd(file) : `${file}:${line}`;
  return new EscalaError('DATA_INVALID', { where, detail: describe(text) }, { cause: error });
}

function describe(text: string): string {
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (counts) return `the row has ${counts[2]} cells and the header ${counts[1]}`;
  const cell = /Error when converting column "(.+?)"\. Could not convert string "(.*?)" to '(.+?)'/s.exec(
    text,
  );
  if (cell) return `column ${cell[1]} holds "${cell[2]}", which is no ${kindOf(cell[3] ?? '')}`;
  if (text.includes('unterminated quote')) return 'a quote is opened and never closed';
  if (text.includes('Invalid unicode')) return 'the row is not UTF-8 text';
  if (text.includes('invalid state'))
    return 'the line ends differ from those above, or a quote stands inside a cell';
  return text.split('\n').slice(0, 3).join('; ');
}

function kindOf(type: string): string {
  const words = /^ENUM\((.*)\)$/.exec(type)?.[1];
  if (type.startsWith('DECIMAL')) return 'number';
  return words === undefined ? 'whole number' : `word of ${words.replaceAll("'", '')}`;
}

/** DuckDB does not name the line here, so we look for the first whose end differs from the first line's. */
async function mixedLineEnd(file: string): Promise<string> {
  let line = 0;
  let first: boolean | undefined;
  let previous = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (byte === 10) {
        line += 1;
        first ??= previous === 13;
        if ((previous === 13) !== first) return `${file}:${line}`;
      }
      previous = byte;
    }
  }
  return file;
}
