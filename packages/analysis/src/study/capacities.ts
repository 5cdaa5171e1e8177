import {
  type CapacityResult,
  type CellResult,
  createRandom,
  curveOf,
  type Experiment,
  type Slo,
  type TrialResult,
} from '@escala/model';
import { drawMean, isotonicRegression, mean, percentileInterval } from '@escala/stats';
import { isSound } from '../judge-trial.ts';
import { beforeFirst, closedCurves, columnsOf, distinct } from './groups.ts';
import { sloLevel, sloLimit } from './slo-verdict.ts';

type Decision = CapacityResult['decisions'][number];
type Capacity = CapacityResult['capacity'][number];

/** capacity(r) and demand(c) under each SLO of the experiment, after Henning & Hasselbring 2022, with undecided bands. */
export function capacitiesOf(
  cells: readonly CellResult[],
  trials: readonly TrialResult[],
  experiment: Experiment,
): readonly CapacityResult[] {
  const byCell = Map.groupBy(trials.filter(isSound), ({ cell }) => cell);
  const of = (cell: CellResult) => byCell.get(cell.cell.key) ?? [];
  return experiment.slo.flatMap((slo, i) =>
    closedCurves(cells).flatMap((curve) => {
      const [first] = curve;
      if (!first) return [];
      const decisions = curve.map((cell) => ({
        replicas: cell.cell.replicas,
        clients: cell.cell.clients,
        verdict: cell.sloVerdicts?.[i] ?? 'not-assessable',
      }));
      const capacity = columnsOf(curve).map((column) =>
        capacityOf(column, of, decisions, slo, experiment.seed),
      );
      return [{ ...curveOf(first.cell), slo, decisions, capacity, demand: demandOf(decisions) }];
    }),
  );
}

function capacityOf(
  column: readonly CellResult[],
  trialsOf: (cell: CellResult) => readonly TrialResult[],
  decisions: readonly Decision[],
  slo: Slo,
  seed: number,
): Capacity {
  const replicas = column[0]?.cell.replicas ?? 0;
  const loads = decisions.filter((one) => one.replicas === replicas).sort((a, b) => a.clients - b.clients);
  const { last: strict, failing } = beforeFirst(loads, ({ verdict }) => verdict !== 'met');
  return {
    replicas,
    strict: strict?.clients ?? null,
    theodolite: loads.findLast(({ verdict }) => verdict === 'met')?.clients ?? null,
    censored: loads.length > 0 && failing === undefined,
    interpolated: interpolate(column, trialsOf, slo, `${seed}/capacity/${column[0]?.cell.key}`),
  };
}

/** Enough for the limits of an interval to move by less than a tenth of its reach. */
const drawsOfCapacity = 1_000;

/**
 * Where the isotonic curve of the log level over clients crosses the limit, with the interval that follows from Student's
 * of the mean level at each load. Null without a crossing (the interval alone where more than a draw in twenty has none),
 * and where a deployment has no level to take the logarithm of: no failure at all, or a percentile that is only known to
 * be above the timeout.
 */
function interpolate(
  column: readonly CellResult[],
  trialsOf: (cell: CellResult) => readonly TrialResult[],
  slo: Slo,
  seed: string,
): Capacity['interpolated'] {
  const sorted = [...column].sort((a, b) => a.cell.clients - b.cell.clients);
  const strata = sorted.map((cell) =>
    trialsOf(cell).map((trial) => {
      const level = sloLevel(slo, trial, cell.cell.timeoutUs);
      return level === null || level.isLowerBound ? Number.NaN : Math.log(level.value);
    }),
  );
  if (strata.length < 2 || strata.some((values) => values.length === 0)) return null;
  if (!strata.flat().every(Number.isFinite)) return null;
  const clients = sorted.map(({ cell }) => cell.clients);
  const crossing = (means: readonly number[]) =>
    crossingOf(clients, isotonicRegression(means), Math.log(sloLimit(slo)));
  const value = crossing(strata.map(mean));
  if (Number.isNaN(value)) return null;
  const n = Math.min(...strata.map((values) => values.length));
  if (n < 2) return { value, n, ci95: null };
  const random = createRandom(seed);
  const draws = Float64Array.from({ length: drawsOfCapacity }, () =>
    crossing(strata.map((values) => drawMean(random, values))),
  );
  const crossed = draws.filter((one) => !Number.isNaN(one));
  const interval = crossed.length >= 0.95 * draws.length ? percentileInterval(crossed) : null;
  return { value, n, ci95: interval && { ...interval, method: 'generalised-t-log' } };
}

function crossingOf(clients: readonly number[], levels: readonly number[], limit: number): number {
  for (let i = 1; i < levels.length; i++) {
    const [y0, y1] = [levels[i - 1] ?? 0, levels[i] ?? 0];
    const [c0, c1] = [clients[i - 1] ?? 0, clients[i] ?? 0];
    if (y0 <= limit && y1 > limit) return c0 + ((c1 - c0) * (limit - y0)) / (y1 - y0);
  }
  return Number.NaN;
}

function demandOf(decisions: readonly Decision[]): CapacityResult['demand'] {
  return distinct(decisions.map(({ clients }) => clients)).map((clients) => {
    const met = decisions.filter((one) => one.clients === clients && one.verdict === 'met');
    const replicas = met.length > 0 ? Math.min(...met.map((one) => one.replicas)) : null;
    return { clients, replicas, censored: replicas === null };
  });
}
