import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mean, standardDeviation } from '../src/index.ts';
import { agreeingDigits, nistRows } from './nist.ts';

/**
 * NIST's certified mean and standard deviation, and the digits that must agree. Where fewer than
 * 14 are asked of s, the decimal data are not doubles: 10000000.2 is off by 2e-9, a share 2e-8 of s.
 */
const sets: Record<string, { certified: [number, number]; digits: [number, number] }> = {
  Lew: { certified: [-177.435, 277.332168044316], digits: [15, 14] },
  Lottery: { certified: [518.95871559633, 291.699727470969], digits: [14, 14] },
  Mavro: { certified: [2.001856, 0.000429123454003053], digits: [15, 12] },
  Michelso: { certified: [299.8524, 0.0790105478190518], digits: [15, 12] },
  NumAcc1: { certified: [10_000_002, 1], digits: [15, 15] },
  NumAcc2: { certified: [1.2, 0.1], digits: [15, 14] },
  NumAcc3: { certified: [1_000_000.2, 0.1], digits: [15, 9] },
  NumAcc4: { certified: [10_000_000.2, 0.1], digits: [15, 8] },
};

for (const [name, { certified, digits }] of Object.entries(sets)) {
  test(`NIST ${name}: mean and standard deviation have the certified digits`, (t) => {
    const values = nistRows(`univ/${name}.csv`).map(([y = Number.NaN]) => y);
    const computed = [mean(values), standardDeviation(values)];
    const reached = computed.map((value, i) => agreeingDigits(value, certified[i] ?? Number.NaN));
    t.diagnostic(`${name}: digits ${reached.map((digit) => digit.toFixed(1)).join(' ')}`);
    for (const [i, least] of digits.entries()) {
      assert.ok((reached[i] ?? 0) >= least, `${['mean', 's'][i]}: ${reached[i]} digits, ${least} wanted`);
    }
  });
}
