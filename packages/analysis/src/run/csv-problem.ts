import { createReadStream } from 'node:fs';
import { EscalaError, fillEach, type Sentence, sentences } from '@escala/model';

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

function describe(text: string): Sentence {
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text);
  if (counts) return fillEach(says.cells, { found: Number(counts[2]), expected: Number(counts[1]) });
  const cell = /Error when converting column "(.+?)"\. Could not convert string "(.*?)" to '(.+?)'/s.exec(
    text,
  );
  if (cell) {
    const [, column = '', value = '', type = ''] = cell;
    return fillEach(says.kind, { column, value, kind: kindOf(type) });
  }
  if (text.includes('unterminated quote')) return says.quote;
  if (text.includes('Invalid unicode')) return says.unicode;
  if (text.includes('invalid state')) return says.state;
  return says.other;
}

function kindOf(type: string): Sentence {
  const words = /^ENUM\((.*)\)$/.exec(type)?.[1];
  if (type.startsWith('DECIMAL')) return says.number;
  return words === undefined ? says.integer : fillEach(says.word, { words: words.replaceAll("'", '') });
}

const says = sentences.analysis.csvProblem;

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
