import { copyFile, lstat, mkdtempDisposable, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CellResult, type Results, runFiles, unwritable } from '@escala/model';
import { readManifest } from '@escala/model/study';
import { analyzeRun } from '../analysis.ts';
import { explainCsvError, readHeader } from '../run/csv-problem.ts';
import { openEngine, quoted } from '../run/engine.ts';
import { readRequests } from '../run/load-rows.ts';

const exportFormats = ['csv', 'parquet', 'json', 'prometheus'] as const;
type ExportFormat = (typeof exportFormats)[number];

/**
 * Rows as CSV or Parquet, results as JSON or Prometheus text, into `out`. Results are computed, not copied.
 * @throws EscalaError FOLDER_UNWRITABLE or DISK_FULL where `out` cannot be written; else what is wrong with the run.
 */
export async function exportRun(runFolder: string, format: ExportFormat, out: string): Promise<void> {
  await readManifest(runFolder);
  if (format === 'csv' || format === 'parquet') {
    const requests = join(runFolder, runFiles.requests);
    const header = await readHeader(requests);
    if (format === 'csv') await writing(out, (file) => copyFile(requests, file));
    else await writeParquet(requests, header, out);
  } else {
    const results = await analyzeRun(runFolder);
    const text = format === 'json' ? `${JSON.stringify(results, null, 1)}\n` : prometheusText(results);
    await writing(out, (file) => writeFile(file, text));
  }
}

/** DuckDB writes to a place of our own: for it, a path that a person gave may mean another place or a pattern. */
async function writeParquet(requests: string, header: readonly string[], out: string): Promise<void> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'escala-export-'));
  const rows = join(folder.path, 'rows.parquet');
  await using engine = await openEngine();
  const copy = `COPY (SELECT * FROM ${readRequests([requests], header)}) TO ${quoted(rows)}`;
  await engine.run(`${copy} (FORMAT parquet, COMPRESSION zstd)`).catch(async (cause) => {
    throw await explainCsvError(cause);
  });
  await writing(out, (file) => copyFile(rows, file));
}

/** A whole file or none: a disk that gets full leaves no half of one. Links, pipes and devices are written as they are. */
async function writing(out: string, write: (file: string) => Promise<void>): Promise<void> {
  const there = await lstat(out).catch(() => null);
  const file = there && !there.isFile() ? out : `${out}.part`;
  try {
    await write(file);
    if (file !== out) await rename(file, out);
  } catch (cause) {
    if (file !== out) await rm(file, { force: true }).catch(() => undefined);
    throw unwritable(out, cause);
  }
}

/** Results as Prometheus text: one gauge a number, labelled by the cell's factors. */
function prometheusText({ cells, run }: Results): string {
  const gauge = (name: string, help: string, of: (cell: CellResult) => number | null | undefined) => {
    const lines = cells.flatMap((cell) => {
      const value = of(cell);
      return value === null || value === undefined ? [] : [`${name}{${labels(run, cell)}} ${value}`];
    });
    return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
  };
  return `${[
    ...gauge(
      'escala_throughput_requests_per_second',
      'Median over rounds.',
      (cell) => cell.throughput?.value,
    ),
    ...gauge('escala_latency_p50_seconds', 'Median over rounds of the run-level median.', (cell) =>
      seconds(cell.p50Us?.value),
    ),
    ...gauge('escala_latency_p95_seconds', 'Median over rounds of the run-level p95.', (cell) =>
      seconds(cell.p95Us?.value),
    ),
    ...gauge('escala_latency_p99_seconds', 'Median over rounds of the run-level p99.', (cell) =>
      seconds(cell.p99Us?.value),
    ),
    ...gauge('escala_failure_share', 'Requests that failed, of all.', (cell) => cell.failureShare?.value),
    ...gauge('escala_cell_valid', '1 where the verdict is VALID.', ({ verdict }) =>
      verdict === 'VALID' ? 1 : 0,
    ),
  ].join('\n')}\n`;
}

function seconds(us: number | undefined): number | undefined {
  return us === undefined ? undefined : us / 1e6;
}

function labels(run: string, { cell }: CellResult): string {
  const { system, replicas, clients, messages, key } = cell;
  return Object.entries({ run, cell: key, system, replicas, clients, messages })
    .map(([name, value]) => `${name}="${String(value).replace(/["\\\n]/g, '\\$&')}"`)
    .join(',');
}
