import type { CellResult, Results } from '@escala/model';

/** Results as Prometheus text: one gauge a number, labelled by the cell's factors. */
export function prometheusText({ cells, run }: Results): string {
  const gauge = (name: string, help: string, of: (cell: CellResult) => number | null | undefined) => {
    const lines = cells.flatMap((cell) => {
      const value = of(cell);
      return value === null || value === undefined ? [] : [`${name}{${labels(run, cell)}} ${value}`];
    });
    return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
  };
  return `${[
    ...gauge(
      'escala_throughput_requests_per_second',
      'Median over rounds.',
      (cell) => cell.throughput?.value,
    ),
    ...gauge('escala_latency_p50_seconds', 'Median over rounds of the run-level median.', (cell) =>
      seconds(cell.p50Us?.value),
    ),
    ...gauge('escala_latency_p95_seconds', 'Median over rounds of the run-level p95.', (cell) =>
      seconds(cell.p95Us?.value),
    ),
    ...gauge('escala_latency_p99_seconds', 'Median over rounds of the run-level p99.', (cell) =>
      seconds(cell.p99Us?.value),
    ),
    ...gauge('escala_failure_share', 'Requests that failed, of all.', (cell) => cell.failureShare?.value),
    ...gauge('escala_cell_valid', '1 where the verdict is VALID.', ({ verdict }) =>
      verdict === 'VALID' ? 1 : 0,
    ),
  ].join('\n')}\n`;
}

function seconds(us: number | undefined): number | undefined {
  return us === undefined ? undefined : us / 1e6;
}

function labels(run: string, { cell }: CellResult): string {
  const { system, replicas, clients, messages, key } = cell;
  return Object.entries({ run, cell: key, system, replicas, clients, messages })
    .map(([name, value]) => `${name}="${String(value).replace(/["\\\n]/g, '\\$&')}"`)
    .join(',');
}
