import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { fitLaws } from '../src/index.ts';
import { uslThroughput } from './scalability-data.ts';

const studies = 500;
const noise = 0.03;

// The designs for which methods of interval were compared when this one was chosen; a nominal 95 % may cover 92 to 98.
for (const [repetitions, alpha, beta] of [
  [1, 0.05, 0.005],
  [5, 0.02, 0.02],
  [5, 0.1, 0.0005],
] as const) {
  test(`profile intervals cover α = ${alpha}, β = ${beta} in 92 to 98 % of studies with ${repetitions} a level`, (t) => {
    const truth = { alpha, beta, gamma: 100 };
    const covered = { alpha: 0, beta: 0, gamma: 0 };
    const random = createRandom(`coverage ${alpha} ${beta}`);
    for (let i = 0; i < studies; i++) {
      const points = [1, 2, 4, 6, 8, 10].flatMap((n) =>
        Array.from({ length: repetitions }, () => {
          const x = uslThroughput(n, alpha, beta, truth.gamma) * Math.exp(noise * random.normal());
          return { n, x };
        }),
      );
      const usl = fitLaws(points).result.models.usl;
      for (const name of ['alpha', 'beta', 'gamma'] as const) {
        const [low, high] = usl?.[name]?.profileCi95 ?? [null, null];
        if (
          (low ?? Number.NEGATIVE_INFINITY) <= truth[name] &&
          truth[name] <= (high ?? Number.POSITIVE_INFINITY)
        ) {
          covered[name]++;
        }
      }
    }
    t.diagnostic(JSON.stringify(covered));
    for (const [name, count] of Object.entries(covered)) {
      assert.ok(count / studies >= 0.92 && count / studies <= 0.98, `${name}: ${count} of ${studies}`);
    }
  });
}
