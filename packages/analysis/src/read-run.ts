import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  EscalaError,
  fillEach,
  type Manifest,
  manifestVersion,
  notARun,
  type PlannedTrial,
  readVersionedFile,
  runFiles,
  type Sentence,
  sentences,
  type TrialRecord,
  trialFiles,
  trialFolder,
  trialRecordVersion,
} from '@escala/model';
import type { ZodType } from 'zod';
import { manifestShape, trialRecordShape } from './run-shape.ts';

const words = sentences.analysis.readRun;

/** One committed trial: what cell.json says, and where its files are. */
export interface CommittedTrial {
  readonly folder: string;
  readonly record: TrialRecord;
}

/** A run folder as the lab left it. Trials in planned order; those without cell.json did not happen. */
export interface RunOnDisk {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly trials: readonly CommittedTrial[];
  readonly missing: readonly PlannedTrial[];
}

/**
 * Reads manifest.json and every cell.json of a run.
 * @throws EscalaError NOT_A_RUN, FILE_UNREADABLE, DATA_INVALID or VERSION_UNKNOWN, each naming its file.
 */
export async function readRun(folder: string): Promise<RunOnDisk> {
  const manifest = await readManifest(folder);
  const trials: CommittedTrial[] = [];
  const missing: PlannedTrial[] = [];
  for (const planned of manifest.plan.flatMap((block) => block.trials)) {
    const place = trialFolder(folder, planned.cell.key, planned.round);
    if (existsSync(join(place, trialFiles.record))) trials.push(await readTrial(place));
    else missing.push(planned);
  }
  return { folder, manifest, trials, missing };
}

/** manifest.json of a run folder. */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, runFiles.manifest);
  if (!existsSync(file)) throw notARun(folder);
  const manifest = (await readVersionedFile(file, 'escala/manifest', manifestVersion)) as Manifest;
  checkShape(file, manifestShape, manifest);
  return manifest;
}

/** cell.json of a trial's folder. */
export async function readTrial(folder: string): Promise<CommittedTrial> {
  const file = join(folder, trialFiles.record);
  const record = (await readVersionedFile(file, 'escala/cell', trialRecordVersion)) as TrialRecord;
  checkShape(file, trialRecordShape, record);
  if (!existsSync(join(folder, trialFiles.requests))) {
    throw invalid(join(folder, trialFiles.requests), words.theFileIsMissing);
  }
  return { folder, record };
}

/** @throws EscalaError DATA_INVALID, which names the place of the first thing that is wrong, as `plan.0.trials.1.cell.key`. */
function checkShape(file: string, shape: ZodType, value: unknown): void {
  const [issue] = shape.safeParse(value).error?.issues ?? [];
  if (issue) throw invalid(file, fillEach(notOurs, { place: issue.path.join('.') }));
}

const notOurs: Sentence = sentences.analysis.readRun.notOurs;

function invalid(where: string, detail: Sentence): EscalaError {
  return new EscalaError('DATA_INVALID', { where, detail });
}
