import { type RecordSplitter, splitRecords, type TableRow } from './records.ts';
import { type DecimalEvidence, evidenceOf } from './table-number.ts';

/** In the order in which they are preferred where several fit as well. */
const delimiters = [';', '\t', '|', ',', ' '] as const;
export type Delimiter = (typeof delimiters)[number];

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
export function findDialect(beginning: string, isWhole: boolean): Dialect {
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
