import { createReadStream, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import {
  type Cell,
  type Column,
  clientColumns,
  EscalaError,
  fillEach,
  headerLine,
  inEachLanguage,
  type LedgerState,
  ledgerCell,
  ledgerColumns,
  ledgerStates,
  type Outcome,
  outcomes,
  record,
  requestColumns,
  requestIdPrefix,
  rowLine,
  type Sentence,
  sentences,
  type TrialCounts,
  type TrialIdentity,
  unreadable,
  writeProblem,
} from '@escala/model';
import { CsvError, parse } from 'csv-parse';
import { LedgerIndex } from './ledger-index.ts';
import { JOIN_ROWS_MAX } from './limits.ts';

interface JoinRequest {
  readonly identity: TrialIdentity;
  readonly cell: Cell;
  readonly planned: number;
  /** Files of client rows and of ledger rows, in an order that stays: the result depends on it. */
  readonly clientFiles: readonly string[];
  readonly ledgerFiles: readonly string[];
  /** Whether the system has a ledger at all: without one, nothing can be missing from it. */
  readonly keepsLedger: boolean;
  readonly out: string;
}

/** Ledger rows are no shorter than this, so a file's size bounds how many it holds. */
const LEDGER_ROW_BYTES_MIN = 64;
/** Lines are handed to the disk in pieces of about this size. */
const CHUNK_CHARACTERS = 65_536;

/**
 * Joins both sides of a trial by request id into `out` and counts; it makes no statistics and no verdict. A hash join
 * over the ledger in memory; a ledger beyond JOIN_ROWS_MAX rows is joined in passes, each over its share of the ids.
 */
export async function joinTrial(
  request: JoinRequest,
): Promise<{ counts: TrialCounts; strangeRows: ReadonlyMap<string, number> }> {
  const counted = { ledger: record(ledgerStates, () => 0), outcomes: record(outcomes, () => 0) };
  const strangeRows = new Map<string, number>();
  const lines = joinedLines(request, counted, strangeRows);
  // Flushed: the trial's record, which is written next, says that the rows are there.
  await writeFile(request.out, inChunks(lines), { flush: true }).catch((cause) =>
    Promise.reject(writeProblem(cause, request.out)),
  );
  const requests = Object.values(counted.outcomes).reduce((sum, count) => sum + count, 0);
  return { counts: { planned: request.planned, requests, ...counted }, strangeRows };
}

/** The lines of requests.csv. Counts them, and the rows of other runs in each ledger by its replica. */
async function* joinedLines(
  request: JoinRequest,
  counted: { ledger: Record<LedgerState, number>; outcomes: Record<Outcome, number> },
  strangeRows: Map<string, number>,
): AsyncGenerator<string> {
  const { identity, cell, ledgerFiles, clientFiles, keepsLedger } = request;
  const trialCells = [identity.round, cell.system, cell.replicas, cell.clients, cell.messages] as const;
  yield headerLine(requestColumns);
  const passes = passesFor(ledgerFiles);
  for (let pass = 0; pass < passes; pass++) {
    const index = new LedgerIndex({ prefix: requestIdPrefix(identity), passes, pass });
    await readLedgers(request, index, pass === 0 ? strangeRows : new Map());
    for (const path of clientFiles) {
      for await (const cells of csvRows(path, clientColumns)) {
        const [id, outcome] = [cells[0] as string, cells[10] as Outcome];
        if (!index.isMine(id)) continue;
        const found = index.take(id);
        const state = stateOf(outcome, found?.copies ?? 0, keepsLedger);
        counted.ledger[state]++;
        counted.outcomes[outcome]++;
        yield rowLine(requestColumns, [...cells, ...trialCells, ...(found?.times ?? noTimes), state]);
      }
    }
    if (index.untaken === 0) continue;
    for await (const line of unexpectedLines(request, index, trialCells)) {
      counted.ledger.unexpected++;
      yield line;
    }
  }
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let pending = '';
  for await (const line of lines) {
    pending += line;
    if (pending.length < CHUNK_CHARACTERS) continue;
    yield pending;
    pending = '';
  }
  yield pending;
}

const noTimes = [undefined, undefined, undefined] as const;

/** Only an answered request that no ledger holds is a loss; one that failed may or may not have arrived. */
function stateOf(outcome: Outcome, copies: number, keepsLedger: boolean): LedgerState {
  if (copies > 1) return 'duplicated';
  if (copies === 1) return 'recorded';
  return keepsLedger && outcome === 'answered' ? 'missing' : 'none';
}

/** Puts the cell's rows into the index, and counts the rows of other runs in each ledger by its replica. */
async function readLedgers(
  { ledgerFiles, identity }: JoinRequest,
  index: LedgerIndex,
  strangeRows: Map<string, number>,
): Promise<void> {
  const cell = ledgerCell(identity);
  for (const path of ledgerFiles) {
    for await (const row of csvRows(path, ledgerColumns)) {
      const [id, run, replica] = [row[1] as string, row[2], row[6] as string];
      if (run !== identity.run) strangeRows.set(replica, (strangeRows.get(replica) ?? 0) + 1);
      if (row[3] === cell && index.isMine(id)) {
        index.add(id, Number(row[7]), Number(row[8]), Number(row[9]));
      }
    }
  }
}

/** Rows that only a ledger has. Their ids were counted, not kept whole, so the ledgers are read once more. */
async function* unexpectedLines(
  { ledgerFiles, identity }: JoinRequest,
  index: LedgerIndex,
  trialCells: readonly (string | number)[],
): AsyncGenerator<string> {
  const label = ledgerCell(identity);
  for (const path of ledgerFiles) {
    for await (const row of csvRows(path, ledgerColumns)) {
      const [, id, run, cell, client, message, replica, ...times] = row;
      if (cell !== label || id === undefined || !index.isMine(id) || !index.take(id)) continue;
      const clientSide = [
        id,
        run,
        cell,
        client,
        message,
        ...Array(6).fill(undefined),
        replica,
        ...Array(2).fill(undefined),
      ];
      yield rowLine(requestColumns, [...clientSide, ...trialCells, ...times.slice(0, 3), 'unexpected']);
    }
  }
}

function passesFor(ledgerFiles: readonly string[]): number {
  const bytes = ledgerFiles.reduce((sum, path) => sum + statSync(path).size, 0);
  return Math.max(1, Math.ceil(bytes / LEDGER_ROW_BYTES_MIN / JOIN_ROWS_MAX));
}

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
