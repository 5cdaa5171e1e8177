import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type { ExactCounts } from './exact-counts.ts';

/** Values are whole µs; the percentile distribution is printed in ms. */
const US_PER_MS = 1_000;
/** Lines for each halving of the distance to 100 %, as in HdrHistogram's own examples. */
const LINES_PER_HALVING = 5;

/** The counts as an HDR histogram: whole µs, three digits, V2, compressed, base64. */
export function compressedHistogram(counts: ExactCounts): string {
  return encodeIntoCompressedBase64(hdrHistogram(counts));
}

/** The distribution by percentiles in HdrHistogram's text form (.hgrm), which its plotter reads: ms, and 1/(1 − p). */
export function percentileDistribution(counts: ExactCounts): string {
  return hdrHistogram(counts).outputPercentileDistribution(LINES_PER_HALVING, US_PER_MS);
}

/** An HDR histogram of the counts. Its buckets are rounded to three digits; the counts themselves are exact. */
function hdrHistogram(counts: ExactCounts): ReturnType<typeof build> {
  const histogram = build({ bitBucketSize: 32, numberOfSignificantValueDigits: 3, autoResize: true });
  for (const [value, count] of counts.entries()) histogram.recordValueWithCount(Math.max(1, value), count);
  return histogram;
}
