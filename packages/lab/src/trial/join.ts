import { statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import {
  type Cell,
  clientColumns,
  headerLine,
  type LedgerState,
  ledgerCell,
  ledgerColumns,
  ledgerStates,
  type Outcome,
  outcomes,
  requestColumns,
  requestIdPrefix,
  rowLine,
  type TrialCounts,
  type TrialIdentity,
  writeProblem,
} from '@escala/model';
import { csvRows } from './csv-rows.ts';
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

/**
 * Joins both sides of a trial by request id into `out` and counts; it makes no statistics and no verdict. A hash join
 * over the ledger in memory; a ledger beyond JOIN_ROWS_MAX rows is joined in passes, each over its share of the ids.
 */
export async function joinTrial(
  request: JoinRequest,
): Promise<{ counts: TrialCounts; strangeRows: ReadonlyMap<string, number> }> {
  const { identity, cell, planned, out } = request;
  const ledger: Record<LedgerState, number> = zeros(ledgerStates);
  const byOutcome: Record<Outcome, number> = zeros(outcomes);
  const trialCells = [identity.round, cell.system, cell.replicas, cell.clients, cell.messages] as const;
  await using file = await RowFile.create(out);

  let strangeRows: ReadonlyMap<string, number> = new Map();
  const passes = passesFor(request.ledgerFiles);
  for (let pass = 0; pass < passes; pass++) {
    const index = new LedgerIndex({ prefix: requestIdPrefix(identity), passes, pass });
    strangeRows = await readLedgers(request, index);
    for (const path of request.clientFiles) {
      for await (const cells of csvRows(path, clientColumns)) {
        const [id, outcome] = [cells[0] as string, cells[10] as Outcome];
        if (!index.isMine(id)) continue;
        const found = index.take(id);
        const state = stateOf(outcome, found?.copies ?? 0, request.keepsLedger);
        ledger[state]++;
        byOutcome[outcome]++;
        await file.write([...cells, ...trialCells, ...(found?.times ?? noTimes), state]);
      }
    }
    if (index.untaken > 0) ledger.unexpected += await writeUnexpected(request, index, trialCells, file);
  }
  await file.end();
  const requests = Object.values(byOutcome).reduce((sum, count) => sum + count, 0);
  return { counts: { planned, requests, outcomes: byOutcome, ledger }, strangeRows };
}

const noTimes = [undefined, undefined, undefined] as const;

/** Only an answered request that no ledger holds is a loss; one that failed may or may not have arrived. */
function stateOf(outcome: Outcome, copies: number, keepsLedger: boolean): LedgerState {
  if (copies > 1) return 'duplicated';
  if (copies === 1) return 'recorded';
  return keepsLedger && outcome === 'answered' ? 'missing' : 'none';
}

/** Returns how many rows of other runs each ledger holds, by replica. */
async function readLedgers(
  { ledgerFiles, identity }: JoinRequest,
  index: LedgerIndex,
): Promise<ReadonlyMap<string, number>> {
  const cell = ledgerCell(identity);
  const strange = new Map<string, number>();
  for (const path of ledgerFiles) {
    for await (const row of csvRows(path, ledgerColumns)) {
      const [id, run, replica] = [row[1] as string, row[2], row[6] as string];
      if (run !== identity.run) strange.set(replica, (strange.get(replica) ?? 0) + 1);
      if (row[3] === cell && index.isMine(id)) {
        index.add(id, Number(row[7]), Number(row[8]), Number(row[9]));
      }
    }
  }
  return strange;
}

/** Rows that only a ledger has. Their ids were counted, not kept whole, so the ledgers are read once more. */
async function writeUnexpected(
  { ledgerFiles, identity }: JoinRequest,
  index: LedgerIndex,
  trialCells: readonly (string | number)[],
  file: RowFile,
): Promise<number> {
  const label = ledgerCell(identity);
  let count = 0;
  for (const path of ledgerFiles) {
    for await (const [, id, run, cell, client, message, replica, received, queue, service] of csvRows(
      path,
      ledgerColumns,
    )) {
      if (cell !== label || id === undefined || !index.isMine(id) || !index.take(id)) continue;
      const clientSide = [id, run, cell, client, message, ...Array(6).fill(undefined), replica, undefined];
      await file.write([...clientSide, ...trialCells, received, queue, service, 'unexpected']);
      count++;
    }
  }
  return count;
}

function passesFor(ledgerFiles: readonly string[]): number {
  const bytes = ledgerFiles.reduce((sum, path) => sum + statSync(path).size, 0);
  return Math.max(1, Math.ceil(bytes / LEDGER_ROW_BYTES_MIN / JOIN_ROWS_MAX));
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}

/** requests.csv, written in chunks; a full disk is told as such. */
class RowFile implements AsyncDisposable {
  static readonly #CHUNK_CHARACTERS = 1 << 16;
  readonly #file: FileHandle;
  readonly #path: string;
  #pending = headerLine(requestColumns);

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  static async create(path: string): Promise<RowFile> {
    return new RowFile(await open(path, 'w'), path);
  }

  async write(cells: readonly (string | number | undefined)[]): Promise<void> {
    this.#pending += rowLine(requestColumns, cells);
    if (this.#pending.length >= RowFile.#CHUNK_CHARACTERS) await this.#flush();
  }

  /** Makes all rows survive a power cut: the trial's record, which is written next, says that they are there. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#file.datasync();
  }

  async #flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    await this.#file.writeFile(text).catch((cause) => Promise.reject(writeProblem(cause, this.#path)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}
