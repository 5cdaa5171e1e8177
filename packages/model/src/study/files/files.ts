import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../machine/whole-file.ts';
import { EscalaError } from '../../problems/problems.ts';
import { shellPath } from '../../problems/shell-word.ts';
import { unreadable } from '../../problems/system-reason.ts';
import { fillEach, type Sentence, sentences } from '../../sentences/sentences.ts';
import type { Cell } from '../experiment.ts';
import { type Manifest, manifest } from '../manifest.ts';
import { manifestVersion, resultsVersion, trialRecordVersion, verdicts } from '../names.ts';
import { type Results, results } from '../results.ts';
import { checkShape } from '../shape.ts';
import { type TrialRecord, trialRecord } from '../trial-record.ts';
import { readChecksums } from './checksums.ts';
import { notARun } from './nearest-path.ts';
import { runFiles, trialFiles, trialFolder } from './run-folder.ts';
import { type FileKind, parseVersioned, readVersionedFile } from './versioned-file.ts';

const manifestKind: FileKind = { schema: 'escala/manifest', version: manifestVersion };
const trialRecordKind: FileKind = { schema: 'escala/cell', version: trialRecordVersion };
export const resultsKind: FileKind = { schema: 'escala/results', version: resultsVersion };

/**
 * manifest.json of a run folder.
 * @throws EscalaError NOT_A_RUN, FILE_UNREADABLE, DATA_INVALID or VERSION_UNKNOWN, as all readers of this file.
 */
export async function readManifest(runFolder: string): Promise<Manifest> {
  const file = join(runFolder, runFiles.manifest);
  if (!existsSync(file)) throw notARun(runFolder);
  return checkShape(file, manifest, withLevels(await readVersionedFile(file, manifestKind)));
}

/** cell.json of a trial; undefined where the trial did not happen. */
export async function readTrialRecord(
  runFolder: string,
  { cell, round }: { readonly cell: Pick<Cell, 'key'>; readonly round: number },
): Promise<TrialRecord | undefined> {
  const file = join(trialFolder(runFolder, cell.key, round), trialFiles.record);
  if (!existsSync(file)) return undefined;
  return checkShape(file, trialRecord, await readVersionedFile(file, trialRecordKind));
}

/**
 * `results.json` of a run. A report of wrong numbers is worse than none, so a file with a hole, that contradicts
 * itself, or that is not the one in the checksums is refused as well.
 */
export async function readResults(runFolder: string): Promise<Results> {
  const file = join(runFolder, runFiles.results);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw unreadable(file, error);
    const isRun = existsSync(join(runFolder, runFiles.manifest));
    throw isRun ? new EscalaError('RUN_NOT_ANALYZED', { folder: shellPath(runFolder) }) : notARun(runFolder);
  });
  // A run that is still at work has no checksums.
  const sum = (await readChecksums(runFolder))?.listed.get(runFiles.results);
  if (sum !== undefined && sum !== createHash('sha256').update(bytes).digest('hex')) {
    throw new EscalaError('RESULTS_CHANGED', { file: runFiles.results });
  }
  return parseResults(runFiles.results, bytes.toString('utf8'));
}

/** The text of a results.json as results; `where` names it in errors. */
export function parseResults(where: string, text: string): Results {
  const found = checkShape(where, results, withWindows(withLevels(parseVersioned(where, text, resultsKind))));
  const detail = contradictionIn(found);
  if (detail) throw new EscalaError('DATA_INVALID', { where, detail });
  return found;
}

/** results.json, whole or not at all. @throws EscalaError DISK_FULL or FOLDER_UNWRITABLE. */
export async function writeResults(runFolder: string, results: Results): Promise<void> {
  await writeWhole(join(runFolder, runFiles.results), resultsText(results));
}

/** The same results are the same text. */
export function resultsText(results: Results): string {
  return `${JSON.stringify(results, null, 1)}\n`;
}

/** Runs from before storage and clients per pod were factors hold the one level of each by itself. */
function withLevels(value: unknown): unknown {
  const { experiment } = value as { experiment?: { kubernetes?: Record<string, unknown> } };
  const settings = experiment?.kubernetes;
  if (!settings) return value;
  const levels = (name: string) => (name in settings ? { [name]: [settings[name]].flat() } : {});
  const kubernetes = { ...settings, ...levels('storage'), ...levels('clientsPerPod') };
  return { ...(value as object), experiment: { ...experiment, kubernetes } };
}

/** Version 0.2.0 told how long a trial lasted and how far the busy share may be wrong; the window has both now. */
function withWindows(value: unknown): unknown {
  const { trials } = value as { trials?: readonly { machines?: readonly Record<string, unknown>[] }[] };
  for (const machine of Array.isArray(trials) ? trials.flatMap((trial) => trial?.machines ?? []) : []) {
    const { busyShare, errorShare, lastedUs } = machine ?? {};
    if (lastedUs === undefined) continue;
    const known = typeof busyShare === 'number' && typeof errorShare === 'number';
    const [low, high] = known ? [Math.max(0, busyShare - errorShare), busyShare + errorShare] : [null, null];
    Object.assign(machine, { windowUs: lastedUs, busyShareMin: low, busyShareMax: high });
  }
  return value;
}

const contradictionWords = sentences.model.contradiction;

/** The first place where the results contradict themselves, as a hand that changed a number would make them; or null. */
function contradictionIn({ totals, trials, cells }: Results): Sentence | null {
  const keys = new Set(cells.map(({ cell }) => cell.key));
  if (keys.size !== cells.length) return contradictionWords.doubled;
  const stray = trials.find(({ cell }) => !keys.has(cell));
  if (stray) return fillEach(contradictionWords.stray, { cell: stray.cell });
  const sums = [
    ['trialsMeasured', totals.trialsMeasured, trials.length],
    ['requests', totals.requests, trials.reduce((sum, { counts }) => sum + counts.requests, 0)],
    ...verdicts.map((verdict) => {
      const having = trials.filter((trial) => trial.verdict === verdict).length;
      return [`verdicts.${verdict}`, totals.verdicts[verdict], having] as const;
    }),
  ] as const;
  const wrong = sums.find(([, total, sum]) => total !== sum);
  if (!wrong) return null;
  const [name, total, sum] = wrong;
  return fillEach(contradictionWords.sum, { name, total, sum });
}
