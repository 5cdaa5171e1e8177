import { statSync } from 'node:fs';
import { join } from 'node:path';
import { trialFiles } from '@escala/model';
import type { CommittedTrial } from './read-run.ts';

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
