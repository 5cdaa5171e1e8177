import { sentences } from '@escala/model';
import type { Column } from '../tables/table.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;

const perSecond = { unit: units.perSecondShort, style: 'significant' } as const;
const inMs = { unit: units.ms, style: 'significant' } as const;

/** Columns that several tables have. */
export const columns = {
  system: { key: 'system', title: axes.system },
  replicas: { key: 'replicas', title: axes.replicas, style: 'integer' },
  clients: { key: 'clients', title: axes.clients, style: 'integer' },
  rate: { key: 'rate_per_s', title: axes.rate, ...perSecond },
  messages: { key: 'messages', title: axes.messages, style: 'integer' },
  round: { key: 'round', title: axes.round, style: 'integer' },
  rounds: { key: 'rounds', title: axes.rounds, style: 'integer' },
  verdict: { key: 'verdict', title: axes.verdict },
  throughput: { key: 'throughput_per_s', title: axes.throughput, ...perSecond },
  throughputCi: { key: 'ci95_low_per_s', highKey: 'ci95_high_per_s', title: axes.interval, ...perSecond },
  p50: { key: 'p50_ms', title: axes.p50, ...inMs },
  p95: { key: 'p95_ms', title: axes.p95, ...inMs },
  p95Ci: { key: 'p95_low_ms', highKey: 'p95_high_ms', title: axes.interval, ...inMs },
  p99: { key: 'p99_ms', title: axes.p99, ...inMs },
} as const satisfies Record<string, Column>;
