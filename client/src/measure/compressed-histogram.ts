import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type { ExactCounts } from './exact-counts.ts';

/** The counts as an HDR histogram: whole µs, three digits, V2, compressed, base64. */
export function compressedHistogram(counts: ExactCounts): string {
  return encodeIntoCompressedBase64(hdrHistogram(counts));
}

/** An HDR histogram of the counts. Its buckets are rounded to three digits; the counts themselves are exact. */
export function hdrHistogram(counts: ExactCounts): ReturnType<typeof build> {
  const histogram = build({ bitBucketSize: 32, numberOfSignificantValueDigits: 3, autoResize: true });
  for (const [value, count] of counts.entries()) histogram.recordValueWithCount(Math.max(1, value), count);
  return histogram;
}
