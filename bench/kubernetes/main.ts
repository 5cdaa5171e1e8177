// The founding study on a kind cluster: how long it takes, what the lab adds to each cell, how fast ten replicas come.
//   npm run bench -- kubernetes          runs it; the cluster is made where it is not there, and stays
//   npm run bench -- kubernetes RUN      the same figures of a run that is on disk
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventsOf, overheads, resultsOf } from '../overheads.ts';

const root = join(import.meta.dirname, '../..');
const OVERHEAD_S_GOAL = 3;
const READY_S_GOAL = 10;

async function runFounding(out: string): Promise<void> {
  const words = ['run', join(root, 'experiments/founding.yaml'), '--target', 'kind', '--out', out];
  const child = spawn(join(root, 'bin/escala'), words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`the study ended with ${code}`);
}

function report(run: string): void {
  const events = eventsOf(run);
  const { totals } = resultsOf(run);
  const seconds = ((events.at(-1)?.atUs ?? 0) - (events[0]?.atUs ?? 0)) / 1e6;
  console.log(`${totals.trialsMeasured} of ${totals.trialsPlanned} trials in ${seconds.toFixed(0)} s`);
  const { VALID, SUSPECT, INVALID } = totals.verdicts;
  console.log(`verdicts: ${VALID} VALID, ${SUSPECT} SUSPECT, ${INVALID} INVALID`);
  const { recorded, missing, duplicated, unexpected } = totals.ledger;
  console.log(
    `ledger: ${recorded} recorded, ${missing} missing, ${duplicated} duplicated, ${unexpected} unexpected`,
  );
  const found = overheads(run);
  const at = (share: number) => found[Math.ceil(share * found.length) - 1] ?? Number.NaN;
  const ratio = (value: number, goal: number) => `(goal ${goal}): ratio ${(value / goal).toFixed(2)}`;
  console.log(
    `overhead a cell: median ${at(0.5).toFixed(2)} s, p95 ${at(0.95).toFixed(2)} s ${ratio(at(0.5), OVERHEAD_S_GOAL)}`,
  );
  for (const event of events) {
    if (event.type !== 'block-ready') continue;
    const took = event.tookMs / 1_000;
    console.log(`${event.replicas} replicas ready in ${took.toFixed(1)} s ${ratio(took, READY_S_GOAL)}`);
  }
}

const [given] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'escala-bench-'));
try {
  const run = given ?? join(folder, 'founding');
  if (given === undefined) await runFounding(run);
  report(run);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
