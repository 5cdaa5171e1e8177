import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { analyseKnownStudy } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';

/** Compares a system with its twin, again and again: at most 5 % of the cells may be told apart. */
export function assertFewFalseVerdicts(context: TestContext, times: number): void {
  const factors = [2, 4, 6, 8, 10].flatMap((replicas) =>
    [20, 60, 100].map((clients) => ({ replicas, clients, messages: 100 })),
  );
  const cells = ['node', 'twin'].flatMap((system) =>
    factors.map((levels) => simulatedCell({ ...levels, system })),
  );
  let [wrong, all, families] = [0, 0, 0];
  for (let i = 0; i < times; i++) {
    const { comparisons } = analyseKnownStudy({
      seed: `twins ${i}`,
      cells,
      rounds: 5,
      noise: 0.03,
      truth: ({ replicas }) => 400 * replicas,
    });
    const verdicts = comparisons.find(({ metric }) => metric === 'throughput')?.cells ?? [];
    assert.equal(verdicts.length, factors.length);
    const wrongHere = verdicts.filter(({ verdict }) => verdict === 'faster' || verdict === 'slower').length;
    wrong += wrongHere;
    all += verdicts.length;
    if (wrongHere > 0) families++;
  }
  context.diagnostic(`false verdicts: ${wrong} of ${all} cells, in ${families} of ${times} comparisons`);
  assert.ok(wrong / all <= 0.05, `${wrong} of ${all}`);
}
