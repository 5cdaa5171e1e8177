import type { CellResult, LawResult, TrialResult } from '@escala/model';
import { fitLaws, jointRegion, lawCurve, lawResiduals } from '@escala/stats';
import { closedCurves, distinct, groupBy } from './groups.ts';

/** Two points always lie on some curve; a law is fitted from this many levels on. */
const levelsMin = 3;
const curvePoints = 60;

/** `order` is when the deployment was measured, as it was done: a drift shows in the residuals over it. */
type Point = LawResult['points'][number] & { readonly order: number };
type Held = LawResult['held'];

/**
 * Throughput over replicas, at constant clients per replica and at saturation, and over clients at fixed replicas. Each
 * point is one deployment. INVALID trials take no part, and over replicas neither do cells limited by their clients.
 */
export function lawsOf(cells: readonly CellResult[], trials: readonly TrialResult[]): readonly LawResult[] {
  const byCell = groupBy(trials, ({ cell }) => cell);
  const pointsOf = (members: readonly CellResult[], n: 'replicas' | 'clients'): Point[] =>
    members.flatMap(({ cell, kind }) =>
      (byCell.get(cell.key) ?? []).flatMap((trial) => {
        const x = kind === 'steady' ? trial.throughputWindow : trial.throughputMakespan;
        if (trial.verdict === 'INVALID' || x === null || x <= 0) return [];
        return [{ n: cell[n], x, cell: cell.key, round: trial.round, order: trial.actualIndex }];
      }),
    );
  return closedCurves(cells).flatMap((curve) => {
    const first = curve[0]?.cell;
    if (!first) return [];
    const law = (over: LawResult['over'], held: Held, members: readonly CellResult[]): LawResult => ({
      system: first.system,
      over,
      held,
      messages: first.messages,
      ...fit(pointsOf(over === 'replicas' ? members.filter(isOfServers) : members, over)),
    });
    return [...overReplicas(curve, law), ...overClients(curve, law)];
  });
}

type MakeLaw = (over: LawResult['over'], held: Held, members: readonly CellResult[]) => LawResult;

const isOfServers = ({ regime }: CellResult) => regime !== 'client-limited';

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
  const saturated = column.filter(({ regime, verdict }) => regime === 'saturated' && verdict !== 'INVALID');
  const best = saturated.reduce<CellResult | null>(
    (most, cell) => ((cell.throughput?.value ?? 0) > (most?.throughput?.value ?? 0) ? cell : most),
    null,
  );
  return best ? [best] : [];
}

function overClients(curve: readonly CellResult[], law: MakeLaw): LawResult[] {
  return [...groupBy(curve, ({ cell }) => String(cell.replicas))]
    .filter(([, members]) => distinct(members.map(({ cell }) => cell.clients)).length >= levelsMin)
    .map(([replicas, members]) => law('clients', { what: 'replicas', value: Number(replicas) }, members));
}

type Fitted = Pick<LawResult, 'points' | 'fit' | 'problem' | 'curve' | 'residuals' | 'jointRegion'>;

function fit(measured: readonly Point[]): Fitted {
  const points = measured.map(({ order: _order, ...point }) => point);
  const levels = distinct(points.map(({ n }) => n));
  if (levels.length < levelsMin) {
    return { points, fit: null, problem: 'laws.few-levels', curve: [], residuals: [], jointRegion: [] };
  }
  const { result, chosen } = fitLaws(points);
  const [low, high] = [levels[0] ?? 1, levels.at(-1) ?? 1];
  const grid = Array.from({ length: curvePoints + 1 }, (_, i) => low + ((high - low) * i) / curvePoints);
  const residuals = chosen ? lawResiduals(chosen, points) : [];
  return {
    points,
    fit: result,
    problem: null,
    curve: chosen ? lawCurve(chosen, grid) : [],
    residuals: measured.map(({ n, order }, i) => ({ n, order, residual: residuals[i] ?? Number.NaN })),
    jointRegion: chosen ? jointRegion(chosen) : [],
  };
}
