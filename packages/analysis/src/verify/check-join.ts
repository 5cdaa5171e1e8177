import { join, relative } from 'node:path';
import {
  clientColumns,
  type LedgerState,
  ledgerCell,
  ledgerColumns,
  requestColumns,
  sentences,
  trialFiles,
} from '@escala/model';
import { checkHeader, explainCsvError, readHeader } from '../run/csv-problem.ts';
import { type Engine, quoted } from '../run/engine.ts';
import type { CommittedTrial, RunOnDisk } from '../run/read-run.ts';
import { problemsPerFileMax, type VerifyProblem } from './problem.ts';
import { checkHeaders, rawFilesOf, readText } from './raw-text.ts';

const verifyWords = sentences.analysis.verify;

/**
 * Joins client rows and ledgers of a trial again and compares with its requests.csv, row by row. A trial without
 * client files has nothing to join; that its files are gone is for checksums.txt to say.
 * @throws EscalaError DATA_INVALID with file and line where a file is not the CSV that the lab wrote.
 */
export async function checkJoin(
  engine: Engine,
  run: RunOnDisk,
  { folder, record }: CommittedTrial,
): Promise<readonly VerifyProblem[]> {
  const { clients: clientFiles, ledgers: ledgerFiles } = await rawFilesOf(folder);
  if (clientFiles.length === 0) return [];
  const columns = await checkHeaders(clientFiles, clientColumns);
  await checkHeaders(ledgerFiles, ledgerColumns);
  const file = join(folder, trialFiles.requests);
  const header = await readHeader(file);
  checkHeader(file, header, requestColumns);
  const cell = ledgerCell({ ...record, run: run.manifest.run, cell: record.cell.key });
  const system = run.manifest.experiment.systems.find(({ name }) => name === record.cell.system);
  const absent = system?.ledger === 'none' ? 'none' : 'missing';
  const { replicas, clients, messages } = record.cell;
  const trial = { round: record.round, system: record.cell.system, replicas, clients, messages };
  const rows = await engine
    .rows(differences(clientFiles, ledgerFiles, header, file, { cell, absent, trial, columns }))
    .catch(async (error) => {
      throw await explainCsvError(error);
    });
  const where = relative(run.folder, file);
  return rows.map(({ id, side }) => ({
    code: 'ROWS_CHANGED',
    where: `${where}:${String(id)}`,
    message: side === 'raw' ? verifyWords.rawRow : verifyWords.fileRow,
  }));
}

const names = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name);

interface Expected {
  readonly cell: string;
  readonly absent: LedgerState;
  /** Of the client rows. */
  readonly columns: readonly string[];
  /** What every row of the trial's requests.csv repeats of its record, by column. */
  readonly trial: Readonly<Record<string, string | number>>;
}

/**
 * Rows that only one side has. A row that is doubled in the ledgers has no times of its own to compare; `absent` is the
 * state of an answered request that is in none.
 */
function differences(
  clientFiles: readonly string[],
  ledgerFiles: readonly string[],
  header: readonly string[],
  file: string,
  { cell, absent, trial, columns }: Expected,
): string {
  const times = ['received_us', 'queue_us', 'service_us'];
  const ledger =
    ledgerFiles.length > 0
      ? `SELECT * FROM ${readText(ledgerFiles, names(ledgerColumns))} WHERE cell = ${quoted(cell)}`
      : `SELECT ${names(ledgerColumns)
          .map((name) => `NULL::VARCHAR AS ${name}`)
          .join(', ')} WHERE false`;
  const single = (name: string) => `CASE WHEN copies = 1 THEN l.${name} END AS ${name}`;
  return `
    WITH ledger AS (${ledger}),
    entries AS (
      SELECT request_id, count(*) AS copies, ${times.map((name) => `min(${name}) AS ${name}`).join(', ')}
      FROM ledger GROUP BY request_id),
    client AS (SELECT * FROM ${readText(clientFiles, columns)}),
    raw AS (
      SELECT ${columns.map((name) => `c.${name}`).join(', ')}, ${times.map(single).join(', ')},
        CASE WHEN copies > 1 THEN 'duplicated' WHEN copies = 1 THEN 'recorded'
          WHEN outcome = 'answered' THEN ${quoted(absent)} ELSE 'none' END AS ledger
      FROM client c LEFT JOIN entries l ON c.request_id = l.request_id
      UNION ALL
      SELECT ${columns.map((name) => (unexpectedKeeps.has(name) ? `any_value(${name})` : 'NULL')).join(', ')},
        NULL, NULL, NULL, 'unexpected'
      FROM ledger WHERE request_id NOT IN (SELECT request_id FROM client) GROUP BY request_id),
    whole AS (SELECT *, ${Object.entries(trial)
      .map(([name, value]) => `${quoted(String(value))} AS ${name}`)
      .join(', ')} FROM raw),
    file AS (
      SELECT ${columns.join(', ')}, ${times
        .map((name) => `CASE WHEN ledger = 'recorded' THEN ${name} END AS ${name}`)
        .join(', ')}, ledger, ${Object.keys(trial).join(', ')}
      FROM ${readText([file], header)})
    SELECT request_id AS id, 'raw' AS side FROM (SELECT * FROM whole EXCEPT ALL SELECT * FROM file)
    UNION ALL
    SELECT request_id, 'file' FROM (SELECT * FROM file EXCEPT ALL SELECT * FROM whole)
    ORDER BY ALL LIMIT ${problemsPerFileMax}`;
}

const unexpectedKeeps = new Set<string>(['request_id', 'run', 'cell', 'client', 'message', 'replica']);
