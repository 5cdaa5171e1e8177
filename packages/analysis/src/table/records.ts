import { fillEach, type Sentence, sentences } from '@escala/model';
import { notATable } from './table-bytes.ts';

/** One row as it stands in the file. */
export interface TableRow {
  /** Of its first character, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const lineEnds = ['LF', 'CRLF', 'CR'] as const;
export type LineEnd = (typeof lineEnds)[number];

/** No row of a table is longer, in characters; without a bound a file without line ends would fill the memory. */
export const ROW_CHARACTERS_MAX = 1_048_576;

/** Takes the text of a table piece by piece and gives the rows that are complete, without empty ones. */
export interface RecordSplitter {
  push(piece: string): TableRow[];
  /** What is left when the text has ended. */
  end(): TableRow[];
  /** The kinds that were met. */
  readonly lineEnds: () => readonly LineEnd[];
  /** Lines that began with #. */
  readonly comments: () => number;
}

/**
 * Rows of cells by RFC 4180, more leniently: lines end in LF, CR LF or CR, cells are trimmed, a quote in the middle of a cell
 * is one of its characters, and with a blank as delimiter several count as one. Lines that begin with # are left out.
 * @throws EscalaError NOT_A_TABLE, with file and line, where a quote stays open, a row is too long or there is a byte 0.
 */
export function splitRecords(file: string, delimiter: string, firstLine = 1): RecordSplitter {
  const readQuoted = quotedReader(delimiter);
  const ends = { LF: false, CRLF: false, CR: false };
  let pending = '';
  let line = firstLine;
  let comments = 0;

  const refuse = (detail: Sentence, column = '') => notATable(`${file}:${line}${column}`, detail);

  function take(text: string, isLast: boolean): TableRow[] {
    const rows: TableRow[] = [];
    const [nextLf, nextCr, nextQuote] = [placesOf(text, '\n'), placesOf(text, '\r'), placesOf(text, '"')];
    let at = 0;
    while (at < text.length) {
      let end = Math.min(nextLf(at), nextCr(at), text.length);
      const isQuoted = nextQuote(at) < end && text[at] !== '#';
      // Without a line end the row may go on, and a CR at the end of a piece may be half of a CR LF.
      if (isCut(text, end, isLast)) break;
      if (isQuoted) {
        const read = readQuoted(text, at, isLast);
        if (read.problem === 'open' && !isLast) break;
        if (read.problem !== null) throw refuse(says[read.problem], `:${read.cells.length + 1}`);
        if (isCut(text, read.end, isLast)) break;
        end = read.end;
        keep(rows, read.cells);
        line += text.slice(at, end).match(/\r\n|\n|\r/g)?.length ?? 0;
      } else if (text[at] === '#') comments += 1;
      else if (end > at) keep(rows, splitPlain(text.slice(at, end), delimiter));
      at = skipLineEnd(text, end);
      line += 1;
    }
    pending = text.slice(at);
    if (pending.length > ROW_CHARACTERS_MAX) throw refuse(fillEach(says.long, { most: ROW_CHARACTERS_MAX }));
    return rows;
  }

  function keep(rows: TableRow[], cells: readonly string[]): void {
    if (cells.every((cell) => cell === '')) return;
    const zero = cells.findIndex((cell) => cell.includes('\0'));
    if (zero >= 0) throw refuse(says.zero, `:${zero + 1}`);
    rows.push({ line, cells });
  }

  function skipLineEnd(text: string, end: number): number {
    if (end >= text.length) return text.length;
    const kind = text[end] === '\n' ? 'LF' : text[end + 1] === '\n' ? 'CRLF' : 'CR';
    ends[kind] = true;
    return end + (kind === 'CRLF' ? 2 : 1);
  }

  return {
    push: (piece) => take(pending + piece, false),
    end: () => take(pending, true),
    lineEnds: () => lineEnds.filter((kind) => ends[kind]),
    comments: () => comments,
  };
}

const isCut = (text: string, end: number, isLast: boolean) =>
  !isLast && (end >= text.length || (end === text.length - 1 && text[end] === '\r'));

/** The next place of a character from a place on, which only grows; Infinity without one. */
function placesOf(text: string, character: string): (from: number) => number {
  let next = -1;
  return (from) => {
    if (next < from) {
      const found = text.indexOf(character, from);
      next = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return next;
  };
}

/** Cells of a line without quotes. */
function splitPlain(line: string, delimiter: string): string[] {
  if (delimiter === ' ') return line.trim().split(/[ \t]+/);
  const cells = line.split(delimiter);
  for (let i = 0; i < cells.length; i++) cells[i] = cells[i]?.trim() ?? '';
  return cells;
}

/** `end` is where the row ends; `cells` are those before a problem, if there is one. */
interface QuotedRow {
  readonly cells: readonly string[];
  readonly end: number;
  readonly problem: 'open' | 'inside' | null;
}

/** Reads the cells of a row that has a quote, from its first character, and says where it ends. */
function quotedReader(delimiter: string): (text: string, from: number, isLast: boolean) => QuotedRow {
  const isBlank = delimiter === ' ';
  const blanks = delimiter === '\t' ? / */y : /[ \t]*/y;
  const stop = isBlank ? /[ \t\r\n]|$/g : new RegExp(`[${delimiter}\r\n]|$`, 'g');
  const afterBlanks = (text: string, at: number) => {
    blanks.lastIndex = at;
    blanks.test(text);
    return blanks.lastIndex;
  };
  const isEnd = (text: string, at: number) => at >= text.length || text[at] === '\n' || text[at] === '\r';
  return (text, from, isLast) => {
    const cells: string[] = [];
    for (let at = from; ; at += isBlank ? 0 : 1) {
      const start = afterBlanks(text, at);
      let end: number;
      if (text[start] === '"') {
        const close = closingQuote(text, start);
        // A quote that ends the text so far may be the first of two.
        if (close < 0 || (!isLast && close === text.length - 1))
          return { cells, end: start, problem: 'open' };
        end = afterBlanks(text, close + 1);
        const isSeparated = isBlank ? end > close + 1 : text[end] === delimiter;
        if (!isEnd(text, end) && !isSeparated) return { cells, end, problem: 'inside' };
        cells.push(text.slice(start + 1, close).replaceAll('""', '"'));
      } else {
        stop.lastIndex = start;
        const cut = stop.exec(text)?.index ?? text.length;
        cells.push(text.slice(start, cut).trim());
        end = isBlank ? afterBlanks(text, cut) : cut;
      }
      at = end;
      if (isEnd(text, at)) return { cells, end: at, problem: null };
    }
  };
}

/** The place of the quote that closes the one at `open`; −1 without one. */
function closingQuote(text: string, open: number): number {
  let at = open + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}

const says = { ...sentences.analysis.records, open: sentences.analysis.csvProblem.quote };
