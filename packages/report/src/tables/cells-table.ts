import type { Results } from '@escala/model';
import { ms } from '../figures/cells.ts';
import { axes, units } from '../words/axes.ts';
import type { Table } from './table.ts';

/** The study as one table: a row a cell, in the order of the factors. */
export function cellsTable({ cells }: Results): Table {
  return {
    columns: [
      { key: 'system', title: axes.system },
      { key: 'replicas', title: axes.replicas, style: 'integer' },
      { key: 'clients', title: axes.clients, style: 'integer' },
      { key: 'messages', title: axes.messages, style: 'integer' },
      { key: 'verdict', title: axes.verdict },
      { key: 'rounds', title: axes.rounds, style: 'integer' },
      { key: 'throughput_per_s', title: axes.throughput, unit: units.perSecond, style: 'significant' },
      { key: 'ci95_low_per_s', title: axes.low, unit: units.perSecond, style: 'significant' },
      { key: 'ci95_high_per_s', title: axes.high, unit: units.perSecond, style: 'significant' },
      { key: 'p50_ms', title: axes.p50, unit: units.ms, style: 'significant' },
      { key: 'p95_ms', title: axes.p95, unit: units.ms, style: 'significant' },
      { key: 'p99_ms', title: axes.p99, unit: units.ms, style: 'significant' },
      { key: 'failure_share', title: axes.failures, style: 'percent' },
      { key: 'jain', title: axes.jain, style: 'ratio' },
    ],
    rows: cells.map((of) => [
      of.cell.system,
      of.cell.replicas,
      of.cell.clients,
      of.cell.messages,
      of.verdict,
      of.rounds,
      of.throughput?.value ?? null,
      of.throughput?.ci95?.low ?? null,
      of.throughput?.ci95?.high ?? null,
      ms(of.p50Us?.value),
      ms(of.p95Us?.value),
      ms(of.p99Us?.value),
      of.failureShare?.value ?? null,
      of.jain?.value ?? null,
    ]),
  };
}
