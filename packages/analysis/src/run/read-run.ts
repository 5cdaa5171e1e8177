import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Cell,
  EscalaError,
  type Manifest,
  type PlannedTrial,
  sentences,
  type TrialRecord,
  trialFiles,
  trialFolder,
} from '@escala/model';
import { readManifest, readTrialRecord } from '@escala/model/study';

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
    const trial = await readTrial(folder, planned);
    if (trial) trials.push(trial);
    else missing.push(planned);
  }
  return { folder, manifest, trials, missing };
}

/** A trial of the run; undefined where it did not happen. */
export async function readTrial(
  runFolder: string,
  planned: { readonly cell: Pick<Cell, 'key'>; readonly round: number },
): Promise<CommittedTrial | undefined> {
  const record = await readTrialRecord(runFolder, planned);
  if (!record) return undefined;
  const folder = trialFolder(runFolder, planned.cell.key, planned.round);
  const requests = join(folder, trialFiles.requests);
  if (existsSync(requests)) return { folder, record };
  const detail = words.theFileIsMissing;
  throw new EscalaError('DATA_INVALID', { where: requests, detail });
}

/** Rows of a batch lie in memory together: about a million. */
const batchBytesMax = 192 * 1_048_576;

/**
 * Trials in batches that bound memory whatever the study's size. All rounds of a cell are neighbours, so that a cell can
 * be pooled and forgotten as soon as its last batch is in. A single larger trial is a batch of its own.
 */
export function* batchesOf(trials: readonly CommittedTrial[]): Generator<readonly CommittedTrial[]> {
  let batch: CommittedTrial[] = [];
  let bytes = 0;
  for (const trial of trials) {
    const size = statSync(join(trial.folder, trialFiles.requests)).size;
    if (batch.length > 0 && bytes + size > batchBytesMax) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(trial);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** Cells in the order in which the plan first names them, each with its committed rounds. */
export function groupByCell(trials: readonly CommittedTrial[]): readonly CommittedTrial[] {
  const cells = new Map<string, CommittedTrial[]>();
  for (const trial of trials) {
    const key = trial.record.cell.key;
    cells.set(key, [...(cells.get(key) ?? []), trial]);
  }
  return [...cells.values()].flat();
}
