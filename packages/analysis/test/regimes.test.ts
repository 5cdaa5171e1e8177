import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CellResult } from '@escala/model';
import { kneesOf } from '../src/study/knees.ts';
import { regimesOf } from '../src/study/regimes.ts';
import { speedupsOf } from '../src/study/speedups.ts';
import { analyseKnownStudy } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';

/** Replicas that serve one request a millisecond each, and clients that do not think: X = min(c / 1 ms, r · 1000/s). */
const rate = 1_000;
const throughputOf = ({ replicas, clients }: CellResult['cell']) => Math.min(clients, replicas) * rate;

function cellsWith(replicas: readonly number[], clients: readonly number[]): CellResult[] {
  const cells = replicas.flatMap((r) =>
    clients.map((c) => simulatedCell({ replicas: r, clients: c, messages: 100 })),
  );
  const study = analyseKnownStudy({ seed: 'regimes', cells, rounds: 2, noise: 0, truth: throughputOf });
  return study.cells.map((cell) => ({ ...cell, pooledLatencyUs: summary(cell.cell) }));
}

/** By Little's law. */
function summary(cell: CellResult['cell']): CellResult['pooledLatencyUs'] {
  const mean = (cell.clients * 1e6) / throughputOf(cell);
  const same = { min: mean, mean, p50: mean, max: mean, p90: mean, p95: mean, p99: mean, p999: mean };
  return { n: 10_000, standardDeviation: 0, ...same };
}

const regimeOf = (cells: readonly CellResult[], key: string) => regimesOf(cells).get(key);

test('clients that no latency holds back are the limit; more of them bring nothing where replicas are', () => {
  const cells = cellsWith([2, 8], [1, 2, 4, 8, 16]);
  assert.equal(regimeOf(cells, 'node-r8-c4-m100'), 'client-limited');
  assert.equal(regimeOf(cells, 'node-r2-c4-m100'), 'saturated');
  assert.equal(regimeOf(cells, 'node-r8-c16-m100'), 'saturated');
});

test('replicas that are busy at the lightest load of all are not called limited by their clients', () => {
  const cells = cellsWith([1, 2, 4], [16, 32]);
  for (const { cell } of cells) assert.equal(regimeOf(cells, cell.key), 'saturated', cell.key);
});

test('one number of clients cannot tell whether it was the limit', () => {
  const cells = cellsWith([1, 2, 4], [16]);
  for (const { cell } of cells) assert.equal(regimeOf(cells, cell.key), 'unknown', cell.key);
});

test('a cell that was too short for a window is set against its neighbours by the makespan of both', () => {
  const cells = cellsWith([1], [4, 8, 16]).map((cell) => {
    const makespan = cell.throughputWindow && {
      ...cell.throughputWindow,
      value: cell.throughputWindow.value / 2,
    };
    const isBurst = cell.cell.clients === 16;
    return {
      ...cell,
      throughputMakespan: makespan,
      ...(isBurst && { kind: 'burst' as const, throughput: makespan }),
    };
  });
  assert.equal(regimeOf(cells, 'node-r1-c8-m100'), 'saturated');
});

test('an INVALID round takes no regime from its cell, which the other rounds have', () => {
  const cells = cellsWith([2, 8], [1, 2, 4, 8, 16]).map((cell) =>
    cell.cell.clients === 4 ? { ...cell, verdict: 'INVALID' as const } : cell,
  );
  assert.equal(regimeOf(cells, 'node-r8-c4-m100'), 'client-limited');
});

test('a cell that answered nothing has no speed-up, and is no base', () => {
  const cells = [1, 2, 4].map((replicas) => simulatedCell({ replicas, clients: 40, messages: 100 }));
  for (const dead of [1, 2]) {
    const truth = ({ replicas }: CellResult['cell']) => (replicas === dead ? 0 : 400 * replicas);
    const study = analyseKnownStudy({ seed: 'dead', cells, rounds: 3, noise: 0, truth });
    const [series] = speedupsOf(study.cells, study.trials);
    const alive = [1, 2, 4].filter((replicas) => replicas !== dead);
    assert.deepEqual(
      series?.points.map(({ replicas }) => replicas),
      alive,
    );
    assert.equal(series?.baseReplicas, alive[0]);
    assert.equal(series?.points[1]?.speedup.value, 4 / (alive[0] ?? 1));
  }
});

test('the most power is a knee only between the smallest and the largest load', () => {
  // Power is X²/c here, the most where clients and replicas are as many.
  const knees = kneesOf(cellsWith([1, 4, 16], [1, 2, 4, 8, 16]));
  const found = knees.map(({ replicas, definition, clients, insideData }) => {
    return [replicas, definition, clients, insideData];
  });
  assert.deepEqual(found, [
    [1, 'power', 1, false],
    [1, 'asymptotic', 1, true],
    [4, 'power', 4, true],
    [4, 'asymptotic', 4, true],
    [16, 'power', 16, false],
    [16, 'asymptotic', 16, true],
  ]);
});
