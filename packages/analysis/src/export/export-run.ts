import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EscalaError, runFiles } from '@escala/model';
import { analyzeRun } from '../analysis.ts';
import { readHeader } from '../csv-header.ts';
import { openEngine, quoted } from '../engine.ts';
import { readRequests } from '../load-rows.ts';
import { readManifest } from '../read-run.ts';
import { prometheusText } from './prometheus.ts';

export const exportFormats = ['csv', 'parquet', 'json', 'prometheus'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Rows as CSV or Parquet, results as JSON or Prometheus text, into `out`. Results are computed, not copied. */
export async function exportRun(runFolder: string, format: ExportFormat, out: string): Promise<void> {
  await readManifest(runFolder);
  const requests = join(runFolder, runFiles.requests);
  try {
    if (format === 'csv') await copyFile(requests, out);
    else if (format === 'parquet') await writeParquet(requests, out);
    else {
      const results = await analyzeRun(runFolder);
      await writeFile(
        out,
        format === 'json' ? `${JSON.stringify(results, null, 1)}\n` : prometheusText(results),
      );
    }
  } catch (cause) {
    if (cause instanceof EscalaError) throw cause;
    throw new EscalaError('FOLDER_UNWRITABLE', { folder: out, detail: (cause as Error).message }, { cause });
  }
}

async function writeParquet(requests: string, out: string): Promise<void> {
  await using engine = await openEngine();
  const rows = readRequests([requests], await readHeader(requests));
  await engine.run(`COPY (SELECT * FROM ${rows}) TO ${quoted(out)} (FORMAT parquet, COMPRESSION zstd)`);
}
