import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeTally, tallyClaims } from './planted-claims.ts';

const STUDIES = 1_000;
const FALSE_CLAIMS_MAX = 0.05;
const RIGHT_CLAIMS_MIN = 0.85;
const designs = [
  [2, 4, 6, 8, 10],
  [1, 2, 3, 4, 5, 6, 7, 8],
];
// The last two have their peaks inside both designs, at 6 and at 7.
const laws = [
  [0, 0],
  [0.02, 0],
  [0.05, 0],
  [0.1, 0],
  [0.2, 0],
  [0.05, 0.95 / 36],
  [0.02, 0.98 / 49],
] as const;

for (const levels of designs) {
  for (const [alpha, beta] of laws) {
    test(`of ${STUDIES} studies at ${levels.join(', ')} with α = ${alpha} and β = ${beta.toFixed(4)}, at most 5 % make a false claim`, (t) => {
      for (const rounds of [1, 3, 5]) {
        for (const noise of [0.02, 0.05]) {
          const tally = tallyClaims({ levels, rounds, noise, alpha, beta }, STUDIES);
          t.diagnostic(describeTally(tally));
          const { falseClaims, claims } = tally;
          assert.ok(falseClaims <= FALSE_CLAIMS_MAX * STUDIES, describeTally(tally));
          const right = claims[beta > 0 ? 'usl' : 'amdahl'] ?? 0;
          if (rounds >= 3 && alpha >= 0.1)
            assert.ok(right >= RIGHT_CLAIMS_MIN * STUDIES, describeTally(tally));
        }
      }
    });
  }
}
