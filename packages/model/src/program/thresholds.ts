import { nearestOf } from '../problems/nearest.ts';
import { outcomes } from '../protocol/columns.ts';
import { sentences } from '../sentences/sentences.ts';
import { parseDurationUs, parseShare } from '../sentences/units.ts';
import type { OptionKind } from './option-kinds.ts';

const words = sentences.model.thresholds;

const latencies = ['min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const;
const counted = ['failures', ...outcomes] as const;
/** Latencies of a schedule's requests without the wait for their turn, and how late those were sent. */
const scheduled = [...latencies.map((name) => `service.${name}` as const), 'lag.p99', 'lag.max'] as const;

/** What a threshold may look at. */
const thresholdMetrics = [...counted, 'throughput', ...latencies, ...scheduled] as const;
type ThresholdMetric = (typeof thresholdMetrics)[number];

/** A condition that must not hold, as in `failures > 1%` or `p95 > 50ms`. */
export interface Threshold {
  readonly text: string;
  readonly metric: ThresholdMetric;
  readonly operator: '>' | '>=' | '<' | '<=';
  readonly limit: number;
  /** Of `limit`: a share of all requests, a number of them, requests/s, or µs. */
  readonly unit: 'share' | 'requests' | 'requestsPerSecond' | 'us';
}

const form = /^\s*([\w.]+)\s*(>=|<=|>|<)\s*(\S.*?)\s*$/;
const plainNumber = /^\d+(\.\d+)?$/;

/** `failures > 1%`, `timeout >= 3`, `throughput < 500`, `p95 > 50ms`. */
export const threshold: OptionKind<Threshold> = {
  parse(text) {
    const [, metric = '', operator, value = ''] = form.exec(text) ?? [];
    if (!isMetric(metric)) return undefined;
    const read = readLimit(metric, value);
    if (!read || isIdle(operator, read)) return undefined;
    return { text: text.trim(), metric, operator: operator as Threshold['operator'], ...read };
  },
  allowed: words.allowed,
  meant(text) {
    const [metric = ''] = /[\w.]+/.exec(text) ?? [];
    return isMetric(metric) ? undefined : nearestOf(metric, thresholdMetrics);
  },
};

const isMetric = (name: string): name is ThresholdMetric => thresholdMetrics.some((known) => known === name);

/** Whether nothing that can be measured breaks it, or everything does: `failures > 100%`, `p95 >= 0ms`. */
function isIdle(operator: string | undefined, { limit, unit }: Pick<Threshold, 'limit' | 'unit'>): boolean {
  if (limit === 0) return operator === '<' || operator === '>=';
  return unit === 'share' && (limit > 1 || (limit === 1 && (operator === '>' || operator === '<=')));
}

function readLimit(metric: ThresholdMetric, value: string): Pick<Threshold, 'limit' | 'unit'> | undefined {
  const number = plainNumber.test(value) ? Number(value) : undefined;
  if (metric === 'throughput') {
    const perSecond = value.replace(/\s*\/s$/, '');
    return plainNumber.test(perSecond) ? { limit: Number(perSecond), unit: 'requestsPerSecond' } : undefined;
  }
  if (counted.some((name) => name === metric)) {
    const share = parseShare(value);
    if (share !== undefined) return { limit: share, unit: 'share' };
    return number === undefined ? undefined : { limit: number, unit: 'requests' };
  }
  const us = parseDurationUs(value);
  return us === undefined ? undefined : { limit: us, unit: 'us' };
}
