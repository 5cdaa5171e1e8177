import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Cell,
  cellsOf,
  comparedLevels,
  curveKey,
  curveOf,
  type Experiment,
  type FactorKey,
  factorKeys,
  inOrderOfFactors,
  isOfCurve,
  levelsOfCompared,
  serversOf,
  serversOfCell,
} from '@escala/model';
import { simulatedCell, simulatedExperiment } from '../../analysis/test/oracle/simulated-experiment.ts';

/** An experiment with one level of each factor, in an open loop, in which every factor means something. */
const { kubernetes, ...one } = simulatedExperiment([simulatedCell({ replicas: 1, clients: 1, messages: 1 })]);
const base: Experiment = {
  ...one,
  rate: [100],
  kubernetes: { ...kubernetes, storage: ['shared'], clientsPerPod: [5] },
};

/** Two levels of each factor. The compiler asks for a new factor here, as it does wherever a factor must stand. */
const twoLevels: Readonly<Record<FactorKey, Partial<Experiment>>> = {
  system: { systems: ['a', 'b-r1'].map((name) => ({ name, ledger: 'api' })) },
  replicas: { replicas: [1, 2] },
  clients: { clients: [1, 2] },
  messages: { messages: [1, 2] },
  ratePerSecond: { rate: [null, 100] },
  arrivals: { arrivals: ['poisson', 'uniform'] },
  durationUs: { durationUs: [1_000_000, 2_000_000] },
  payloadBytes: { payloadBytes: [0, 1_024] },
  thinkTimeUs: { thinkTimeUs: [0, 1_000] },
  keepAlive: { keepAlive: [true, false] },
  storage: { kubernetes: { ...base.kubernetes, storage: ['shared', 'per-replica'] } },
  clientsPerPod: { kubernetes: { ...base.kubernetes, clientsPerPod: [5, 10] } },
};
const alongCurve: readonly FactorKey[] = ['replicas', 'clients', 'ratePerSecond'];
const ofServers: readonly FactorKey[] = ['system', 'replicas', 'storage'];

for (const key of factorKeys) {
  test(`two levels of ${key} are two cells with names of their own`, () => {
    const experiment = { ...base, ...twoLevels[key] };
    const cells = cellsOf(experiment);
    const [a, b] = cells as [Cell, Cell];
    const differs = (of: (cell: Cell) => unknown) => JSON.stringify(of(a)) !== JSON.stringify(of(b));
    assert.equal(cells.length, 2);
    assert.ok(differs((cell) => cell.key));
    assert.equal(differs(comparedLevels), key !== 'system');
    // An open loop and a closed one are two curves, two rates are one.
    const isCurve = !alongCurve.includes(key) || key === 'ratePerSecond';
    assert.equal(
      differs((cell) => curveKey(curveOf(cell))),
      isCurve,
    );
    assert.equal(isOfCurve(curveOf(a), b), !isCurve || key === 'ratePerSecond');
    assert.equal(differs(serversOfCell), ofServers.includes(key));
    const servers = experiment.replicas.flatMap((replicas) => serversOf(experiment, replicas));
    assert.deepEqual(servers, ofServers.includes(key) ? [a, b].map(serversOfCell) : [serversOfCell(a)]);
    for (const cell of cells) {
      const told = levelsOfCompared(comparedLevels(cell));
      for (const [other, level] of Object.entries(told)) assert.equal(level, cell[other as FactorKey], other);
    }
  });
}

test('two cells of one name are refused: they would share a folder and every number', () => {
  assert.throws(() => cellsOf({ ...base, payloadBytes: [1_024, 1_024] }), /one name/);
});

const cell = (levels: Partial<Cell>) => ({
  ...simulatedCell({ replicas: 1, clients: 1, messages: 1 }),
  key: '',
  ...levels,
});

test('cells stand in the order of their levels as numbers, for rates and further factors, too', () => {
  const ordered = [
    cell({ system: 'go', replicas: 10 }),
    cell({ replicas: 2, ratePerSecond: 200 }),
    cell({ replicas: 2, ratePerSecond: 1200, payloadBytes: 256 }),
    cell({ replicas: 2, ratePerSecond: 1200, payloadBytes: 4096 }),
    cell({ replicas: 10, key: 'a' }),
    cell({ replicas: 10, key: 'b', keepAlive: false }),
    cell({ messages: 10 }),
  ];
  assert.deepEqual([...ordered].reverse().sort(inOrderOfFactors), ordered);
});
