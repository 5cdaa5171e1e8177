import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Slo, TrialResult } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { analyzeRun, compareRuns, slowerBeyondMargin } from '../src/index.ts';
import { type PlantedRow, startOfSimulation } from './oracle/planted-rows.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

const folder = temporaryFolder(test);
let runs = 0;

const timeoutUs = 100_000;
const messages = 100;
const clients = 10;

/** Of each client's 100 requests the last `timeouts` got no answer; the others took 1 ms, 2 ms and so on. */
function rowsWith(timeouts: number): PlantedRow[] {
  let doneUs = startOfSimulation;
  return Array.from({ length: clients * messages }, (_, i): PlantedRow => {
    const [client, message] = [Math.floor(i / messages), i % messages];
    const isAnswered = message < messages - timeouts;
    const sentUs = message === 0 ? startOfSimulation : doneUs;
    const latencyUs = isAnswered ? 1_000 * (message + 1) : timeoutUs;
    doneUs = sentUs + latencyUs;
    return {
      client,
      message,
      intendedUs: null,
      sentUs,
      doneUs,
      latencyUs,
      status: isAnswered ? 201 : null,
      outcome: isAnswered ? 'answered' : 'timeout',
      replica: isAnswered ? 'replica-0' : '',
      receivedUs: isAnswered ? sentUs : null,
      queueUs: isAnswered ? 0 : null,
      serviceUs: isAnswered ? 500 : null,
      ledger: isAnswered ? 'recorded' : 'none',
    };
  });
}

const analyse = async (timeouts: number, slo: readonly Slo[], rounds = 5) =>
  analyzeRun(await writeRounds(new Array<number>(rounds).fill(timeouts), slo));
const analyseRounds = async (timeouts: readonly number[]) => analyzeRun(await writeRounds(timeouts));

/** A run of one cell, a round for each number of timeouts. */
async function writeRounds(
  timeouts: readonly number[],
  slo: readonly Slo[] = [],
  change = (row: PlantedRow) => row,
): Promise<string> {
  const run = join(folder, String(runs++));
  const rounds = timeouts.length;
  const cell = simulatedCell({ replicas: 1, clients, messages, timeoutUs });
  const service = { timeUs: 500, parallelism: 10, kind: 'wait' } as const;
  const trials = timeouts.map((count, i) => {
    return { cell, round: i + 1, rows: rowsWith(count).map(change), planned: clients * messages };
  });
  await writeSimulatedRun(run, simulatedExperiment([cell], { rounds, slo, service }), trials);
  return run;
}

/** Keys of what made a trial INVALID. */
const failing = (trial: TrialResult | undefined) =>
  trial?.audits.filter(({ status }) => status === 'fail').map(({ finding }) => finding);

const p95 = (latencyUs: number): Slo => ({ percentile: 0.95, latencyUs, failureShare: null });

test('a percentile ranks timeouts behind all answers, and is null where it lies among them', async () => {
  const { trials, cells } = await analyse(8, []);
  const [trial, cell] = [trials[0], cells[0]];
  assert.deepEqual(failing(trial), ['failures.many'], JSON.stringify(trial?.audits));
  // Ranks 900 and 950 of 1000; 920 have an answer.
  assert.deepEqual(
    [trial?.latencyUs?.p50, trial?.latencyUs?.p90, trial?.latencyUs?.p95],
    [50_000, 90_000, null],
  );
  assert.equal(trial?.latencyUs?.n, 920);
  assert.equal(trial?.latencyUs?.max, 92_000);
  assert.deepEqual([cell?.p90Us?.value, cell?.p95Us], [90_000, null]);
  assert.deepEqual([cell?.pooledLatencyUs?.p90, cell?.pooledLatencyUs?.p95], [90_000, null]);
  assert.ok((trial?.spectrum.at(-1)?.share ?? 1) <= 0.92, 'the spectrum ends where the timeouts begin');
});

test('a server that finishes and records a request after its client gave up breaks no law', async () => {
  const run = join(folder, String(runs++));
  const late = { replica: '', queueUs: 40 * timeoutUs, serviceUs: 500, ledger: 'recorded' };
  const rows = rowsWith(50).map((row) =>
    row.outcome === 'timeout' ? { ...row, ...late, receivedUs: row.sentUs } : row,
  );
  const cell = simulatedCell({ replicas: 1, clients, messages, timeoutUs });
  const service = { timeUs: 500, parallelism: 10, kind: 'wait' } as const;
  const trial = { cell, round: 1, rows, planned: rows.length };
  await writeSimulatedRun(run, simulatedExperiment([cell], { service }), [trial]);
  const [judged] = (await analyzeRun(run)).trials;
  assert.equal(judged?.counts.ledger.recorded, rows.length);
  const containment = judged?.audits.find(({ audit }) => audit === 'containment');
  assert.deepEqual(containment?.values, { rows: 0, share: 0, excessUs: 0 });
  assert.deepEqual(failing(judged), ['failures.many'], JSON.stringify(judged?.audits));
});

test('half of the requests timing out violates an SLO that all answers meet', async () => {
  const { capacities } = await analyse(50, [p95(60_000), p95(timeoutUs)]);
  assert.deepEqual(
    capacities.map(({ decisions }) => decisions[0]?.verdict),
    ['violated', 'violated'],
  );
});

test('with few rounds too, timeouts up to the limit violate it, and a shorter timeout cannot tell', async () => {
  const { capacities } = await analyse(50, [p95(60_000), p95(timeoutUs), p95(timeoutUs + 1)], 3);
  assert.deepEqual(
    capacities.map(({ decisions }) => decisions[0]?.verdict),
    ['violated', 'violated', 'not-assessable'],
  );
});

test('a trial of nothing but timeouts violates its SLO, and has no latency', async () => {
  const { trials, capacities } = await analyse(100, [p95(60_000)]);
  assert.equal(trials[0]?.latencyUs, null);
  assert.deepEqual(trials[0]?.spectrum, []);
  assert.equal(capacities[0]?.decisions[0]?.verdict, 'violated');
});

test('a percentile over rounds ranks those among the timeouts above all', async () => {
  const { cells } = await analyseRounds([0, 0, 8, 0, 8, 0, 0]);
  // Five rounds have a p95 of 95 ms; two have theirs among the timeouts, and so has the upper limit.
  assert.equal(cells[0]?.p95Us?.value, 95_000);
  assert.equal(cells[0]?.p95Us?.ci95?.high, null);
  assert.deepEqual(cells[0]?.percentilesAtTimeout, []);
  const most = (await analyseRounds([8, 0, 8, 8, 0])).cells[0];
  assert.equal(most?.p95Us, null);
  assert.deepEqual(most?.percentilesAtTimeout, ['p95', 'p99']);
  const half = (await analyseRounds([8, 0, 8, 0])).cells[0];
  assert.deepEqual([half?.p95Us, half?.percentilesAtTimeout], [null, []]);
});

test('compare ranks a p95 among the timeouts above all others, and says so', async () => {
  const [good, bad] = [await writeRounds([0, 0, 0, 0, 0]), await writeRounds([8, 8, 0, 0, 0])];
  const some = await compareRuns(good, bad, { metric: 'p95' });
  assert.deepEqual(some.cells[0]?.amongTimeouts, { a: 0, b: 2 });
  assert.deepEqual([some.cells[0]?.verdict, some.cells[0]?.ratio], ['inconclusive', null]);
  const all = await compareRuns(good, await writeRounds([8, 8, 8, 8, 8]), { metric: 'p95' });
  // Five above five: p = 2/252.
  assert.ok(Math.abs((all.cells[0]?.p ?? 1) - 2 / 252) < 1e-12, String(all.cells[0]?.p));
  assert.equal(all.cells[0]?.verdict, 'slower');
  assert.equal(slowerBeyondMargin(all).length, 1);
  const few = await compareRuns(await writeRounds([0, 0, 0]), await writeRounds([8, 8, 8]), {
    metric: 'p95',
  });
  assert.deepEqual([few.cells[0]?.verdict, few.overall], ['inconclusive', null]);
});

test('compare calls a side that answers nothing slower, where the rounds suffice', async () => {
  const good = await writeRounds([0, 0, 0, 0, 0]);
  const refused = (row: PlantedRow): PlantedRow => ({
    ...row,
    ...{ sentUs: null, latencyUs: null, status: null, outcome: 'refused', replica: '' },
    ...{ receivedUs: null, queueUs: null, serviceUs: null, ledger: 'none' },
  });
  const dead = await writeRounds([0, 0, 0, 0, 0], [], refused);
  const compared = await compareRuns(good, dead);
  assert.deepEqual(compared.cells[0]?.unanswered, { a: 0, b: 5 });
  assert.ok(Math.abs((compared.cells[0]?.p ?? 1) - 2 / 252) < 1e-12, String(compared.cells[0]?.p));
  assert.deepEqual(
    [compared.cells[0]?.verdict, compared.cells[0]?.ratio, compared.overall],
    ['slower', null, null],
  );
  assert.equal(slowerBeyondMargin(compared).length, 1);
  const [back, both] = [await compareRuns(dead, good), await compareRuns(dead, dead)];
  assert.deepEqual([back.cells[0]?.verdict, both.cells[0]?.verdict], ['faster', 'inconclusive']);
});
