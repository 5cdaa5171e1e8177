import { copyFile, lstat, mkdtempDisposable, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFiles, unwritable } from '@escala/model';
import { readManifest } from '@escala/model/study';
import { analyzeRun } from '../analysis.ts';
import { readHeader } from '../run/csv-header.ts';
import { explainCsvError } from '../run/csv-problem.ts';
import { openEngine, quoted } from '../run/engine.ts';
import { readRequests } from '../run/load-rows.ts';
import { prometheusText } from './prometheus.ts';

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
