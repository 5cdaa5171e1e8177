import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  EscalaError,
  notARun,
  parseJson,
  type Results,
  resultsVersion,
  runFiles,
  shellPath,
  unreadable,
} from '@escala/model';
import { contradictionIn } from './contradiction.ts';
import { resultsShape } from './results-shape.ts';

/**
 * Reads `results.json` of a run. A report of wrong numbers is worse than none, so a file of another version, with a
 * hole, that contradicts itself, or that is not the one in the checksums throws an EscalaError (exit 3).
 */
export async function readResults(runFolder: string): Promise<Results> {
  const file = join(runFolder, runFiles.results);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw unreadable(file, error);
    const isRun = existsSync(join(runFolder, runFiles.manifest));
    throw isRun ? new EscalaError('RUN_NOT_ANALYZED', { folder: shellPath(runFolder) }) : notARun(runFolder);
  });
  await compareWithChecksums(runFolder, bytes);
  return parseResults(bytes.toString('utf8'), runFiles.results);
}

/** The text of a results.json as results; `where` names it in errors. */
export function parseResults(json: string, where: string): Results {
  const value = parseJson(where, json);
  const found = (value as { version?: unknown } | null)?.version;
  if (found !== resultsVersion) {
    throw new EscalaError('VERSION_UNKNOWN', {
      file: where,
      found: JSON.stringify(found) ?? '?',
      expected: String(resultsVersion),
    });
  }
  const problem = resultsShape(value, '') ?? contradictionIn(value as Results);
  if (problem) throw new EscalaError('DATA_INVALID', { where, detail: problem });
  return value as Results;
}

/** A run that was finished has the sum of its results in `checksums.txt`; one still at work has no such file. */
async function compareWithChecksums(runFolder: string, bytes: Uint8Array): Promise<void> {
  const sums = await readFile(join(runFolder, runFiles.checksums), 'utf8').catch(() => null);
  const line = sums?.split('\n').find((text) => text.endsWith(` ${runFiles.results}`));
  if (!line) return;
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (!line.startsWith(sum)) throw new EscalaError('RESULTS_CHANGED', { file: runFiles.results });
}
