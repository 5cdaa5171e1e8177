import { decodeFromCompressedBase64 } from 'hdr-histogram-js';

type HdrHistogram = ReturnType<typeof decodeFromCompressedBase64>;

/** Requests that must lie beyond a quantile for it to mean something. */
const BEYOND_MIN = 10;

/** Latency of `n` answered requests, µs, within the three digits of the histogram; null where n is too small. */
export interface LatencyQuantiles {
  readonly n: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/**
 * Latency quantiles of a trial while it runs. Quantiles of several agents cannot be averaged: their histograms are
 * added. Each progress event holds everything so far; what it held before is subtracted, so that a slow second shows as
 * one.
 */
export class TrialLatency {
  #trial = '';
  #before: HdrHistogram | undefined;

  /**
   * Quantiles since the progress before. `histograms` are base64 HDR histograms (V2, compressed), apart by spaces.
   * Undefined where one cannot be read.
   */
  since(trial: string, histograms: string): LatencyQuantiles | undefined {
    const before = trial === this.#trial ? this.#before : undefined;
    const soFar = mergeHistograms(histograms);
    if (!soFar) return undefined;
    const span = mergeHistograms(histograms) as HdrHistogram;
    // An agent that started over has fewer: then everything is new.
    if (before && before.totalCount <= soFar.totalCount) span.subtract(before);
    this.#trial = trial;
    this.#before = soFar;
    return quantilesOf(span);
  }
}

/** The sum of base64 histograms that are apart by spaces; undefined where one cannot be read. */
export function mergeHistograms(texts: string): HdrHistogram | undefined {
  try {
    const [first, ...others] = texts
      .split(' ')
      .filter((text) => text !== '')
      .map((text) => decodeFromCompressedBase64(text, 32, false));
    if (!first) return undefined;
    first.autoResize = true;
    for (const other of others) first.add(other);
    return first;
  } catch {
    return undefined;
  }
}

/** p50, p95 and p99, each null with fewer than ten requests beyond it. */
export function quantilesOf(histogram: HdrHistogram): LatencyQuantiles {
  const n = histogram.totalCount;
  const quantile = (share: number) =>
    n * (1 - share) < BEYOND_MIN - 1e-9 ? null : histogram.getValueAtPercentile(share * 100);
  return { n, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}
