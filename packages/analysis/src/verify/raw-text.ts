import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, EscalaError, fillEach, sentences } from '@escala/model';
import { readHeader } from '../run/csv-problem.ts';
import { readCsv } from '../run/engine.ts';

/** Line by line: the first file whole, of the others all but their header. */
export async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const [i, file] of files.entries()) {
    let rest = '';
    let isHeader = i > 0;
    for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!isHeader) yield line;
        isHeader = false;
      }
    }
    if (rest !== '') yield rest;
  }
}

const words = sentences.analysis.rawText;

/** The files of a trial's clients and those of its ledgers, each in the order of their names. */
export async function rawFilesOf(trialFolder: string) {
  const names = (await readdir(trialFolder)).sort();
  const paths = (pattern: RegExp) =>
    names.filter((name) => pattern.test(name)).map((name) => join(trialFolder, name));
  return { clients: paths(/^client-.*\.csv$/), ledgers: paths(/^ledger-.*\.csv$/) };
}

/** The cells as they are written; a number with another digit is another text. */
export function readText(files: readonly string[], header: readonly string[]): string {
  return readCsv(files, Object.fromEntries(header.map((name) => [name, 'VARCHAR'])));
}

/**
 * Programs of ours wrote these files, so their columns stand exactly in our order. Returns the columns that they have:
 * those of an older version lack some.
 */
export async function checkHeaders(
  files: readonly string[],
  columns: readonly Column[],
): Promise<readonly string[]> {
  const [first] = files;
  const found = first === undefined ? undefined : await readHeader(first);
  const has = columns
    .filter(({ name, isLater }) => !isLater || found === undefined || found.includes(name))
    .map(({ name }) => name);
  const expected = has.join(',');
  for (const file of files) {
    const header = (await readHeader(file)).join(',');
    if (header === expected) continue;
    const detail = fillEach(words.theHeaderIsNot, { header, expected });
    throw new EscalaError('DATA_INVALID', { where: `${file}:1`, detail });
  }
  return has;
}
