import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseKnownStudy } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';
import { assertFewFalseVerdicts } from './same-system.ts';

const studies = 600;
const law = { alpha: 0.05, beta: 0.005, gamma: 1_000 };
const usl = (n: number) => (law.gamma * n) / (1 + law.alpha * (n - 1) + law.beta * n * (n - 1));

/** Three standard errors of a coverage of 95 % over so many studies reach from 92 to 98 %. */
function covers(hits: number, of: number, what: string): void {
  const share = hits / of;
  assert.ok(
    share >= 0.92 && share <= 0.98,
    `${what}: ${(100 * share).toFixed(1)} % of ${of} intervals cover`,
  );
}

test('95 % intervals of throughput and of every USL parameter cover the truth in 92 to 98 % of 600 studies', (t) => {
  const cells = [1, 2, 4, 6, 8, 10].map((replicas) =>
    simulatedCell({ replicas, clients: 10 * replicas, messages: 100 }),
  );
  const hits = { throughput: 0, throughputs: 0, alpha: 0, beta: 0, gamma: 0, fits: 0 };
  for (let i = 0; i < studies; i++) {
    const results = analyseKnownStudy({
      seed: `coverage ${i}`,
      cells,
      rounds: 5,
      noise: 0.03,
      truth: ({ replicas }) => usl(replicas),
    });
    for (const { cell, throughput } of results.cells) {
      const truth = usl(cell.replicas);
      hits.throughputs++;
      if ((throughput?.ci95?.low ?? truth + 1) <= truth && truth <= (throughput?.ci95?.high ?? 0))
        hits.throughput++;
    }
    const fit = results.laws.find(({ held }) => held.what === 'clients-per-replica')?.fit?.models.usl;
    assert.ok(fit, 'the diagonal of constant clients per replica is fitted');
    hits.fits++;
    for (const name of ['alpha', 'beta', 'gamma'] as const) {
      const [low, high] = fit[name]?.profileCi95 ?? [null, null];
      if ((low ?? -Infinity) <= law[name] && law[name] <= (high ?? Infinity)) hits[name]++;
    }
  }
  covers(hits.throughput, hits.throughputs, 'throughput');
  for (const name of ['alpha', 'beta', 'gamma'] as const) covers(hits[name], hits.fits, name);
  t.diagnostic(`coverage ${JSON.stringify(hits)}`);
});

test('a system that is a tenth slower is found out in most cells of ten rounds', () => {
  const cells = ['node', 'slower'].flatMap((system) =>
    [2, 4, 6].map((replicas) => simulatedCell({ replicas, clients: 50, messages: 100, system })),
  );
  const { comparisons } = analyseKnownStudy({
    seed: 'power',
    cells,
    rounds: 10,
    noise: 0.02,
    truth: ({ replicas, system }) => (system === 'slower' ? 360 : 400) * replicas,
  });
  const [comparison] = comparisons.filter(({ metric }) => metric === 'throughput');
  assert.deepEqual(
    comparison?.cells.map(({ verdict }) => verdict),
    ['slower', 'slower', 'slower'],
  );
  const interval = comparison?.overall?.ci95;
  assert.ok((interval?.low ?? 1) <= 0.9 && 0.9 <= (interval?.high ?? 0), JSON.stringify(interval));
});

test('two runs of the same system: at most 5 % of cells get a false verdict over 30 comparisons', (t) => {
  assertFewFalseVerdicts(t, 30);
});
