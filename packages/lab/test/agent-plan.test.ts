import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExperiment } from '../src/experiment/read.ts';
import { planStudy } from '../src/study/plan.ts';
import { agentPlan } from '../src/trial/agent-plan.ts';

const experiment = parseExperiment(
  'systems: [node, go]\nreplicas: [1, 2]\nclients: 4\nmessages: 1\nrounds: 2',
  'e.yaml',
);
const plans = planStudy(experiment)
  .flatMap(({ trials }) => trials)
  .map(({ cell, round, planIndex }) => {
    const identity = { run: 'run', cell: cell.key, planIndex, round, attempt: 1 };
    const plan = agentPlan({ identity, cell, experiment, urls: [], index: 0, agents: 1, warmupMessages: 0 });
    return { system: cell.system, factors: `${cell.replicas} replicas, round ${round}`, seed: plan?.seed };
  });

test('in a round, two systems meet the same random choices; other cells and rounds have their own', () => {
  const seedsOf = (system: string) =>
    Object.fromEntries(
      plans.filter((plan) => plan.system === system).map(({ factors, seed }) => [factors, seed]),
    );
  assert.deepEqual(seedsOf('node'), seedsOf('go'));
  assert.equal(new Set(Object.values(seedsOf('node'))).size, 4);
});

test('the plan of an agent that holds the secrets carries neither header fields nor certificates', () => {
  const { systems, ...rest } = experiment;
  const shop = {
    ...systems[0],
    name: 'node',
    ledger: 'none',
    headers: [{ name: 'x-key', env: 'NO_SUCH' }],
  } as const;
  const [trial] = planStudy(experiment)[0]?.trials ?? [];
  assert.ok(trial);
  const identity = { run: 'run', cell: trial.cell.key, planIndex: 0, round: 1, attempt: 1 };
  const request = {
    identity,
    cell: { ...trial.cell, system: 'node' },
    urls: [],
    index: 0,
    agents: 1,
    warmupMessages: 0,
  };
  const plan = agentPlan({ ...request, experiment: { ...rest, systems: [shop] }, holdsSecrets: true });
  assert.deepEqual([plan?.headers, plan?.heldFor], [[], 'node']);
  const plain = agentPlan({ ...request, experiment, holdsSecrets: true });
  assert.equal(plain?.heldFor, undefined, 'there is nothing to hold');
});
