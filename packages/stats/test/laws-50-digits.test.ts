import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ParameterEstimate } from '@escala/model';
import { type FitScale, fitLaws } from '../src/index.ts';
import { assertRelative } from './relative.ts';

interface Parameter {
  readonly estimate: number;
  readonly stderr: number;
  readonly profileCi95: readonly [number | null, number | null];
}
interface Expected {
  readonly name: string;
  readonly scale: FitScale;
  readonly points: readonly (readonly [number, number])[];
  readonly models: Readonly<
    Record<'linear' | 'amdahl' | 'usl', { readonly rss: number } & Record<string, Parameter | number>>
  >;
  readonly peak: { readonly n: number; readonly x: number } | null;
}

/**
 * Expected values with 50 digits by mpmath 1.3: Gauss–Newton in α, β, γ of the law as it is written, not in the
 * coordinates of our fit; profile limits by secant on the profile t with every other parameter refitted. The data are
 * published sets and simulated ones: superlinear, β < 0, N to a million, X of 1e-9, N < 1, eight exact digits, 30 % noise.
 */
const file = join(import.meta.dirname, '../../../test/data/laws-50-digits.ndjson');
const lines = readFileSync(file, 'utf8').trim().split('\n');
const sets = lines.map((line) => JSON.parse(line) as Expected);

const estimateTolerance = 1e-11;
const stderrTolerance = 1e-11;
const profileTolerance = 1e-8;

for (const { name, scale, points, models, peak } of sets) {
  test(`${name}, ${scale} scale: the fits agree with fifty digits`, () => {
    const { result } = fitLaws(
      points.map(([n, x]) => ({ n, x })),
      scale,
    );
    for (const law of ['linear', 'amdahl', 'usl'] as const) {
      const fitted = result.models[law];
      assert.ok(fitted?.converged);
      assertRelative(fitted.rss, models[law].rss, estimateTolerance, `${law} rss`);
      for (const parameter of ['alpha', 'beta', 'gamma'] as const) {
        const expected = models[law][parameter] as Parameter | undefined;
        if (!expected) continue;
        const computed: ParameterEstimate | undefined = fitted[parameter];
        assertRelative(computed?.estimate, expected.estimate, estimateTolerance, `${law} ${parameter}`);
        assertRelative(computed?.stderr, expected.stderr, stderrTolerance, `${law} ${parameter} error`);
        for (const [side, limit] of expected.profileCi95.entries()) {
          const ours: number | null | undefined = computed?.profileCi95?.[side];
          if (limit === null) assert.equal(ours, null, `${law} ${parameter} limit ${side} is unbounded`);
          else assertRelative(ours, limit, profileTolerance, `${law} ${parameter} limit ${side}`);
        }
      }
    }
    if (result.peak.n !== null) {
      assertRelative(result.peak.n, peak?.n ?? 0, estimateTolerance, 'peak n');
      assertRelative(result.peak.x, peak?.x ?? 0, estimateTolerance, 'peak x');
    }
  });
}
