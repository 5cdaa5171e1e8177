import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Results, Slo, SloVerdict } from '@escala/model';
import { throwWhereNoCellMeets } from '../src/commands/judge/slo-violated.ts';

const slo: Slo = { percentile: 0.95, latencyUs: 15_000, failureShare: null };

/** Results in which the cells of each system were decided so. */
function results(decided: Readonly<Record<string, readonly SloVerdict[]>>): Results {
  const cells = Object.entries(decided).flatMap(([system, verdicts]) =>
    verdicts.map((verdict) => ({ cell: { system }, sloVerdicts: [verdict] })),
  );
  const systems = Object.keys(decided).map((name) => ({ name }));
  return { experiment: { systems, slo: [slo] }, cells } as unknown as Results;
}

test('only a system that certainly violates the level in every cell is named', async () => {
  await assert.rejects(
    throwWhereNoCellMeets(
      results({
        slow: ['violated', 'violated', 'violated'],
        meets: ['violated', 'met', 'violated'],
        undecided: ['undecided', 'violated'],
        short: ['not-assessable', 'violated'],
        unmeasured: [],
      }),
    ),
    {
      code: 'SLO_VIOLATED',
      values: { count: 1, detail: { en: 'slow (p95 ≤ 15 ms)', 'pt-BR': 'slow (p95 ≤ 15 ms)' } },
    },
  );
});

test('without a level, and where each system meets it somewhere, there is nothing to say', async () => {
  await throwWhereNoCellMeets(results({}));
  await throwWhereNoCellMeets(results({ meets: ['met'], undecided: ['undecided'] }));
});
