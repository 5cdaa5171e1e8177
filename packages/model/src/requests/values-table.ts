import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { systemReason } from '../problems/system-reason.ts';
import { MIX_BYTES_MAX } from '../protocol/agent-protocol.ts';
import { type Fillings, fillEach, type Sentence, sentences } from '../sentences/sentences.ts';
import { describeBytes } from '../sentences/units.ts';

const words = sentences.model.requests;

/** Tells what is wrong at a key of a request. */
export type Tell = (key: string, says: Sentence) => void;

/** A .csv file of values, each row with the line on which it ends. */
export interface Table {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** Reads a file of values whole; undefined, and told, where something is wrong with it. */
export async function readTable(folder: string, file: string, tell: Tell): Promise<Table | undefined> {
  const wrong = (says: Sentence, values: Fillings) =>
    void tell('values', fillEach(says, { file, ...values }));
  const path = resolve(folder, file);
  try {
    const { size } = await stat(path);
    if (size > MIX_BYTES_MAX)
      return wrong(words.largeFile, { size: describeBytes(size), most: describeBytes(MIX_BYTES_MAX) });
    const [head, ...rows] = recordsOf(await readFile(path));
    const header = head?.cells.map((name) => name.trim()) ?? [];
    const twice = header.find((name, i) => header.indexOf(name) !== i);
    if (twice !== undefined) return wrong(words.columnTwice, { name: twice });
    if (rows.length === 0) return wrong(words.noRows, {});
    const uneven = rows.find(({ cells }) => cells.length !== header.length);
    if (!uneven) return { file, header, rows };
    const length = { found: uneven.cells.length, expected: header.length };
    return wrong(words.rowLength, { where: `${file}:${uneven.line}`, ...length });
  } catch (cause) {
    if (!(cause instanceof QuoteProblem)) return wrong(words.unreadable, { reason: systemReason(cause) });
    return wrong(cause.isOpen ? words.quoteOpen : words.quoteStray, { where: `${file}:${cause.line}` });
  }
}

type TableRecord = { readonly line: number; readonly cells: string[] };

/** @throws QuoteProblem */
function recordsOf(bytes: Buffer): TableRecord[] {
  const records: TableRecord[] = [];
  const keep = (cells: string[], { lines }: { lines: number }) => void records.push({ line: lines, cells });
  try {
    parse(bytes, { bom: true, relax_column_count: true, skip_empty_lines: true, on_record: keep as never });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    // The row that is wrong begins after the last one that was whole; the parser knows only where a stray quote is met.
    const { code, lines } = cause as CsvError & { lines?: number };
    const isOpen = code === 'CSV_QUOTE_NOT_CLOSED';
    throw new QuoteProblem(isOpen, isOpen ? (records.at(-1)?.line ?? 0) + 1 : (lines ?? 1));
  }
  return records;
}

/** Only quotes can be wrong by themselves. */
class QuoteProblem extends Error {
  readonly isOpen: boolean;
  readonly line: number;

  constructor(isOpen: boolean, line: number) {
    super();
    this.isOpen = isOpen;
    this.line = line;
  }
}
