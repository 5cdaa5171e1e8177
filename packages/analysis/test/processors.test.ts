import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachineUse, TrialResult } from '@escala/model';
import { processorsOf } from '../src/study/limits.ts';

const machine = { cores: 4, oursShare: 0.5, labShare: 0.1, othersShare: 0.05, stolenShare: 0.01 };
const cpu = { serverShareMax: 1, agentShareMax: 1, machineShare: null, serverCores: 1.5, agentCores: 0.5 };

function trial(
  machines: readonly Partial<MachineUse>[],
  used: Partial<TrialResult['cpu']> = {},
): TrialResult {
  return { machines, cpu: { ...cpu, ...used } } as unknown as TrialResult;
}

test('processors: servers, agents with the lab and others add up to what was busy', () => {
  const found = processorsOf([trial([machine])]);
  // 0.4 of 4 cores are servers and agents, three quarters of it the servers' as their processes tell.
  assert.ok(found);
  const rounded = Object.entries(found).map(([key, value]) => [key, Number(value.toFixed(9))]);
  assert.deepEqual(Object.fromEntries(rounded), { cores: 4, servers: 1.2, agents: 0.8, others: 0.24 });
});

test('processors: machines are summed, and rounds are averaged', () => {
  const idle = { ...machine, oursShare: 0.1 };
  const found = processorsOf([trial([machine, machine]), trial([idle, idle])]);
  assert.equal(found?.cores, 8);
  assert.equal(Number(found?.servers.toFixed(9)), 1.2);
});

test('processors: others, who are watched for longer, have at most what is left', () => {
  const found = processorsOf([trial([{ ...machine, othersShare: 0.9 }])]);
  assert.equal(found && found.servers + found.agents + found.others, found?.cores);
});

test('processors: nothing is said where a machine or a role told nothing', () => {
  const silent = [
    trial([]),
    trial([machine, { ...machine, othersShare: null }]),
    trial([machine], { serverCores: null }),
  ];
  for (const one of silent) assert.equal(processorsOf([one]), null);
  assert.equal(processorsOf([...silent, trial([machine])])?.cores, 4, 'other rounds still tell');
});
