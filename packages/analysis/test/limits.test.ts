import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachineUse } from '@escala/model';
import type { TrialFacts } from '../src/trial-facts.ts';
import { analyseKnownStudy, machineUse } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';

const withRecord = (change: (record: TrialFacts['record']) => TrialFacts['record']) =>
  analyseKnownStudy({
    seed: 'limits',
    rounds: 1,
    noise: 0,
    cells: [simulatedCell({ system: 'node', replicas: 1, clients: 4, messages: 100 })],
    truth: ({ replicas }) => 1_000 * replicas,
    facts: (_, facts) => ({
      machines: [machineUse(0.3)],
      record: change(facts.record),
      cpu: { ...facts.cpu, serverShareMax: 1 },
    }),
  }).cells[0]?.limit?.what;

test('a server that uses all of a limit is at that limit, and one without a limit at one processor', () => {
  assert.equal(
    withRecord((record) => record),
    'processor',
  );
  const limited = (record: TrialFacts['record']) => ({
    ...record,
    replicas: record.replicas.map((replica) => ({ ...replica, cpuLimit: 0.5 })),
  });
  assert.equal(withRecord(limited), 'pods');
});

test('a client that ran out of memory says nothing of the memory of the servers', () => {
  const outOfMemory = (subject: (record: TrialFacts['record']) => string) =>
    withRecord((record) => ({
      ...record,
      incidents: [{ code: 'out-of-memory', subject: subject(record), detail: '', atUs: 0 }],
    }));
  assert.equal(
    outOfMemory(({ replicas }) => replicas[0]?.name ?? ''),
    'memory',
  );
  assert.equal(
    outOfMemory(() => 'client-0'),
    'processor',
  );
});

test('processors that others shared, or that were perhaps full, are not told as the limit of the system', () => {
  const limitWith = (use: Partial<MachineUse>) =>
    analyseKnownStudy({
      seed: 'limits',
      rounds: 6,
      noise: 0,
      cells: [1, 8].map((replicas) =>
        simulatedCell({ system: 'node', replicas, clients: 16, messages: 100 }),
      ),
      truth: ({ replicas }) => 1_000 * replicas,
      facts: () => ({ machines: [{ ...machineUse(1), ...use }] }),
    }).cells.map(({ limit }) => limit?.what);
  assert.ok(limitWith({}).every((what) => what === 'machine'));
  assert.ok(limitWith({ othersShare: 0.5, othersSpanUs: 1 }).every((what) => what === 'neighbours'));
  assert.ok(limitWith({ busyShare: 0.9, busyShareMin: 0.5 }).every((what) => what === 'unknown'));
});
