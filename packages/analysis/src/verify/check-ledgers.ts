import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { clientColumns, ledgerColumns, requestIdPrefix, sentences, trialFiles } from '@escala/model';
import { explainCsvError } from '../run/csv-problem.ts';
import { type Engine, quoted } from '../run/engine.ts';
import type { CommittedTrial, RunOnDisk } from '../run/read-run.ts';
import { problemsPerFileMax, type VerifyProblem } from './problem.ts';
import { checkHeaders, linesOf, rawFilesOf, readText } from './raw-text.ts';

const verifyWords = sentences.analysis.verify;

/**
 * What the join does not look at: the order of each ledger, whom its rows name, and the warm-up, whose rows are in no
 * number and yet in both sides' files. Comes after the join, which has seen that the other files can be read.
 * @throws EscalaError DATA_INVALID as the join does, of the warm-up.
 */
export async function checkLedgers(
  engine: Engine,
  run: RunOnDisk,
  { folder, record }: CommittedTrial,
): Promise<readonly VerifyProblem[]> {
  const { clients, ledgers } = await rawFilesOf(folder);
  if (ledgers.length === 0 || clients.length === 0) return [];
  const warmup = join(folder, trialFiles.warmup);
  if (!existsSync(warmup)) {
    return [{ code: 'FILE_MISSING', where: relative(run.folder, warmup), message: verifyWords.missing }];
  }
  const columns = await checkHeaders([warmup], clientColumns);
  const problems: VerifyProblem[] = [];
  for (const file of ledgers) {
    const line = await firstGap(file);
    if (line === null) continue;
    const where = `${relative(run.folder, file)}:${line}`;
    problems.push({ code: 'LEDGER_CHANGED', where, message: verifyWords.sequence });
  }
  const prefix = requestIdPrefix({ ...record, run: run.manifest.run, cell: record.cell.key });
  const rows = await engine
    .rows(contradictions({ ledgers, clients, warmup, prefix, columns }))
    .catch(async (error) => {
      throw await explainCsvError(error);
    });
  const place = relative(run.folder, folder);
  return [
    ...problems,
    ...rows.map(({ id, what }) => ({
      code: 'LEDGER_CHANGED' as const,
      where: `${place}:${String(id)}`,
      message: verifyWords[what as 'sides' | 'warmup' | 'times'],
    })),
  ];
}

/** A ledger numbers its rows one by one. The line of the first whose number does not follow, or null. */
async function firstGap(file: string): Promise<number | null> {
  let [line, last] = [0, Number.NaN];
  for await (const text of linesOf([file])) {
    if (++line === 1) continue;
    const sequence = Number(text.slice(0, text.indexOf(',')));
    if (!Number.isInteger(sequence) || (line > 2 && sequence !== last + 1)) return line;
    last = sequence;
  }
  return null;
}

/**
 * Requests of which both sides' rows name another run, cell, client, message or replica (a client that got no answer
 * names no replica); warm-up requests that are in one side alone, but for those that got no answer; and warm-up rows whose
 * latency is not the difference of their times.
 */
function contradictions(files: {
  readonly ledgers: readonly string[];
  readonly clients: readonly string[];
  readonly warmup: string;
  readonly prefix: string;
  /** Of the clients' rows. */
  readonly columns: readonly string[];
}): string {
  const { columns } = files;
  const differs = ['run', 'cell', 'client', 'message', 'replica']
    .map((name) => `(c.${name} IS NOT NULL AND l.${name} IS DISTINCT FROM c.${name})`)
    .join(' OR ');
  const isWarmup = `starts_with(request_id, ${quoted(`${files.prefix}.w.`)})`;
  return `
    WITH ledger AS (SELECT * FROM ${readText(
      files.ledgers,
      ledgerColumns.map(({ name }) => name),
    )}),
    warmup AS (SELECT * FROM ${readText([files.warmup], columns)}),
    sent AS (SELECT * FROM ${readText(files.clients, columns)} UNION ALL SELECT * FROM warmup)
    SELECT l.request_id AS id, 'sides' AS what FROM ledger l JOIN sent c USING (request_id) WHERE ${differs}
    UNION ALL
    SELECT request_id, 'warmup' FROM ledger WHERE cell = 'warmup' AND ${isWarmup}
      AND request_id NOT IN (SELECT request_id FROM warmup)
    UNION ALL
    SELECT request_id, 'warmup' FROM warmup WHERE outcome = 'answered'
      AND request_id NOT IN (SELECT request_id FROM ledger)
    UNION ALL
    SELECT request_id, 'warmup' FROM warmup GROUP BY request_id HAVING count(*) > 1
    UNION ALL
    SELECT request_id, 'times' FROM warmup WHERE outcome = 'answered' AND
      TRY_CAST(latency_us AS BIGINT) IS DISTINCT FROM TRY_CAST(done_us AS BIGINT) - TRY_CAST(coalesce(intended_us, sent_us) AS BIGINT)
    ORDER BY ALL LIMIT ${problemsPerFileMax}`;
}
