import type { CellResult, LawResult, TrialResult } from '@escala/model';
import { fitLaws, jointRegion, lawCurve, lawResiduals } from '@escala/stats';
import { closedCurves, curveFactors, distinct, groupBy } from './groups.ts';
import { commonMeasure } from './throughput-measure.ts';

/** Two points always lie on some curve; a law is fitted from this many levels on. */
const levelsMin = 3;
const curvePoints = 60;

/**
 * One deployment. `order` is when it was measured: a drift shows in the residuals over it. `isExcluded` as `exclusionsOf`
 * lists it.
 */
interface Measured {
  readonly point: LawResult['points'][number];
  readonly order: number;
  readonly isExcluded: boolean;
}

type Held = LawResult['held'];

/**
 * Throughput over replicas, at constant clients per replica and at saturation, and over clients at fixed replicas. Each
 * point is one deployment. INVALID trials take no part, and over replicas neither do those limited by their clients or by
 * the machine;
 * the fit with them stands beside, so that a reader sees what leaving them out did.
 */
export function lawsOf(cells: readonly CellResult[], trials: readonly TrialResult[]): readonly LawResult[] {
  const byCell = groupBy(trials, ({ cell }) => cell);
  const measuredOf = (members: readonly CellResult[], over: LawResult['over']): Measured[] => {
    const { ofTrial } = commonMeasure(members);
    return members.flatMap(({ cell, regime }) =>
      (byCell.get(cell.key) ?? []).flatMap((trial) => {
        const x = ofTrial(trial);
        if (x === null || x <= 0) return [];
        // A trial whose processors were full says so of itself.
        const isOfOthers = over === 'replicas' && (regime === 'client-limited' || isOnFullMachine(trial));
        return {
          point: { n: cell[over], x, cell: cell.key, round: trial.round },
          order: trial.actualIndex,
          isExcluded: trial.verdict === 'INVALID' || isOfOthers,
        };
      }),
    );
  };
  return closedCurves(cells).flatMap((curve) => {
    const [first] = curve;
    if (!first) return [];
    const law = (over: LawResult['over'], held: Held, members: readonly CellResult[]): LawResult => ({
      ...curveFactors(first),
      over,
      held,
      ...fit(measuredOf(members, over)),
    });
    return [...overReplicas(curve, law), ...overClients(curve, law)];
  });
}

const isOnFullMachine = ({ regime }: TrialResult) => regime === 'machine-limited';

type MakeLaw = (over: LawResult['over'], held: Held, members: readonly CellResult[]) => LawResult;

function overReplicas(curve: readonly CellResult[], law: MakeLaw): LawResult[] {
  const ratios = groupBy(curve, ({ cell }) => String(cell.clients / cell.replicas));
  const diagonals = [...ratios]
    .map(([ratio, members]) => ({ value: Number(ratio), members }))
    .filter(({ members }) => distinct(members.map(({ cell }) => cell.replicas)).length >= levelsMin)
    .sort((a, b) => a.value - b.value)
    .map(({ value, members }) => law('replicas', { what: 'clients-per-replica', value }, members));
  if (distinct(curve.map(({ cell }) => cell.replicas)).length < levelsMin) return diagonals;
  const saturated = [...groupBy(curve, ({ cell }) => String(cell.replicas)).values()].flatMap(bestSaturated);
  return [...diagonals, law('replicas', { what: 'saturation', value: null }, saturated)];
}

/** Of one number of replicas the cell with the most throughput, if it is saturated; else the capacity is not known. */
function bestSaturated(column: readonly CellResult[]): CellResult[] {
  const saturated = column.filter(({ regime }) => regime === 'saturated');
  const { ofCell } = commonMeasure(saturated);
  const best = saturated.reduce<CellResult | null>(
    (most, cell) => ((ofCell(cell)?.value ?? 0) > ((most && ofCell(most)?.value) ?? 0) ? cell : most),
    null,
  );
  return best ? [best] : [];
}

function overClients(curve: readonly CellResult[], law: MakeLaw): LawResult[] {
  return [...groupBy(curve, ({ cell }) => String(cell.replicas))]
    .filter(([, members]) => distinct(members.map(({ cell }) => cell.clients)).length >= levelsMin)
    .map(([replicas, members]) => law('clients', { what: 'replicas', value: Number(replicas) }, members));
}

type Fitted = Omit<LawResult, 'system' | 'over' | 'held' | 'messages' | 'factors'>;

function fit(measured: readonly Measured[]): Fitted {
  const included = measured.filter(({ isExcluded }) => !isExcluded);
  const points = included.map(({ point }) => point);
  const all = measured.map(({ point }) => point);
  const fitWithExcluded = points.length < all.length && hasEnough(all) ? fitLaws(all).result : null;
  if (!hasEnough(points)) {
    const nothing = { curve: [], residuals: [], jointRegion: [] };
    return { points, fit: null, problem: 'laws.few-levels', ...nothing, fitWithExcluded };
  }
  const { result, chosen } = fitLaws(points);
  const residuals = chosen ? lawResiduals(chosen, points) : [];
  return {
    points,
    fit: result,
    problem: null,
    curve: chosen ? lawCurve(chosen, gridOver(points)) : [],
    residuals: residuals.map((residual, i) => ({
      n: points[i]?.n ?? 0,
      order: included[i]?.order ?? 0,
      residual,
    })),
    jointRegion: chosen ? jointRegion(chosen) : [],
    fitWithExcluded,
  };
}

function hasEnough(points: LawResult['points']): boolean {
  return distinct(points.map(({ n }) => n)).length >= levelsMin;
}

function gridOver(points: LawResult['points']): number[] {
  const levels = distinct(points.map(({ n }) => n));
  const [low, high] = [levels[0] ?? 1, levels.at(-1) ?? 1];
  return Array.from({ length: curvePoints + 1 }, (_, i) => low + ((high - low) * i) / curvePoints);
}
