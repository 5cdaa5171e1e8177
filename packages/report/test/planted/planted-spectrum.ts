import type { QuantilePoint, Random } from '@escala/model';

/** Latency quantiles of a planted trial or cell: ever closer to 1, as far as ten requests lie beyond. */
export function spectrumOf(meanUs: number, n: number, random: Random): QuantilePoint[] {
  const points: QuantilePoint[] = [];
  let tail = 1;
  let us = meanUs * (0.45 + 0.03 * random.next());
  while (n * tail >= 10) {
    points.push({ share: 1 - tail, us: Math.round(us) });
    tail /= 1.33;
    us *= 1.03 + 0.08 * random.next();
  }
  return points;
}
