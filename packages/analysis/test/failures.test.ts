import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Experiment, Results, Slo } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { openAnalysis } from '../src/index.ts';
import { type PlantedRow, rowsOf } from './oracle/planted-rows.ts';
import { simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

const analysis = await openAnalysis();
after(() => analysis[Symbol.asyncDispose]());
const folder = temporaryFolder(test);
let runs = 0;

const cell = simulatedCell({ replicas: 2, clients: 10, messages: 100 });
const service = { timeUs: 1_000, parallelism: 1, kind: 'wait' } as const;

function answeredRows(): PlantedRow[] {
  return rowsOf(
    simulateQueue({
      seed: 'failures',
      replicas: 2,
      parallelism: 1,
      serviceUs: 1_000,
      serviceDistribution: 'fixed',
      load: { kind: 'closed', clients: 10, messages: 100, thinkUs: 0, thinkDistribution: 'fixed' },
    }),
  );
}

type Failure = Pick<PlantedRow, 'status' | 'outcome'>;
const rejected = (status: number): Failure => ({ status, outcome: 'rejected' });
const noSides = { receivedUs: null, queueUs: null, serviceUs: null, ledger: 'none', replica: '' };

/** A run of 1,000 requests a round, of which the first ones of each round failed so. */
async function writeRun(
  failures: readonly (readonly [number, Failure])[],
  { rounds = 1, ...changes }: Partial<Experiment> = {},
): Promise<string> {
  const place = join(folder, String(runs++));
  const kinds = failures.flatMap(([n, failure]) => new Array<Failure>(n).fill(failure));
  const rows = answeredRows().map((row, i) => (kinds[i] ? { ...row, ...noSides, ...kinds[i] } : row));
  const trials = Array.from({ length: rounds }, (_, i) => ({ cell, round: i + 1, rows, planned: 1_000 }));
  await writeSimulatedRun(place, simulatedExperiment([cell], { service, rounds, ...changes }), trials);
  return place;
}

const analysed = async (...given: Parameters<typeof writeRun>) =>
  analysis.analyzeRun(await writeRun(...given));
const auditIn = ({ trials }: Results, name: string) => trials[0]?.audits.find(({ audit }) => audit === name);
const failuresAllowed = (failureShare: number): Slo => ({ percentile: null, latencyUs: null, failureShare });

for (const [failed, slo, verdict, status, finding] of [
  [0, [], 'VALID', 'pass', 'failures.none'],
  [10, [], 'VALID', 'info', 'failures.few'],
  [11, [], 'SUSPECT', 'warn', 'failures.many'],
  [50, [], 'SUSPECT', 'warn', 'failures.many'],
  [51, [], 'INVALID', 'fail', 'failures.many'],
  [1_000, [], 'INVALID', 'fail', 'failures.all'],
  [80, [0.1], 'VALID', 'info', 'failures.allowed'],
  [101, [0.1], 'INVALID', 'fail', 'failures.many'],
  // Each level is a question, and every cell up to the most lenient one is part of an answer.
  [80, [0.001, 0.1], 'VALID', 'info', 'failures.allowed'],
  // A strict level is violated, which is said elsewhere, and makes no measurement doubtful.
  [8, [0.001], 'VALID', 'info', 'failures.few'],
  [30, [0.001], 'SUSPECT', 'warn', 'failures.many'],
] as const) {
  test(`${failed} failures of 1,000, ${slo.join(' and ') || 'none'} allowed: ${verdict} by ${finding}`, async () => {
    const results = await analysed([[failed, rejected(503)]], { slo: slo.map(failuresAllowed) });
    const audit = auditIn(results, 'failures');
    assert.deepEqual([audit?.status, audit?.finding], [status, finding]);
    assert.equal(results.trials[0]?.verdict, verdict, JSON.stringify(results.trials[0]?.audits));
  });
}

test('what failed and how often is in the finding, the trial, the cell and the whole', async () => {
  const results = await analysed([
    [30, rejected(503)],
    [20, rejected(404)],
    [3, { status: null, outcome: 'timeout' }],
  ]);
  assert.equal(auditIn(results, 'failures')?.values['kinds'], '503 ×30, 404 ×20, timeout ×3');
  for (const found of [results.trials[0], results.cells[0], results.totals])
    assert.deepEqual(found?.statusCodes, { 201: 947, 404: 20, 503: 30 });
});

test('no throughput of answers hides that requests failed', async () => {
  for (const failed of [200, 1_000]) {
    const { cells, summary, exclusions } = await analysed([[failed, rejected(500)]]);
    assert.equal(cells[0]?.throughput, null);
    assert.equal(summary.throughputMax, null);
    assert.ok(exclusions.some(({ from }) => from === 'pooling'));
  }
});

test('where something is broken on purpose, failures are SUSPECT, and nothing answered is INVALID', async () => {
  const faults = [{ atUs: 1, kind: 'kill-replica', replicas: null }] as const;
  const some = await analysed([[650, { status: null, outcome: 'refused' }]], { faults });
  assert.equal(auditIn(some, 'failures')?.finding, 'failures.fault');
  assert.equal(auditIn(some, 'failures')?.status, 'warn');
  const all = await analysed([[1_000, { status: null, outcome: 'refused' }]], { faults });
  assert.equal(all.trials[0]?.verdict, 'INVALID');
});

test('a service level is judged on trials that are INVALID by nothing but their failures', async () => {
  const p95: Slo = { percentile: 0.95, latencyUs: 50_000, failureShare: null };
  const slo = [failuresAllowed(0.01), p95];
  const some = await analysed([[200, rejected(503)]], { slo, rounds: 3 });
  assert.deepEqual(some.cells[0]?.sloVerdicts, ['violated', 'met']);
  for (const rounds of [1, 3]) {
    const none = await analysed([[1_000, rejected(503)]], { slo, rounds });
    assert.deepEqual(none.cells[0]?.sloVerdicts, ['violated', 'violated'], `${rounds} rounds`);
  }
});

test('a ledger that nothing was to be found in is not called closed', async () => {
  const none = await analysed([[1_000, rejected(500)]]);
  assert.equal(auditIn(none, 'ledger')?.finding, 'ledger.empty');
  assert.equal(none.totals.ledgerCloses, null);
  const kept = [{ name: 'node', ledger: 'none' }] as const;
  const stranger = await analysed([], { systems: kept });
  assert.equal(stranger.totals.ledgerCloses, null);
  assert.equal((await analysed([])).totals.ledgerCloses, true);
});
