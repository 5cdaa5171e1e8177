import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cell, headerLine, requestColumns, runFiles, trialFiles, trialFolder } from '@escala/model';
import { openEngine, quoted } from '../../packages/analysis/src/run/engine.ts';
import { startOfSimulation } from '../../packages/analysis/test/oracle/planted-rows.ts';
import {
  simulatedCell,
  simulatedExperiment,
} from '../../packages/analysis/test/oracle/simulated-experiment.ts';
import { simulatedManifest, simulatedRecord } from '../../packages/analysis/test/oracle/simulated-run.ts';

/** Requests of a trial of a large study: 100 clients × 500 messages. */
const perTrial = 50_000;

export interface GeneratedRun {
  readonly bytes: number;
  /** The requests.csv of every trial. */
  readonly files: readonly string[];
}

/** A run folder with `requests` faultless requests, lognormal latencies, and as many trials as that takes. */
export function generateLargeRun(folder: string, requests: number): Promise<GeneratedRun> {
  const rounds = Math.max(1, Math.round(requests / perTrial / 20));
  const cells = [2, 4, 6, 8, 10].flatMap((replicas) =>
    [10, 20, 50, 100].map((clients) => simulatedCell({ replicas, clients, messages: perTrial / clients })),
  );
  return generateRun(folder, cells, rounds, Math.round(requests / perTrial));
}

/** A run folder with the founding study's 150 scenarios, once each. */
export function generateFoundingRun(folder: string): Promise<GeneratedRun> {
  const tens = Array.from({ length: 10 }, (_, i) => 10 * (i + 1));
  const cells = [2, 4, 6, 8, 10].flatMap((replicas) =>
    tens.flatMap((clients) => [1, 10, 100].map((messages) => simulatedCell({ replicas, clients, messages }))),
  );
  return generateRun(folder, cells, 1, cells.length);
}

async function generateRun(
  folder: string,
  cells: readonly Cell[],
  rounds: number,
  trials: number,
): Promise<GeneratedRun> {
  await rm(folder, { recursive: true, force: true });
  await using engine = await openEngine();
  const planned = cells
    .flatMap((cell) =>
      Array.from({ length: rounds }, (_, i) => {
        return { cell, round: i + 1, rows: [], planned: cell.clients * cell.messages };
      }),
    )
    .slice(0, trials);
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, runFiles.manifest),
    JSON.stringify(simulatedManifest(simulatedExperiment(cells), planned)),
  );
  let bytes = 0;
  const files: string[] = [];
  for (const [index, trial] of planned.entries()) {
    const place = trialFolder(folder, trial.cell.key, trial.round);
    await mkdir(place, { recursive: true });
    const file = join(place, trialFiles.requests);
    await engine.run(copyRows(trial.cell, trial.round, index, file));
    const empty = simulatedRecord(trial, index);
    const requests = trial.planned;
    const counts = {
      planned: requests,
      requests,
      outcomes: { ...empty.counts.outcomes, answered: requests },
      ledger: { ...empty.counts.ledger, recorded: requests },
    };
    await writeFile(join(place, trialFiles.record), JSON.stringify({ ...empty, counts }));
    bytes += (await stat(file)).size;
    files.push(file);
  }
  return { bytes, files };
}

/** Rows of one trial, made by the database: each client sends when its message before was answered, on average. */
function copyRows(cell: Cell, round: number, index: number, file: string): string {
  const meanUs = 3_000;
  const key = quoted(`${cell.key}/${round}.1`);
  const columns = headerLine(requestColumns).trim();
  return `COPY (
    WITH base AS MATERIALIZED (
      SELECT i % ${cell.clients} + 1 AS client, i // ${cell.clients} + 1 AS message,
        greatest(500, (${meanUs} * exp(0.5 * (hash(i * 7919 + ${index}) % 10000 / 5000.0 - 1)))::BIGINT) AS latency_us,
        ${startOfSimulation} + (i // ${cell.clients}) * ${meanUs * 2} + i % ${cell.clients} AS sent_us
      FROM range(${cell.clients * cell.messages}) t(i)),
    rows AS (
      SELECT 'bench.${index}.${round}.1.' || client || '.' || message AS request_id, 'bench' AS run, ${key} AS cell,
        client, message, NULL AS intended_us, sent_us, sent_us + latency_us AS done_us, latency_us, 201 AS status,
        'answered' AS outcome, 'replica-' || (client % ${cell.replicas}) AS replica, 120 AS bytes, '' AS request, ${round} AS round,
        'node' AS "system", ${cell.replicas} AS replicas, ${cell.clients} AS clients, ${cell.messages} AS messages,
        sent_us + 100 AS received_us, 0 AS queue_us, 300 AS service_us, 'recorded' AS ledger
      FROM base)
    SELECT ${columns.replace('system', '"system"')} FROM rows) TO ${quoted(file)} (FORMAT csv, HEADER)`;
}
