import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Experiment, findings, runFiles, type SelftestResult, type TrialResult } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { openAnalysis } from '../src/index.ts';
import { type PlantedFault, type PlantedRow, plantedFaults, rowsOf } from './oracle/planted-rows.ts';
import { type QueueModel, simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { healthyAgent, type SimulatedTrial, writeSimulatedRun } from './oracle/simulated-run.ts';

const analysis = await openAnalysis();
after(() => analysis[Symbol.asyncDispose]());
const folder = temporaryFolder(test);
let runs = 0;

const cell = simulatedCell({ replicas: 2, clients: 20, messages: 60 });
const closed: QueueModel = {
  seed: 'faults',
  replicas: 2,
  parallelism: 1,
  serviceUs: 1_000,
  serviceDistribution: 'fixed',
  load: { kind: 'closed', clients: 20, messages: 60, thinkUs: 0, thinkDistribution: 'fixed' },
};

async function judge(
  rows: PlantedRow[],
  changes: Partial<SimulatedTrial> = {},
  experiment: Partial<Experiment> = {},
): Promise<TrialResult> {
  const place = join(folder, String(runs++));
  const trial = { cell, round: 1, rows, planned: 1_200, ...changes };
  const service = { timeUs: 1_000, parallelism: 1, kind: 'wait' } as const;
  await writeSimulatedRun(place, simulatedExperiment([trial.cell], { service, ...experiment }), [trial]);
  const results = await analysis.analyzeRun(place);
  assert.equal(results.trials.length, 1);
  return results.trials[0] as TrialResult;
}

const bad = ({ audits }: TrialResult) =>
  audits.filter(({ status }) => status === 'warn' || status === 'fail').map(({ finding }) => finding);

async function withFault(fault: PlantedFault): Promise<TrialResult> {
  const rows = rowsOf(simulateQueue(closed));
  fault(rows);
  return judge(rows);
}

test('a faultless trial is VALID, and every audit has a sentence in both languages', async () => {
  const trial = await judge(rowsOf(simulateQueue(closed)));
  assert.deepEqual(bad(trial), []);
  assert.equal(trial.verdict, 'VALID');
  for (const { finding } of trial.audits) assert.ok(finding in findings, finding);
});

const expected: Record<keyof typeof plantedFaults, { verdict: string; finding: string }> = {
  lost: { verdict: 'INVALID', finding: 'ledger.lost' },
  doubled: { verdict: 'INVALID', finding: 'ledger.duplicated' },
  unexpected: { verdict: 'INVALID', finding: 'ledger.unexpected' },
  'delayed-rows': { verdict: 'INVALID', finding: 'littles-law.bookkeeping' },
  'rows-gone': { verdict: 'INVALID', finding: 'planned-work.differs' },
  'impossible-service': { verdict: 'INVALID', finding: 'containment.violated' },
  'skewed-clock': { verdict: 'SUSPECT', finding: 'clocks.skewed' },
  'backward-clock': { verdict: 'INVALID', finding: 'clocks.negative' },
};
for (const [name, { verdict, finding }] of Object.entries(expected)) {
  test(`the planted fault "${name}" makes the trial ${verdict} by ${finding}`, async () => {
    const trial = await withFault(plantedFaults[name as keyof typeof plantedFaults]);
    assert.equal(trial.verdict, verdict, bad(trial).join());
    assert.ok(bad(trial).includes(finding), bad(trial).join());
  });
}

test('a slow client is named as such, and never called contention', async () => {
  const trial = await judge(rowsOf(simulateQueue({ ...closed, clientBusyUs: 3_000 })));
  assert.equal(trial.verdict, 'INVALID');
  assert.ok(bad(trial).includes('client-residual.high'), bad(trial).join());
});

/** As a request that found no connection. */
const refused = (row: PlantedRow): PlantedRow => {
  const sides = { receivedUs: null, queueUs: null, serviceUs: null, ledger: 'none', replica: '' };
  return { ...row, ...sides, sentUs: null, latencyUs: null, status: null, outcome: 'refused' };
};

test('clients that get no connection are not called busy with themselves', async () => {
  const rows = rowsOf(simulateQueue(closed)).map((row) => (row.client > 4 ? row : refused(row)));
  const trial = await judge(rows);
  const found = trial.audits.filter(({ finding }) => finding.endsWith('.connecting'));
  assert.deepEqual(
    found.map(({ audit, status }) => [audit, status]),
    [
      ['interactive-law', 'not-assessable'],
      ['client-residual', 'not-assessable'],
    ],
  );
  assert.deepEqual(bad(trial), ['failures.many']);
});

test('a connection that failed hides no slow client: it was tried for no longer than the timeout', async () => {
  const rows = rowsOf(simulateQueue({ ...closed, clientBusyUs: 3_000 }));
  const trial = await judge(
    rows.map((row, i) => (i === 600 ? refused(row) : row)),
    { cell: { ...cell, timeoutUs: 100_000 } },
  );
  assert.ok(bad(trial).includes('client-residual.high'), bad(trial).join());
});

test('an agent at its processor limit makes the trial SUSPECT', async () => {
  const agents = [{ ...healthyAgent, health: { ...healthyAgent.health, cpuShare: 0.97 } }];
  const trial = await judge(rowsOf(simulateQueue(closed)), { agents });
  assert.equal(trial.verdict, 'SUSPECT');
  assert.deepEqual(bad(trial), ['client-limits.cpu']);
});

/** Late by so many µs, 2 % of the requests; µs of service; the service level's latency; what is found. */
const lateSends: readonly [number, number, number | null, string[]][] = [
  [900, 1_000, null, []],
  [1_100, 1_000, null, ['client-limits.send-lag']],
  // A service level of 80 ms: 5 % of it is 4 ms.
  [3_900, 1_000, 80_000, []],
  [4_100, 1_000, 80_000, ['client-limits.send-lag']],
  // Of a service level below 20 ms, the fixed limit is the larger.
  [900, 1_000, 5_000, []],
  [1_100, 1_000, 5_000, ['client-limits.send-lag']],
  // Without one, 5 % of a p95 of 60 ms or little more.
  [2_900, 60_000, null, []],
  [3_500, 60_000, null, ['client-limits.send-lag']],
];
for (const [lateUs, serviceUs, limitUs, found] of lateSends) {
  const level = limitUs === null ? 'no service level' : `a service level of ${limitUs} µs`;
  const says = found.length > 0 ? 'is too late' : 'matters little';
  test(`a send ${lateUs} µs after its time, with a service of ${serviceUs} µs and ${level}, ${says}`, async () => {
    const rate = 1e6 / (50 * serviceUs);
    const load = { kind: 'open', ratePerSecond: rate, requests: 1_000 } as const;
    const model = { ...closed, replicas: 1, serviceUs, load };
    const rows = rowsOf(simulateQueue(model));
    for (const [i, row] of rows.entries()) {
      if (i % 50 !== 7) continue;
      row.intendedUs = (row.intendedUs ?? 0) - lateUs;
      row.latencyUs = (row.latencyUs ?? 0) + lateUs;
    }
    const open = simulatedCell({ replicas: 1, clients: 100, messages: 1, ratePerSecond: rate });
    const slo = limitUs === null ? [] : [{ percentile: 95, latencyUs: limitUs, failureShare: null }];
    const trial = await judge(rows, { cell: open, planned: 1_000 }, { slo });
    assert.deepEqual(bad(trial), found);
  });
}

test('a late event loop is held against the service level, too', async () => {
  const agents = [{ ...healthyAgent, health: { ...healthyAgent.health, eventLoopDelayUsP99: 24_000 } }];
  const within = async (latencyUs: number) => {
    const slo = [{ percentile: 95, latencyUs, failureShare: null }];
    return bad(await judge(rowsOf(simulateQueue(closed)), { agents }, { slo }));
  };
  assert.deepEqual(await within(500_000), []);
  assert.deepEqual(await within(400_000), ['client-limits.event-loop']);
});

test('a load near what the self-test found the client capable of makes the trial SUSPECT', async () => {
  const trial = { cell, round: 1, rows: rowsOf(simulateQueue(closed)), planned: 1_200 };
  const selftest = (requestsPerSecond: number): SelftestResult => ({
    stall: { truthUs: { p50: 1, p95: 2, p99: 3 }, measuredUs: { p50: 1, p95: 2, p99: 3 } },
    ceiling: { requestsPerSecond },
    timer: { finestIntervalUs: 500 },
    verdict: 'trustworthy',
  });
  // Two replicas that serve in 1 ms answer 2000/s: 0.8 of the one ceiling, 0.5 of the other.
  for (const [ceiling, found] of [
    [2_500, ['client-limits.ceiling']],
    [4_000, []],
  ] as const) {
    const place = join(folder, String(runs++));
    const service = { timeUs: 1_000, parallelism: 1, kind: 'wait' } as const;
    await writeSimulatedRun(place, simulatedExperiment([cell], { service }), [trial]);
    const file = join(place, runFiles.manifest);
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...manifest, selftest: selftest(ceiling) }));
    const results = await analysis.analyzeRun(place);
    assert.deepEqual(results.selftest, selftest(ceiling));
    assert.deepEqual(bad(results.trials[0] as TrialResult), found);
  }
});

test('agents that start 3 s apart make the trial SUSPECT', async () => {
  const agents = [healthyAgent, { ...healthyAgent, name: 'agent-2', startSkewUs: 3_000_000 }];
  const trial = await judge(rowsOf(simulateQueue(closed)), { agents });
  assert.deepEqual(bad(trial), ['start-skew.apart']);
});

test('a restarted replica makes the trial SUSPECT, with the platform named', async () => {
  const incidents = [{ code: 'replica-restarted', subject: 'replica-1', detail: 'OOMKilled', atUs: 1 }];
  const trial = await judge(rowsOf(simulateQueue(closed)), { incidents });
  assert.deepEqual(bad(trial), ['platform.incidents']);
});

test('throttled servers or clients make the trial SUSPECT, and what is not known is not quiet', async () => {
  const platformOf = async (changes: Partial<SimulatedTrial>) => {
    const { audits } = await judge(rowsOf(simulateQueue(closed)), changes);
    const found = audits.find(({ audit }) => audit === 'platform');
    return [found?.status, found?.finding];
  };
  const agent = (throttledUs: number | null) => ({
    agents: [{ ...healthyAgent, health: { ...healthyAgent.health, throttledUs } }],
  });
  assert.deepEqual(await platformOf({}), ['pass', 'platform.quiet']);
  assert.deepEqual(await platformOf({ throttledUs: 1 }), ['warn', 'platform.throttled']);
  assert.deepEqual(await platformOf(agent(1)), ['warn', 'platform.clients-throttled']);
  const unknown = ['not-assessable', 'platform.throttling-unknown'];
  assert.deepEqual(await platformOf({ throttledUs: null }), unknown);
  assert.deepEqual(await platformOf(agent(null)), unknown);
});

test('an open load above capacity makes the trial SUSPECT by its backlog', async () => {
  const load = { kind: 'open', ratePerSecond: 1_300, requests: 3_000 } as const;
  const rows = rowsOf(simulateQueue({ ...closed, replicas: 1, load }));
  const open = simulatedCell({ replicas: 1, clients: 100, messages: 1, ratePerSecond: 1_300 });
  const trial = await judge(rows, { cell: open, planned: 3_000 });
  assert.equal(trial.verdict, 'SUSPECT');
  assert.ok(bad(trial).includes('backlog.grows'), bad(trial).join());
});

test('an open load of a few requests is too short for a backlog, and not closed', async () => {
  const load = { kind: 'open', ratePerSecond: 1_300, requests: 1 } as const;
  const rows = rowsOf(simulateQueue({ ...closed, replicas: 1, load }));
  const open = simulatedCell({ replicas: 1, clients: 100, messages: 1, ratePerSecond: 1_300 });
  const trial = await judge(rows, { cell: open, planned: 1 });
  assert.equal(trial.audits.find(({ audit }) => audit === 'backlog')?.finding, 'backlog.short');
});

test('an uneven balance is said, and lowers no verdict', async () => {
  const rows = rowsOf(simulateQueue({ ...closed, replicas: 1 }));
  for (const row of rows) if (row.client === 1) row.replica = 'replica-2';
  const trial = await judge(rows);
  assert.equal(trial.audits.find(({ audit }) => audit === 'balance')?.finding, 'balance.uneven');
  assert.equal(trial.verdict, 'VALID', bad(trial).join());
});

test('a replica that none of many connections met makes the trial SUSPECT; of few it is chance', async () => {
  const rows = rowsOf(simulateQueue({ ...closed, replicas: 1 }));
  const trial = await judge(rows);
  assert.equal(trial.balance?.jain, 0.5);
  assert.deepEqual(
    trial.replicas.map(({ requests }) => requests),
    [1_200, 0],
  );
  assert.deepEqual([trial.verdict, bad(trial)], ['SUSPECT', ['balance.idle']]);
  const few = await judge(rows, { cell: simulatedCell({ replicas: 2, clients: 4, messages: 300 }) });
  const said = few.audits.find(({ audit }) => audit === 'balance');
  assert.deepEqual([said?.finding, said?.values['chanceShare']], ['balance.idle-by-chance', 0.125]);
  assert.ok(!bad(few).includes('balance.idle'));
});

test('a window that cuts through long requests does not make a faultless closed trial impossible', async () => {
  const long = simulatedCell({ replicas: 1, clients: 100, messages: 30 });
  const load = {
    kind: 'closed',
    clients: 100,
    messages: 30,
    thinkUs: 0,
    thinkDistribution: 'fixed',
  } as const;
  const trial = await judge(rowsOf(simulateQueue({ ...closed, replicas: 1, load })), {
    cell: long,
    planned: 3_000,
  });
  const law = trial.audits.find(({ audit }) => audit === 'interactive-law');
  assert.equal(trial.kind, 'steady');
  assert.equal(law?.status, 'pass', JSON.stringify(law));
  assert.ok(Number(law?.values['share']) <= 1, 'a client has one request at a time');
});
