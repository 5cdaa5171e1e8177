import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { mergeHistograms, quantilesOf, TrialLatency } from '../src/page-event.ts';

/** An HDR histogram of these values, µs, as an agent sends it. */
function histogramOf(values: readonly number[]): string {
  const histogram = build({ bitBucketSize: 32, numberOfSignificantValueDigits: 3, autoResize: true });
  for (const value of values) histogram.recordValue(value);
  return encodeIntoCompressedBase64(histogram);
}

const times = (n: number, value: number) => Array<number>(n).fill(value);

/** HDR keeps three digits. */
function assertNear(actual: number | null | undefined, expected: number) {
  assert.ok(Math.abs((actual ?? Number.NaN) / expected - 1) <= 0.001, `${actual} is not about ${expected}`);
}

test('quantiles of several agents are those of all their requests, not an average', () => {
  const fast = histogramOf(times(900, 1_000));
  const slow = histogramOf(times(100, 5_000_000));
  const merged = mergeHistograms(`${fast} ${slow}`);
  assert.ok(merged);
  const { n, p50, p95, p99 } = quantilesOf(merged);
  assert.equal(n, 1_000);
  assertNear(p50, 1_000);
  assertNear(p95, 5_000_000);
  assertNear(p99, 5_000_000);
});

test('merged quantiles are those of the rows, within the three digits that a histogram keeps', () => {
  const random = createRandom('merged quantiles');
  // Three agents with unequal shares and unequal latencies: no average of their quantiles is the quantile of all.
  const agents = [
    { requests: 4_000, meanUs: 900 },
    { requests: 700, meanUs: 12_000 },
    { requests: 90, meanUs: 400_000 },
  ].map(({ requests, meanUs }) =>
    Array.from({ length: requests }, () => 1 + Math.round(random.exponential(meanUs))),
  );
  const rows = agents.flat().sort((a, b) => a - b);
  const nearestRank = (share: number) => rows[Math.ceil(share * rows.length) - 1] ?? Number.NaN;
  const merged = mergeHistograms(agents.map(histogramOf).join(' '));
  assert.ok(merged);
  const { n, p50, p95, p99 } = quantilesOf(merged);
  assert.equal(n, rows.length);
  assertNear(p50, nearestRank(0.5));
  assertNear(p95, nearestRank(0.95));
  assertNear(p99, nearestRank(0.99));
  const averageOfP95 =
    agents.reduce(
      (sum, own) => sum + (own.toSorted((a, b) => a - b)[Math.ceil(0.95 * own.length) - 1] ?? 0),
      0,
    ) / 3;
  assert.ok(Math.abs(averageOfP95 / nearestRank(0.95) - 1) > 0.1, 'the average would have been wrong');
});

test('a span holds what came since the progress before, so that a slow second shows', () => {
  const latency = new TrialLatency();
  assertNear(latency.since('a/1', histogramOf(times(5_000, 1_000)))?.p99, 1_000);
  const second = latency.since('a/1', histogramOf([...times(5_000, 1_000), ...times(40, 80_000)]));
  assert.equal(second?.n, 40);
  assertNear(second?.p50, 80_000);
});

test('another trial begins anew, and so does an agent that started over', () => {
  const latency = new TrialLatency();
  latency.since('a/1', histogramOf(times(100, 1_000)));
  assert.equal(latency.since('b/1', histogramOf(times(200, 2_000)))?.n, 200);
  assert.equal(latency.since('b/1', histogramOf(times(50, 2_000)))?.n, 50);
});

test('a quantile needs ten requests beyond it', () => {
  const merged = (n: number) => quantilesOf(mergeHistograms(histogramOf(times(n, 1_000))) as never);
  assert.deepEqual([merged(199).p95, merged(999).p99, merged(19).p50], [null, null, null]);
  for (const quantile of [merged(200).p95, merged(1_000).p99, merged(20).p50]) assertNear(quantile, 1_000);
});

test('what is no histogram gives no quantiles and no exception', () => {
  for (const text of ['', ' ', 'x', '!!!', histogramOf([1]).slice(0, 30), `${histogramOf([1])} y`]) {
    assert.equal(new TrialLatency().since('a/1', text), undefined, text);
  }
});
