import { join } from 'node:path';
import { EscalaError, fillEach, requestColumns, sentences, trialFiles } from '@escala/model';
import { checkHeader, explainCsvError, readHeader } from './csv-problem.ts';
import { type Engine, numberOf, readCsv } from './engine.ts';
import type { CommittedTrial } from './read-run.ts';

/**
 * Types by which the rows are read. What an unexpected row takes over from the ledger is text of anybody, so `client`
 * and `message` are text here and become numbers where they are some.
 */
const typeOf: Readonly<Record<string, string>> = {
  intended_us: 'BIGINT',
  sent_us: 'BIGINT',
  done_us: 'BIGINT',
  latency_us: 'BIGINT',
  status: 'INTEGER',
  bytes: 'BIGINT',
  round: 'INTEGER',
  replicas: 'INTEGER',
  clients: 'INTEGER',
  messages: 'INTEGER',
  received_us: 'BIGINT',
  queue_us: 'BIGINT',
  service_us: 'BIGINT',
  outcome: 'outcome',
  ledger: 'ledger_state',
};

/** What the questions need of a row. `trial` is its trial's number. */
const createRows = `
  CREATE OR REPLACE TABLE rows (
    trial INTEGER, client INTEGER, intended_us BIGINT, sent_us BIGINT, done_us BIGINT, latency_us BIGINT,
    status INTEGER, outcome outcome, replica VARCHAR, received_us BIGINT, queue_us BIGINT, service_us BIGINT, ledger ledger_state, request VARCHAR)`;

/**
 * Reads the requests.csv of `trials` into the table `rows`, replacing what was there; trials are numbered from `first`.
 * @returns the trials in the order of their numbers in `rows`.
 * @throws EscalaError DATA_INVALID with file and line.
 */
export async function loadRows(
  engine: Engine,
  trials: readonly CommittedTrial[],
  first: number,
): Promise<readonly CommittedTrial[]> {
  await engine.run(createRows);
  const ordered: CommittedTrial[] = [];
  for (const { header, members } of await groupByHeader(trials)) {
    const files = members.map(({ folder }) => join(folder, trialFiles.requests));
    await insertRows(engine, files, header, first + ordered.length);
    ordered.push(...members);
  }
  await checkCells(engine, ordered, first);
  return ordered;
}

interface HeaderGroup {
  readonly header: readonly string[];
  readonly members: CommittedTrial[];
}

/** One read takes any number of files, if their columns stand in the same order. */
async function groupByHeader(trials: readonly CommittedTrial[]): Promise<Iterable<HeaderGroup>> {
  const groups = new Map<string, HeaderGroup>();
  for (const trial of trials) {
    const file = join(trial.folder, trialFiles.requests);
    const header = await readHeader(file);
    checkHeader(file, header, requestColumns);
    const key = header.join();
    const group = groups.get(key);
    if (group) group.members.push(trial);
    else groups.set(key, { header, members: [trial] });
  }
  return groups.values();
}

async function insertRows(
  engine: Engine,
  files: readonly string[],
  header: readonly string[],
  firstTrial: number,
): Promise<void> {
  try {
    await engine.run(`
      INSERT INTO rows
      SELECT file_index::INTEGER + ${firstTrial}, TRY_CAST(client AS INTEGER), intended_us, sent_us, done_us,
        latency_us, status, outcome, replica, received_us, queue_us, service_us, ledger,
        ${header.includes('request') ? 'request' : 'NULL'}
      FROM ${readRequests(files, header)}`);
  } catch (error) {
    throw await explainCsvError(error);
  }
}

/** The table function that reads requests.csv files whose columns stand in the order of `header`. */
export function readRequests(files: readonly string[], header: readonly string[]): string {
  return readCsv(files, Object.fromEntries(header.map((name) => [name, typeOf[name] ?? 'VARCHAR'])));
}

/** Empty cells that no row of the lab has: a row that was cut short can still have the right number of commas. */
async function checkCells(engine: Engine, trials: readonly CommittedTrial[], first: number): Promise<void> {
  const [bad] = await engine.rows(`
    SELECT trial, count(*) AS n FROM rows
    WHERE ledger IS NULL OR (ledger <> 'unexpected' AND
      (client IS NULL OR outcome IS NULL OR (outcome = 'answered' AND (done_us IS NULL OR latency_us IS NULL))))
    GROUP BY trial ORDER BY trial LIMIT 1`);
  if (!bad) return;
  const file = join(trials[numberOf(bad, 'trial') - first]?.folder ?? '', trialFiles.requests);
  const count = numberOf(bad, 'n');
  const detail = fillEach(incomplete, { count });
  throw new EscalaError('DATA_INVALID', { where: await locateBadRow(file), detail });
}

const incomplete = sentences.analysis.loadRows;

async function locateBadRow(file: string): Promise<string> {
  const { parse } = await import('csv-parse');
  const { createReadStream } = await import('node:fs');
  const parser = createReadStream(file).pipe(parse({ columns: true, bom: true, info: true }));
  for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
    const complete =
      record['ledger'] !== '' &&
      (record['ledger'] === 'unexpected' ||
        (/^\d+$/.test(record['client'] ?? '') &&
          record['outcome'] !== '' &&
          (record['outcome'] !== 'answered' || (record['done_us'] !== '' && record['latency_us'] !== ''))));
    if (!complete) return `${file}:${info.lines}`;
  }
  return file;
}

interface ParsedRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}
