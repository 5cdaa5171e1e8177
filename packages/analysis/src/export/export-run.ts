import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFiles, unwritable } from '@escala/model';
import { analyzeRun } from '../analysis.ts';
import { readHeader } from '../csv-header.ts';
import { explainCsvError } from '../csv-problem.ts';
import { openEngine, quoted } from '../engine.ts';
import { readRequests } from '../load-rows.ts';
import { readManifest } from '../read-run.ts';
import { prometheusText } from './prometheus.ts';

export const exportFormats = ['csv', 'parquet', 'json', 'prometheus'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * Rows as CSV or Parquet, results as JSON or Prometheus text, into `out`. Results are computed, not copied.
 * @throws EscalaError FOLDER_UNWRITABLE where `out` cannot be written; else what is wrong with the run.
 */
export async function exportRun(runFolder: string, format: ExportFormat, out: string): Promise<void> {
  await readManifest(runFolder);
  if (format === 'csv' || format === 'parquet') {
    const requests = join(runFolder, runFiles.requests);
    const header = await readHeader(requests);
    if (format === 'csv') await writing(out, copyFile(requests, out));
    else await writeParquet(requests, header, out);
  } else {
    const results = await analyzeRun(runFolder);
    const text = format === 'json' ? `${JSON.stringify(results, null, 1)}\n` : prometheusText(results);
    await writing(out, writeFile(out, text));
  }
}

async function writeParquet(requests: string, header: readonly string[], out: string): Promise<void> {
  await using engine = await openEngine();
  const rows = readRequests([requests], header);
  try {
    await engine.run(`COPY (SELECT * FROM ${rows}) TO ${quoted(out)} (FORMAT parquet, COMPRESSION zstd)`);
  } catch (error) {
    // DuckDB reads and writes in one statement; only its message says which of the two failed.
    const isOfDisk = error instanceof Error && error.message.startsWith('IO Error');
    throw isOfDisk ? unwritable(out, error) : await explainCsvError(error);
  }
}

async function writing(out: string, written: Promise<unknown>): Promise<void> {
  await written.catch((cause: Error) => {
    throw unwritable(out, cause);
  });
}
