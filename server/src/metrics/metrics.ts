/** Counts in plain numbers: a metrics library on the way of each request costs more than the request's parsing. */
export interface Metrics {
  /** Answers by status; the index is the status. */
  readonly statuses: Float64Array;
  inFlight: number;
  repairedBytes: number;
  /** The longest commit of a batch: tells a stall of the disk from one of the server. */
  commitMaxSeconds: number;
  readonly durationSeconds: Histogram;
  readonly datasyncSeconds: Histogram;
  readonly batchRows: Histogram;
}

/** Cumulative when rendered, as Prometheus wants it; `counts` has one more entry than `bounds`, for the rest. */
export interface Histogram {
  readonly bounds: readonly number[];
  readonly counts: Float64Array;
  sum: number;
}

const secondsBounds = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
const rowsBounds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192];

const createHistogram = (bounds: readonly number[]): Histogram => ({
  bounds,
  counts: new Float64Array(bounds.length + 1),
  sum: 0,
});

export function observe(histogram: Histogram, value: number): void {
  const { bounds, counts } = histogram;
  let bucket = 0;
  while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket++;
  counts[bucket] = (counts[bucket] as number) + 1;
  histogram.sum += value;
}

export function createMetrics(): Metrics {
  return {
    statuses: new Float64Array(600),
    inFlight: 0,
    repairedBytes: 0,
    commitMaxSeconds: 0,
    durationSeconds: createHistogram(secondsBounds),
    datasyncSeconds: createHistogram(secondsBounds),
    batchRows: createHistogram(rowsBounds),
  };
}
