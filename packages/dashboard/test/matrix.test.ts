import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExperiment, planStudy } from '@escala/lab';
import { simulatedManifest } from '../../analysis/test/oracle/simulated-run.ts';
import { cellStatus, groupsOf } from '../src/page/matrix.js';
import { pageStudy } from '../src/page-study.ts';

test('a cell of the matrix shows the worst of its rounds', () => {
  assert.equal(cellStatus(['VALID', 'planned']), 'VALID');
  assert.equal(cellStatus(['VALID', 'SUSPECT', 'INVALID']), 'INVALID');
  assert.equal(cellStatus(['INVALID', 'running']), 'running');
});

test('cells that differ in more than replicas and clients are in tables of their own', () => {
  const groupsIn = (factors: string) => {
    const fixed = 'systems: [{ name: my-r2, command: [serve] }]\nreplicas: [2]\nclients: [10]\n';
    const experiment = parseExperiment(`${fixed}${factors}`, 'planted.yaml');
    const manifest = { ...simulatedManifest(experiment, []), plan: planStudy(experiment) };
    return groupsOf(pageStudy(manifest)).map(({ messages, others, isOpen, columns }) => [
      ...[messages, others, isOpen, columns],
    ]);
  };
  assert.deepEqual(groupsIn('messages: [1, 5]\n'), [
    [1, '', false, [10]],
    [5, '', false, [10]],
  ]);
  // A level with a hyphen is one level.
  assert.deepEqual(groupsIn('messages: [1]\nkubernetes: { storage: [shared, per-replica] }\n'), [
    [1, 'per-replica', false, [10]],
    [1, 'shared', false, [10]],
  ]);
  assert.deepEqual(groupsIn('messages: [1]\nrate: [50, 100]\nduration: 1s\nkeepAlive: [true, false]\n'), [
    [1, 'c10, keepalive', true, [50, 100]],
    [1, 'c10, reconnect', true, [50, 100]],
  ]);
});
