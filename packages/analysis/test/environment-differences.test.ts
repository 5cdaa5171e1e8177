import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Environment } from '@escala/model';
import { environmentDifferences } from '../src/compare/environment-differences.ts';

const environment: Environment = {
  escala: '0.2.0',
  node: '24.21.0',
  platform: 'linux',
  arch: 'x64',
  kernel: '6.1.0',
  cpuModel: 'planted',
  cpus: 2,
  memoryBytes: 8 * 2 ** 30,
  kubernetes: null,
  nodes: null,
  limits: { cpus: null, memoryBytes: null, governor: 'performance' },
  systems: [
    {
      name: 'mine',
      version: null,
      commit: 'a'.repeat(40),
      isDirty: false,
      digest: null,
      runtime: 'Python 3.11.2',
    },
  ],
};
const [system] = environment.systems ?? [];
assert.ok(system);

test('two runs of one program on one machine differ in nothing', () => {
  assert.deepEqual(
    environmentDifferences({ environment, system: 'mine' }, { environment, system: 'mine' }),
    [],
  );
});

test('another machine, another limit and changed sources are told, each with both values', () => {
  const other: Environment = {
    ...environment,
    cpus: 8,
    limits: { cpus: 1.5, memoryBytes: null, governor: 'performance' },
    systems: [{ ...system, isDirty: true }],
  };
  assert.deepEqual(
    environmentDifferences({ environment, system: 'mine' }, { environment: other, system: 'mine' }),
    [
      { what: 'cpus', a: '2', b: '8' },
      { what: 'cpuLimit', a: null, b: '1.5' },
      { what: 'commit', a: 'aaaaaaaaaaaa', b: 'aaaaaaaaaaaa-dirty' },
    ],
  );
});

test('a run from before programs were recorded is told as not known', () => {
  const { systems: _, ...older } = environment;
  const found = environmentDifferences(
    { environment: older, system: 'mine' },
    { environment, system: 'mine' },
  );
  assert.deepEqual(
    found.map(({ what, a }) => [what, a]),
    [
      ['runtime', null],
      ['commit', null],
    ],
  );
});
