import {
  type CellResult,
  curveKey,
  curveOf,
  type Experiment,
  isOpen,
  type QueueCurve,
  type TrialResult,
} from '@escala/model';
import { meanResponseMD1 } from '@escala/stats';
import { columnsOf, distinct } from './groups.ts';

/** Points of a smooth line; they lie closer where it rises. */
const LINE_POINTS = 40;
/** How far the mean service that the ledgers tell may be from the simulated one. */
const SERVICE_TOLERANCE = 0.01;

/**
 * What theory says of the open curves whose arrivals and service are known: Poisson arrivals at replicas that serve one
 * request at a time for a fixed time. Connections choose replicas at random, so each replica is taken as a queue of its
 * own with its part of the rate.
 */
export function queuesOf(
  cells: readonly CellResult[],
  trials: readonly TrialResult[],
  { service }: Experiment,
): readonly QueueCurve[] {
  const { kind, timeUs, parallelism } = service;
  if (kind !== 'wait' || timeUs === 0 || parallelism !== 1) return [];
  const byCell = Map.groupBy(trials, ({ cell }) => cell);
  const known = cells.filter(
    ({ cell }) =>
      isOpen(cell) && cell.arrivals === 'poisson' && isServedFor(timeUs, byCell.get(cell.key) ?? []),
  );
  const curves = Map.groupBy(known, ({ cell }) => curveKey(curveOf(cell))).values();
  return [...curves].flatMap(columnsOf).flatMap((column): QueueCurve[] => {
    const [first] = column;
    if (!first) return [];
    const { replicas } = first.cell;
    const rates = column.flatMap(({ cell }) => cell.ratePerSecond ?? []);
    const full = (replicas * 1e6) / timeUs;
    const line = Array.from({ length: LINE_POINTS }, (_, i) => full * (1 - (1 - i / LINE_POINTS) ** 2));
    const points = distinct([...rates, ...line]).map((ratePerSecond) => ({
      ratePerSecond,
      meanUs: meanResponseMD1(timeUs, ratePerSecond / full),
    }));
    return [{ ...curveOf(first.cell), replicas, model: 'M/D/1', serviceUs: timeUs, points }];
  });
}

/** A server of the user's own need not heed the simulated time; the ledger tells what each request was served for. */
function isServedFor(timeUs: number, trials: readonly TrialResult[]): boolean {
  const replicas = trials.flatMap((trial) => trial.replicas);
  const sum = (of: 'requests' | 'busyUs') => replicas.reduce((total, one) => total + one[of], 0);
  return Math.abs(sum('busyUs') / sum('requests') / timeUs - 1) <= SERVICE_TOLERANCE;
}
