// A run that never happened: its numbers are planted, so that tests know what the page must show.
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectStudy, parseExperiment, planStudy } from '@escala/lab';
import { targets } from '@escala/lab/targets';
import type { Event, Manifest, PlannedTrial, TrialCounts, Verdict } from '@escala/model';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { type Owner, temporaryFolder } from '../../../test/temporary-folder.ts';
import { simulatedManifest } from '../../analysis/test/oracle/simulated-run.ts';
import type { WatchedRun } from '../src/index.ts';

const START_US = 1_790_000_000_000_000;
const experimentText = `name: planted-study
systems: [node]
replicas: [1, 2, 4]
clients: [10, 20, 50]
messages: [10, 100]
rounds: 2
seed: 7
`;

export interface PlantedRun {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly trials: readonly PlannedTrial[];
  readonly watched: WatchedRun;
  append(...events: readonly Event[]): void;
}

/** A run folder with a manifest and no event, removed after the test. */
export function plantRun(context: Owner): PlantedRun {
  const folder = temporaryFolder(context);
  const experiment = parseExperiment(experimentText, 'planted.yaml');
  const plan = planStudy(experiment);
  const about = { run: 'planted-run', target: 'local', plan };
  const manifest: Manifest = { ...simulatedManifest(experiment, []), ...about };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return {
    folder,
    manifest,
    trials: plan.flatMap((block) => block.trials),
    watched: {
      folder,
      readManifest: async () => manifest,
      expect: () => expectStudy(plan, experiment, targets.local.pace),
    },
    append: (...events) => {
      const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
      appendFileSync(join(folder, 'events.ndjson'), lines);
    },
  };
}

export const atSecond = (second: number) => START_US + second * 1_000_000;

export function runStarted({ trials }: PlantedRun, second: number, completed: number[] = []): Event {
  const about = { run: 'planted-run', name: 'planted-study', target: 'local', rounds: 2 };
  return { type: 'run-started', atUs: atSecond(second), ...about, trials: trials.length, completed };
}

/** The servers of a trial are about to be deployed. */
export function blockStarted({ round, cell: { system, replicas } }: PlannedTrial, second: number): Event {
  return { type: 'block-started', atUs: atSecond(second), round, system, replicas, trials: 1 };
}

/** A compressed histogram of `thousands` thousand requests around `us`: from a half to one and a half of it. */
export function plantedHistogram(us: number, thousands = 1): string {
  const histogram = build({ bitBucketSize: 32, numberOfSignificantValueDigits: 3, autoResize: true });
  for (let i = 0; i < 1_000; i++)
    histogram.recordValueWithCount(Math.round(us * (0.5 + i / 1_000)), thousands);
  return encodeIntoCompressedBase64(histogram);
}

export function plantedCounts(answered: number, timeout = 0): TrialCounts {
  const outcomes = { answered, rejected: 0, refused: 0, reset: 0, timeout, unsent: 0 };
  const ledger = { recorded: answered, missing: 0, none: timeout, duplicated: 0, unexpected: 0 };
  return { planned: answered + timeout, requests: answered + timeout, outcomes, ledger };
}

/** One trial from its preparation at `second` to its verdict 5 s later, with three progress events of two agents. */
export function plantedTrial(
  trial: PlannedTrial,
  second: number,
  { verdict = 'VALID' as Verdict, timeouts = 0 } = {},
): Event[] {
  const { planIndex, round, cell } = trial;
  const name = { cell: cell.key, round };
  const perSecond = 300 * cell.replicas;
  const progress = [1, 2, 3].map(
    (n): Event => ({
      type: 'trial-progress',
      atUs: atSecond(second + 1 + n),
      ...name,
      elapsedMs: n * 1_000,
      progress: {
        sent: perSecond * n,
        answered: perSecond * n,
        failed: n === 3 ? timeouts : 0,
        active: cell.clients,
        latencyHistogram: [1, 2].map(() => plantedHistogram(2_000 * cell.clients, n)).join(' '),
      },
    }),
  );
  const findings =
    verdict === 'VALID' ? [] : [{ finding: 'planted <b>reason</b>', values: {} as Record<string, number> }];
  const replicas = Array.from({ length: cell.replicas }, (_, i) => ({
    name: `node-${i + 1}`,
    requests: Math.round((perSecond * 3 * (i + 1)) / cell.replicas),
  }));
  return [
    { type: 'trial-prepared', atUs: atSecond(second), ...name, planIndex, attempt: 1 },
    {
      type: 'trial-started',
      atUs: atSecond(second + 0.5),
      ...name,
      planIndex,
      attempt: 1,
      startAtUs: atSecond(second + 1),
      planned: perSecond * 3,
    },
    ...progress,
    {
      type: 'trial-finished',
      atUs: atSecond(second + 4.5),
      ...name,
      planIndex,
      tookMs: 4_500,
      counts: plantedCounts(perSecond * 3, timeouts),
    },
    {
      type: 'trial-judged',
      atUs: atSecond(second + 5),
      ...name,
      verdict,
      reasons: findings.map(({ finding }) => finding),
      throughput: perSecond,
      findings,
      latencyUs: null,
      replicas,
    },
  ];
}

/** Half of the planted study: 18 trials judged, one of them SUSPECT and one INVALID, and one running. */
export function halfway(context: Owner): PlantedRun {
  const run = plantRun(context);
  const [running] = run.trials.slice(18);
  assert.ok(running);
  const [first] = run.trials;
  assert.ok(first);
  run.append(runStarted(run, 0), blockStarted(first, 0));
  for (const [i, trial] of run.trials.slice(0, 18).entries()) {
    const verdict = i === 3 ? 'SUSPECT' : i === 9 ? 'INVALID' : 'VALID';
    run.append(...plantedTrial(trial, i * 6, { verdict, timeouts: i === 5 ? 7 : 0 }));
  }
  run.append(...plantedTrial(running, 18 * 6).slice(0, 4));
  return run;
}
