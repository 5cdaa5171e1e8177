import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Column, EscalaError, fillEach, type Sentence, sentences, unreadable } from '@escala/model';

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

/** No header of ours comes near; a first line that is longer is not a header. */
const headerBytesMax = 8_192;

/** The names in the first line of a CSV file, in their order; without a byte-order mark. */
export async function readHeader(file: string): Promise<readonly string[]> {
  const line = await readFirstLine(file);
  return line.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}

async function readFirstLine(file: string): Promise<string> {
  const text = (await readBeginning(file)).replace(/^\uFEFF/, '');
  if (text === '') throw invalidHeader(file, headerWords.empty);
  const end = text.search(/\r?\n/);
  return end < 0 ? text : text.slice(0, end);
}

/** @throws EscalaError FILE_UNREADABLE, also where a folder is in the file's place. */
async function readBeginning(file: string): Promise<string> {
  try {
    await using handle = await open(file);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headerBytesMax), 0, headerBytesMax, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/**
 * Columns may stand in any order, and others may stand between them, but each that is needed must be there once.
 * @throws EscalaError DATA_INVALID, which names what is missing or doubled.
 */
export function checkHeader(file: string, header: readonly string[], needed: readonly Column[]): void {
  const missing = needed
    .filter(({ name, isLater }) => !isLater && !header.includes(name))
    .map(({ name }) => name);
  if (missing.length > 0) {
    const found = header.join(', ').slice(0, 300);
    throw invalidHeader(file, fillEach(headerWords.lacks, { missing: missing.join(', '), found }));
  }
  const doubled = header.filter((name, i) => header.indexOf(name) !== i);
  if (doubled.length > 0) {
    throw invalidHeader(file, fillEach(headerWords.twice, { names: doubled.join(', ') }));
  }
}

const headerWords = sentences.analysis.csvHeader;

function invalidHeader(file: string, detail: Sentence): EscalaError {
  return new EscalaError('DATA_INVALID', { where: `${file}:1`, detail });
}
