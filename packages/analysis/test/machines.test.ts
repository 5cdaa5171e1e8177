import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditName, MachineLook, MachineRecord, TrialResult } from '@escala/model';
import { judgeFacts } from '../src/judge-trial.ts';
import { machineUses } from '../src/questions/machines.ts';
import { lawsOf } from '../src/study/laws.ts';
import { regimesOf } from '../src/study/regimes.ts';
import { exclusionsOf } from '../src/summarise-study.ts';
import type { TrialFacts } from '../src/trial-facts.ts';
import { analyseKnownStudy } from './coverage-study.ts';
import { startOfSimulation } from './oracle/planted-rows.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { simulatedManifest, simulatedRecord } from './oracle/simulated-run.ts';

const startUs = startOfSimulation;

/** What a machine does, in cores, before a trial of `lastedUs` begins, and while it lasts. */
interface Planted {
  readonly lastedUs: number;
  /** The last part of it, in which some clients have ended and the servers use half as much. */
  readonly tailUs?: number;
  readonly cores?: number;
  readonly load: number;
  readonly lab?: number;
  readonly others?: number;
  readonly othersBefore?: number;
  readonly stolen?: number;
  /** Its name, and how exactly the instants of its looks are known: on a cluster. */
  readonly node?: string;
  readonly withinUs?: number;
}

/** Counters as Linux has them: those of the machine go by 10 ms, those of processes by the microsecond. */
function planted({
  lastedUs,
  tailUs = lastedUs > 50_000 ? 30_000 : 0,
  cores = 2,
  load,
  lab = 0.05,
  others = 0,
  othersBefore = others,
  stolen = 0,
  node,
  withinUs,
}: Planted): MachineRecord {
  const sum = { busyUs: 0, stolenUs: 0, loadUs: 0, labUs: 0 };
  const looks: MachineLook[] = [];
  let atUs = startUs - 1_200_000;
  const look = () => {
    const steps = (us: number) => Math.floor(us / 10_000) * 10_000;
    const { busyUs, stolenUs, ...ours } = sum;
    const machine = { busyUs: steps(busyUs), stolenUs: steps(stolenUs) };
    looks.push({
      atUs,
      ...(withinUs !== undefined && { withinUs }),
      ...machine,
      ...ours,
      waitedUs: sum.loadUs,
      pressureUs: 0,
    });
  };
  const pass = (us: number, now: { load: number; others: number; stolen: number }) => {
    atUs += us;
    const [loadUs, labUs] = [now.load * us, lab * us];
    sum.loadUs += Math.round(loadUs);
    sum.labUs += Math.round(labUs);
    sum.busyUs += loadUs + labUs + now.others * us;
    sum.stolenUs += now.stolen * us;
  };
  const idle = { load: 0, others: othersBefore, stolen };
  look();
  pass(1_190_000, idle);
  look();
  pass(10_000, idle);
  pass(lastedUs - tailUs, { load, others, stolen });
  if (tailUs > 0) {
    // The agents are asked every 25 ms whether a client has ended.
    const untilLookUs = Math.min(tailUs, 15_000);
    pass(untilLookUs, { load: load / 2, others, stolen });
    look();
    pass(tailUs - untilLookUs, { load: load / 2, others, stolen });
  }
  pass(25_000, idle);
  look();
  pass(60_000, idle);
  look();
  return { node: node ?? null, cores, stepUs: 10_000, looks };
}

const cell = simulatedCell({ replicas: 4, clients: 20, messages: 50 });

const trial = { cell, round: 1, rows: [], planned: 1_000 };

/** A faultless trial of which nothing is known but how long it lasted, and its machine. */
function factsOf(
  { lastedUs, tailUs = lastedUs > 50_000 ? 30_000 : 0 }: Pick<Planted, 'lastedUs' | 'tailUs'>,
  machine: MachineRecord | null,
  busyUs = 0,
): TrialFacts {
  const record = { ...simulatedRecord(trial, 0), ...(machine && { machines: [machine] }) };
  const makespan = { firstSentUs: startUs, lastDoneUs: startUs + lastedUs };
  const counted = { answered: 1, ended: 1, neverSent: 0, residenceUs: 1, inFlightUs: 1 };
  const window = tailUs > 0 ? { fromUs: startUs, toUs: startUs + lastedUs - tailUs, ...counted } : null;
  const sums = { latencySumUs: 1, timesSumUs: 1, latencyMismatches: 0, bothSides: 0, negativeDurations: 0 };
  const idle = { requests: 0, spanUs: null, sendToReceiveUsMin: null, serveToDoneUsMin: null };
  return {
    folder: '',
    record,
    counts: record.counts,
    clients: { seen: cell.clients, requestsMin: 50, requestsMax: 50 },
    makespan,
    window,
    bookkeeping: { ...sums, containmentViolations: 0, containmentExcessUsMax: 0 },
    latencyUs: null,
    spectrum: [],
    serviceTimeUs: null,
    replicas: [{ ...idle, name: 'replica-0', busyUs }],
    arrivals: null,
    timeline: [],
    statusCodes: {},
    statuses: [],
    kinds: [],
    inFlight: [],
    cpu: { serverShareMax: null, agentShareMax: null, machineShare: null },
    machines: machineUses(record, { makespan, window }),
    throttledUs: null,
    restarts: null,
  };
}

/** The judgement of a trial that ran on such a machine; `serviceUs`: what the busiest replica spent in a simulated wait. */
function judged(machine: Planted | null, serviceUs?: number): TrialResult {
  const experiment = simulatedExperiment([cell], {
    service: { timeUs: serviceUs === undefined ? 0 : 1_000, parallelism: 1, kind: 'wait' },
  });
  const facts = factsOf(machine ?? { lastedUs: 1e6 }, machine && planted(machine), serviceUs);
  return judgeFacts(facts, simulatedManifest(experiment, [trial]));
}

const finding = ({ audits }: TrialResult, name: AuditName) =>
  audits.find(({ audit }) => audit === name)?.finding;

test('on a node, how long the call took that looked at it decides whether the window was long enough', () => {
  const on = { lastedUs: 400_000, load: 1.94, node: 'n1' };
  assert.equal(finding(judged({ ...on, withinUs: 500 }), 'machine'), 'machine.full-node');
  const trial = judged({ ...on, withinUs: 30_000 });
  assert.equal(finding(trial, 'machine'), 'machine.perhaps-full-node');
  assert.equal(trial.audits.find(({ audit }) => audit === 'machine')?.values['node'], 'n1');
});

test('what Kubernetes itself takes of a node is no neighbour, and more than that is', () => {
  // On two processors the kubelet, the API server and the like took 0.14 to 0.31 of one while a study ran.
  const trial = { lastedUs: 400_000, load: 0.5, others: 0.31 };
  assert.equal(finding(judged(trial), 'neighbours'), 'neighbours.busy');
  assert.equal(finding(judged({ ...trial, node: 'n1' }), 'neighbours'), 'neighbours.quiet');
  const burnt = judged({ ...trial, node: 'n1', others: 1 });
  assert.equal(finding(burnt, 'neighbours'), 'neighbours.busy-node');
  assert.equal(burnt.audits.find(({ audit }) => audit === 'neighbours')?.values['limit'], 0.1 + 0.4 / 2);
  const large = { ...trial, node: 'n1', cores: 16 };
  assert.equal(finding(judged({ ...large, others: 1.9 }), 'neighbours'), 'neighbours.quiet');
  assert.equal(finding(judged({ ...large, others: 2.2 }), 'neighbours'), 'neighbours.busy-node');
});

for (const lastedUs of [100_000, 400_000, 5_000_000]) {
  test(`in ${lastedUs / 1_000} ms, servers that fill two processors are a warning, and the trial is limited by the machine`, () => {
    const trial = judged({ lastedUs, load: 1.94 });
    assert.equal(finding(trial, 'machine'), lastedUs < 200_000 ? 'machine.perhaps-full' : 'machine.full');
    assert.equal(trial.regime, 'machine-limited');
    const { status, values } = trial.audits.find(({ audit }) => audit === 'machine') ?? {};
    assert.equal(status, 'warn');
    assert.deepEqual([values?.['servers'], values?.['cores']], [4, 2]);
    assert.equal(finding(trial, 'neighbours'), 'neighbours.quiet');
  });

  test(`in ${lastedUs / 1_000} ms, servers that leave a third of the processors are not accused`, () => {
    const trial = judged({ lastedUs, load: 1.3 });
    assert.equal(finding(trial, 'machine'), 'machine.free');
    assert.equal(trial.regime, 'unknown');
  });

  test(`in ${lastedUs / 1_000} ms, a program that burns one of two processors is seen`, () => {
    const trial = judged({ lastedUs, load: 0.6, others: 1 });
    assert.equal(finding(trial, 'neighbours'), 'neighbours.busy');
  });
}

test('a burst at a service that waits is neither full nor free where its edges weigh too much, and says so', () => {
  const trial = judged({ lastedUs: 12_000, load: 1.8 }, 4_000);
  assert.equal(finding(trial, 'machine'), 'machine.short');
  assert.equal(trial.regime, 'unknown');
  assert.equal(finding(trial, 'neighbours'), 'neighbours.quiet');
});

test('a burst that leaves most of the processors is known to, for servers count by the microsecond', () => {
  assert.equal(finding(judged({ lastedUs: 12_000, load: 0.2 }), 'machine'), 'machine.free');
});

test('another program that a full machine keeps out is seen in the second before', () => {
  const trial = judged({ lastedUs: 5_000_000, load: 1.85, others: 0.1, othersBefore: 1 });
  assert.equal(finding(trial, 'machine'), 'machine.full');
  assert.equal(finding(trial, 'neighbours'), 'neighbours.busy');
});

test('where other programs had a part of the full processors, they are not called this study’s', () => {
  const trial = judged({ lastedUs: 5_000_000, load: 0.9, others: 1.05 });
  assert.equal(finding(trial, 'machine'), 'machine.full-shared');
  assert.equal(trial.regime, 'machine-limited');
});

test('processors that a hypervisor takes away count as full, and as taken by others', () => {
  const trial = judged({ lastedUs: 5_000_000, load: 1.45, stolen: 0.5 });
  assert.equal(finding(trial, 'machine'), 'machine.full-shared');
  assert.equal(finding(trial, 'neighbours'), 'neighbours.stolen');
});

test('servers in their simulated wait set the pace themselves, though the processors are full', () => {
  const [waiting, slowed, starved] = [4_700_000, 3_000_000, 1_000_000].map((serviceUs) =>
    judged({ lastedUs: 5_000_000, load: 1.94 }, serviceUs),
  );
  const of = (trial: TrialResult | undefined) => trial && [finding(trial, 'machine'), trial.regime];
  assert.deepEqual(of(waiting), ['machine.full-serving', 'unknown']);
  assert.deepEqual(of(slowed), ['machine.full-serving', 'machine-limited']);
  assert.deepEqual(of(starved), ['machine.full', 'machine-limited']);
});

test('a look that came too late to see the trial tells nothing of how full the machine was', () => {
  const machine = planted({ lastedUs: 400_000, load: 1.9 });
  const [, edge, ...others] = machine.looks;
  assert.ok(edge);
  const late = { ...machine, looks: [{ ...edge, atUs: startUs + 300_000 }, ...others] };
  const [use] = factsOf({ lastedUs: 400_000 }, late).machines;
  assert.equal(use?.busyShare, null);
});

test('the servers on a machine are those of all nodes that it is', () => {
  const machine = { ...planted({ lastedUs: 400_000, load: 1.9 }), node: 'n1' };
  const record = simulatedRecord(trial, 0);
  const replicas = ['n1', 'n2', 'n2', 'n3'].map((node, i) => ({ name: `r${i}`, node, cpuLimit: null }));
  const makespan = { firstSentUs: startUs, lastDoneUs: startUs + 400_000 };
  const serversOf = (alsoNodes: readonly string[]) =>
    machineUses(
      { ...record, replicas, machines: [{ ...machine, alsoNodes }] },
      { makespan, window: null },
    ).map(({ servers }) => servers);
  assert.deepEqual([serversOf([]), serversOf(['n2'])], [[1], [3]]);
});

test('a run from before machines were asked is not assessable, and is not called good', () => {
  const trial = judged(null);
  for (const name of ['machine', 'neighbours'] as const) {
    const found = trial.audits.find(({ audit }) => audit === name);
    assert.deepEqual([found?.status, found?.finding], ['not-assessable', `${name}.unknown`]);
  }
  assert.deepEqual(trial.machines, []);
});

test('trials on full processors are in no law over replicas, and their cell is never said to be able to give more', () => {
  const cells = [1, 2, 4, 6, 8].map((replicas) =>
    simulatedCell({ replicas, clients: 10 * replicas, messages: 100 }),
  );
  const truth = ({ replicas }: { replicas: number }) => 1_000 * Math.min(replicas, 4);
  const study = analyseKnownStudy({ seed: 'full', cells, rounds: 3, noise: 0.01, truth });
  const isFull = (key: string) => [6, 8].some((replicas) => key.includes(`-r${replicas}-`));
  const trials = study.trials.map((trial) =>
    isFull(trial.cell) ? { ...trial, regime: 'machine-limited' as const } : trial,
  );
  const pooled = study.cells.map((one) =>
    isFull(one.cell.key) ? { ...one, regime: 'machine-limited' as const } : one,
  );
  const regimes = regimesOf(pooled);
  const law = lawsOf(pooled, trials).find(({ held }) => held.what === 'clients-per-replica');
  assert.deepEqual([...new Set(law?.points.map(({ n }) => n))], [1, 2, 4]);
  assert.deepEqual(
    [...regimes].filter(([, regime]) => regime === 'machine-limited').map(([key]) => isFull(key)),
    [true, true],
  );
  const reasons = exclusionsOf(trials).map(({ cell: key, from, reason }) => [isFull(key), from, reason]);
  assert.deepEqual(reasons, Array(6).fill([true, 'laws', 'laws.machine-limited']));
});
