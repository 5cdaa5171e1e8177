import type { Cell, CellResult } from '@escala/model';

/** Items under the text that `key` gives them, in the order in which each key first came. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const members = groups.get(key(item));
    if (members) members.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** What a curve is called in results: all that an experiment can vary beside replicas and clients. */
export function curveFactors({ cell }: CellResult) {
  const { system, messages, payloadBytes, thinkTimeUs, keepAlive } = cell;
  return { system, messages, factors: { payloadBytes, thinkTimeUs, keepAlive, ...clusterFactors(cell) } };
}

/** Those that only a cluster has, where the experiment varies them. */
export function clusterFactors({ storage, clientsPerPod }: Cell): Pick<Cell, 'storage' | 'clientsPerPod'> {
  return { ...(storage && { storage }), ...(clientsPerPod && { clientsPerPod }) };
}

/** Everything of a cell but its replicas and clients: what a curve over one of them holds still. */
function curveKey(cell: Cell): string {
  const { key: _key, replicas: _replicas, clients: _clients, ...rest } = cell;
  return JSON.stringify(rest);
}

/** Every factor but the system: cells that two systems are compared in. */
export function factorsKey(cell: Cell): string {
  const { key: _key, system: _system, ...rest } = cell;
  return JSON.stringify(rest);
}

/** Closed-loop cells, curve by curve. */
export function closedCurves(cells: readonly CellResult[]): readonly CellResult[][] {
  const closed = cells.filter(({ cell }) => cell.ratePerSecond === null);
  return [...groupBy(closed, ({ cell }) => curveKey(cell)).values()];
}

export function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
