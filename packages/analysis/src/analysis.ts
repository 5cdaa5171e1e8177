import type { Cell, Manifest, Results, TrialResult } from '@escala/model';
import { readManifest } from '@escala/model/study';
import { judgeFacts } from './judge-trial.ts';
import { measureTrials } from './measure-trials.ts';
import { type PooledLatency, pooledLatencies } from './pool-cells.ts';
import { createLatencyCounts } from './questions/latencies.ts';
import { type Engine, openEngine } from './run/engine.ts';
import { loadRows } from './run/load-rows.ts';
import {
  batchesOf,
  type CommittedTrial,
  groupByCell,
  type RunOnDisk,
  readRun,
  readTrial,
} from './run/read-run.ts';
import { studyResults } from './study-results.ts';
import type { TrialFacts } from './trial-facts.ts';

/** An open analysis keeps its database warm: a verdict between two cells then takes milliseconds. */
export interface Analysis extends AsyncDisposable {
  /** The whole run, from its raw rows. */
  analyzeRun(runFolder: string): Promise<Results>;
  /** One committed trial on its own; what needs other cells (bounds, regime) stays unknown. */
  judgeTrial(runFolder: string, trial: { cell: string; round: number }): Promise<TrialResult>;
}

export async function openAnalysis(): Promise<Analysis> {
  const engine = await openEngine();
  const manifests = new Map<string, Promise<Manifest>>();
  return {
    analyzeRun: async (runFolder) => analyseWith(engine, await readRun(runFolder)),
    async judgeTrial(runFolder, { cell, round }) {
      const reading = manifests.get(runFolder) ?? readManifest(runFolder);
      manifests.set(runFolder, reading);
      const manifest = await reading;
      await engine.run(createLatencyCounts);
      const trial = await readTrial(runFolder, { cell: { key: cell }, round });
      const [facts] = await measureBatch(engine, trial ? [trial] : [], 0, cpusOf(manifest));
      if (!facts) throw new Error('a trial that was finished has facts');
      return judgeFacts(facts, manifest);
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** Opens an analysis for one run. */
export async function analyzeRun(runFolder: string): Promise<Results> {
  await using analysis = await openAnalysis();
  return await analysis.analyzeRun(runFolder);
}

/** Cores that all of a study shared; null where its machines were several. Older runs say only whether it was a cluster. */
function cpusOf({ environment: { machineCpus, kubernetes, cpus } }: Manifest): number | null {
  return machineCpus === undefined ? (kubernetes === null ? cpus : null) : machineCpus;
}

/** Batch by batch: load, measure, and pool each cell as soon as its last round is in. */
export async function analyseWith(engine: Engine, run: RunOnDisk): Promise<Results> {
  const cpus = cpusOf(run.manifest);
  const facts: TrialFacts[] = [];
  const pooled = new Map<string, PooledLatency>();
  const open = openCells(run.trials);
  await engine.run(createLatencyCounts);
  for (const batch of batchesOf(groupByCell(run.trials))) {
    const first = facts.length;
    facts.push(...(await measureBatch(engine, batch, first, cpus)));
    const complete = open.close(batch);
    const members = facts.flatMap((one, trial) =>
      complete.has(one.record.cell.key) ? [{ trial, facts: one }] : [],
    );
    for (const [cell, latency] of await pooledLatencies(engine, members, run.manifest))
      pooled.set(cell, latency);
  }
  return studyResults(run, facts, pooled);
}

/** Facts of a batch in the order in which its rows were loaded; `first` is the number of its first trial. */
async function measureBatch(
  engine: Engine,
  batch: readonly CommittedTrial[],
  first: number,
  cpus: number | null,
): Promise<readonly TrialFacts[]> {
  const ordered = await loadRows(engine, batch, first);
  const numbered = new Map(ordered.map((trial, i) => [first + i, trial]));
  return [...(await measureTrials(engine, numbered, cpus)).values()];
}

/** Tells which cells have all their rounds in. */
function openCells(trials: readonly CommittedTrial[]) {
  const left = new Map<Cell['key'], number>();
  for (const { record } of trials) left.set(record.cell.key, (left.get(record.cell.key) ?? 0) + 1);
  return {
    close(batch: readonly CommittedTrial[]): ReadonlySet<string> {
      const complete = new Set<string>();
      for (const { record } of batch) {
        const rest = (left.get(record.cell.key) ?? 0) - 1;
        left.set(record.cell.key, rest);
        if (rest === 0) complete.add(record.cell.key);
      }
      return complete;
    },
  };
}
