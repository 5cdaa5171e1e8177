import type { Outcome, Threshold } from '@escala/model';
import type { Percentiles } from './percentiles.ts';

/** What a threshold may be set on. */
export interface Judged {
  readonly requests: number;
  readonly answered: number;
  /** By outcome; only those that occurred. */
  readonly failed: Readonly<Partial<Record<Outcome, number>>>;
  readonly throughput: number | null;
  readonly latencyUs: Percentiles | null;
  readonly serviceTimeUs?: Percentiles | null;
  readonly sendLagUs?: { readonly p99: number | null; readonly max: number | null };
}

/** What a threshold says of a load. */
export interface ThresholdVerdict {
  /** As it was given. */
  readonly threshold: string;
  readonly limit: number;
  readonly unit: Threshold['unit'];
  /** In the unit; null where there are too few requests to know it. */
  readonly value: number | null;
  /** True where the condition holds, and where the value is not known. */
  readonly broken: boolean;
}

/** A threshold names a condition that must not hold. An unknown value cannot rule the condition out, so the threshold is broken too. */
export function judgeThresholds(thresholds: readonly Threshold[], summary: Judged): ThresholdVerdict[] {
  return thresholds.map(({ text, metric, operator, limit, unit }) => {
    const value = measuredValue(metric, unit, summary);
    return { threshold: text, limit, unit, value, broken: value === null || holds[operator](value, limit) };
  });
}

const holds = {
  '>': (value: number, limit: number) => value > limit,
  '>=': (value: number, limit: number) => value >= limit,
  '<': (value: number, limit: number) => value < limit,
  '<=': (value: number, limit: number) => value <= limit,
} as const;

function measuredValue(metric: Threshold['metric'], unit: Threshold['unit'], summary: Judged): number | null {
  const { requests, answered, failed, throughput, latencyUs, serviceTimeUs, sendLagUs } = summary;
  if (metric === 'throughput') return throughput;
  if (unit === 'share' || unit === 'requests') {
    const count =
      metric === 'failures' ? requests - answered : ({ answered, ...failed }[metric as Outcome] ?? 0);
    if (unit === 'requests') return count;
    return requests === 0 ? null : count / requests;
  }
  const [of, name = of] = metric.split('.');
  if (of === 'lag') return sendLagUs?.[name as 'p99' | 'max'] ?? null;
  const percentiles = of === 'service' ? serviceTimeUs : latencyUs;
  return percentiles?.[name as keyof Percentiles] ?? null;
}
