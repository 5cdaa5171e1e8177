import { open } from 'node:fs/promises';
import { type Column, EscalaError, fillEach, type Sentence, sentences, unreadable } from '@escala/model';

/** No header of ours comes near; a first line that is longer is not a header. */
const headerBytesMax = 8_192;

/** The names in the first line of a CSV file, in their order; without a byte-order mark. */
export async function readHeader(file: string): Promise<readonly string[]> {
  const line = await readFirstLine(file);
  return line.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}

async function readFirstLine(file: string): Promise<string> {
  const text = (await readBeginning(file)).replace(/^\uFEFF/, '');
  if (text === '') throw invalidHeader(file, says.empty);
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
  const missing = needed.filter(({ name }) => !header.includes(name)).map(({ name }) => name);
  if (missing.length > 0) {
    const found = header.join(', ').slice(0, 300);
    throw invalidHeader(file, fillEach(says.lacks, { missing: missing.join(', '), found }));
  }
  const doubled = header.filter((name, i) => header.indexOf(name) !== i);
  if (doubled.length > 0) {
    throw invalidHeader(file, fillEach(says.twice, { names: doubled.join(', ') }));
  }
}

const says = sentences.analysis.csvHeader;

function invalidHeader(file: string, detail: Sentence): EscalaError {
  return new EscalaError('DATA_INVALID', { where: `${file}:1`, detail });
}
