import {
  type Asymptotes,
  type CellResult,
  curveOf,
  type FindingKey,
  fitSentences,
  type LawResult,
  type TrialResult,
} from '@escala/model';
import { type FittedLaws, fitFamily, fitLaws, jointRegion, lawCurve, lawResiduals } from '@escala/stats';
import { closedCurves, columnsOf, distinct } from './groups.ts';
import { asymptotesOfCurve } from './knees.ts';
import { isLimitedFromOutside } from './regimes.ts';
import { commonMeasure } from './throughput-measure.ts';

/** Two points always lie on some curve; a law is fitted from this many levels on. */
const levelsMin = 3;
const curvePoints = 60;

/** One deployment. `order` is when it was measured: a drift shows in the residuals over it. */
interface Measured {
  readonly point: LawResult['points'][number];
  readonly order: number;
  /** As `exclusionsOf` lists it. */
  readonly isExcluded: boolean;
}

type LeftOut = NonNullable<LawResult['leftOut']>[number];

/** A law before its fit: which deployments it rests on, and which levels it misses. */
interface Draft extends Pick<LawResult, 'system' | 'messages' | 'factors' | 'over' | 'held' | 'bound'> {
  readonly measured: readonly Measured[];
  /** The cells of every level that was measured for this question, those of the points among them. */
  readonly candidates: readonly CellResult[];
}

/**
 * Throughput over replicas, at constant clients per replica, at saturation and at constant clients, and over clients at
 * fixed replicas. Each point is one deployment. INVALID trials take no part, and over replicas neither do cells limited
 * by what is not the servers; the fit with them stands beside, so that a reader sees what leaving them out did. All laws
 * that answer one question, such as saturation of each system and number of messages, claim together.
 */
export function lawsOf(cells: readonly CellResult[], trials: readonly TrialResult[]): readonly LawResult[] {
  const byCell = Map.groupBy(trials, ({ cell }) => cell);
  const drafts = closedCurves(cells).flatMap((curve) =>
    [...overReplicas(curve), ...overClients(curve)].map((draft) => ({
      ...draft,
      measured: measuredOf(draft, byCell),
    })),
  );
  const fits = new Map<Draft, FittedLaws>();
  const fittable = drafts.filter(({ measured }) => hasEnough(pointsOf(measured)));
  for (const family of Map.groupBy(fittable, ({ over, held }) => `${over} ${held.what}`).values()) {
    const fitted = fitFamily(family.map(({ measured }) => pointsOf(measured)));
    for (const [i, draft] of family.entries()) if (fitted[i]) fits.set(draft, fitted[i]);
  }
  return drafts.map((draft) => lawOf(draft, fits.get(draft) ?? null));
}

type Question = Omit<Draft, 'measured'> & { readonly members: readonly CellResult[] };

function overReplicas(curve: readonly CellResult[]): Question[] {
  const replicasOf = (members: readonly CellResult[]) =>
    distinct(members.map(({ cell }) => cell.replicas)).length;
  const ofThree = (members: readonly CellResult[]) => replicasOf(members) >= levelsMin;
  const ratios = Map.groupBy(curve, ({ cell }) => cell.clients / cell.replicas);
  const rows = [...Map.groupBy(curve, ({ cell }) => cell.clients)].filter(([, members]) => ofThree(members));
  const heaviest = Math.max(...rows.map(([clients]) => clients));
  const isShown = ([clients, members]: (typeof rows)[number]) =>
    clients === heaviest || ofThree(members.filter(({ regime }) => !isLimitedFromOutside(regime)));
  const saturated = columnsOf(curve).flatMap(bestSaturated);
  const ask = (what: LawResult['held']['what'], value: number | null, members: readonly CellResult[]) =>
    question(curve, 'replicas', { what, value }, members);
  return [
    ...ascending(ratios)
      .filter(([, members]) => ofThree(members))
      .map(([ratio, members]) => ask('clients-per-replica', ratio, members)),
    ...ascending(rows.filter(isShown)).map(([clients, members]) => ask('clients', clients, members)),
    ...(ofThree(curve) ? [{ ...ask('saturation', null, saturated), candidates: curve }] : []),
  ];
}

function overClients(curve: readonly CellResult[]): Question[] {
  return ascending(Map.groupBy(curve, ({ cell }) => cell.replicas))
    .filter(([, members]) => distinct(members.map(({ cell }) => cell.clients)).length >= levelsMin)
    .map(([replicas, members]) => question(curve, 'clients', { what: 'replicas', value: replicas }, members));
}

const ascending = (groups: Iterable<[number, CellResult[]]>) => [...groups].sort(([a], [b]) => a - b);

function question(
  curve: readonly CellResult[],
  over: LawResult['over'],
  held: LawResult['held'],
  members: readonly CellResult[],
): Question {
  const [first] = curve as readonly [CellResult, ...CellResult[]];
  const bound =
    held.what === 'clients' && held.value !== null ? clientBound(held.value, asymptotesOfCurve(curve)) : null;
  return { ...curveOf(first.cell), over, held, bound, members, candidates: members };
}

/** What so many clients can ask for at the base latency, in requests/s. */
function clientBound(clients: number, [bounds]: readonly Asymptotes[]): number | null {
  return bounds ? (clients * 1e6) / (bounds.baseLatencyUs + bounds.thinkTimeUs) : null;
}

/** Of one number of replicas the cell with the most throughput, if it is saturated; else the capacity is not known. */
function bestSaturated(column: readonly CellResult[]): CellResult[] {
  const best = mostThroughput(column.filter(({ regime }) => regime === 'saturated'));
  return best ? [best] : [];
}

function mostThroughput(cells: readonly CellResult[]): CellResult | null {
  const { ofCell } = commonMeasure(cells);
  return cells.reduce<CellResult | null>(
    (most, cell) => ((ofCell(cell)?.value ?? 0) > ((most && ofCell(most)?.value) ?? 0) ? cell : most),
    null,
  );
}

function measuredOf({ over, members }: Question, byCell: ReadonlyMap<string, TrialResult[]>): Measured[] {
  const { ofTrial } = commonMeasure(members);
  return members.flatMap(({ cell, regime }) =>
    (byCell.get(cell.key) ?? []).flatMap((trial) => {
      const x = ofTrial(trial);
      if (x === null || x <= 0) return [];
      return {
        point: { n: cell[over], x, cell: cell.key, round: trial.round },
        order: trial.actualIndex,
        isExcluded:
          trial.verdict === 'INVALID' ||
          (over === 'replicas' && [regime, trial.regime].some(isLimitedFromOutside)),
      };
    }),
  );
}

const included = (measured: readonly Measured[]) => measured.filter(({ isExcluded }) => !isExcluded);
const pointsOf = (measured: readonly Measured[]) => included(measured).map(({ point }) => point);

function lawOf(draft: Draft & Partial<Question>, fitted: FittedLaws | null): LawResult {
  const { measured, candidates, members: _members, ...named } = draft;
  const { over } = named;
  const points = pointsOf(measured);
  const all = measured.map(({ point }) => point);
  const leftOut = leftOutOf(over, candidates, points);
  const excluded = points.length < all.length && hasEnough(all) ? fitLaws(all).result : null;
  const withReason = (result: FittedLaws['result']) => ({
    ...result,
    reason: fitSentences(result, over, 'en').join(' '),
  });
  const { chosen = null, shown = null } = fitted ?? {};
  return {
    ...named,
    points,
    leftOut,
    fit: fitted && withReason(fitted.result),
    problem: fitted ? null : problemOf(draft, points),
    curve: shown ? lawCurve(shown, gridOver(points)) : [],
    residuals: chosen
      ? lawResiduals(chosen, points).map((residual, i) => ({
          n: points[i]?.n ?? 0,
          order: included(measured)[i]?.order ?? 0,
          residual,
        }))
      : [],
    jointRegion: chosen ? jointRegion(chosen) : [],
    fitWithExcluded: excluded && withReason(excluded),
  };
}

/** Levels with a throughput and no point, with the growth to them from the smallest N that has points. */
function leftOutOf(
  over: LawResult['over'],
  candidates: readonly CellResult[],
  points: LawResult['points'],
): LeftOut[] {
  const [base] = distinct(points.map(({ n }) => n));
  const inIt = new Set(points.map(({ n }) => n));
  const { ofCell } = commonMeasure(candidates);
  const first = mostThroughput(
    candidates.filter(({ cell }) => points.some((point) => point.n === base && point.cell === cell.key)),
  );
  const from = first && ofCell(first)?.value;
  return ascending(Map.groupBy(candidates, ({ cell }) => cell[over])).flatMap(([n, members]) => {
    const best = inIt.has(n) ? null : mostThroughput(members);
    const x = best && ofCell(best)?.value;
    if (!best || !x || !from || base === undefined) return [];
    return whyOut(best).map((why) => ({ n, growth: x / from, ideal: n / base, why }));
  });
}

/** Why too few levels are left: what kept every other level out, or that several things did. */
function problemOf({ over, held, candidates }: Draft, points: LawResult['points']): string {
  if (held.what === 'saturation' && distinct(candidates.map(({ cell }) => cell.clients)).length === 1)
    return 'laws.one-number-of-clients';
  const inIt = new Set(points.map(({ n }) => n));
  const levels = Map.groupBy(candidates, ({ cell }) => cell[over]);
  const reasons = [...levels].flatMap(([n, members]) =>
    inIt.has(n) ? [] : whyOut(mostThroughput(members) ?? members[0]),
  );
  const [reason = 'saturated', ...others] = new Set(reasons);
  if (over === 'clients') return reason === 'invalid' ? problems.invalid : problems.saturated;
  return others.length > 0 ? 'laws.levels-mixed' : problems[reason];
}

type Why = LeftOut['why'];

const whyOut = (cell: CellResult | undefined): Why[] =>
  cell ? [cell.verdict === 'INVALID' ? 'invalid' : cell.regime] : [];

const problems: Readonly<Record<Why, FindingKey>> = {
  'client-limited': 'laws.levels-client-limited',
  'machine-limited': 'laws.levels-machine-limited',
  transition: 'laws.not-saturated',
  unknown: 'laws.saturation-unknown',
  invalid: 'laws.levels-invalid',
  saturated: 'laws.few-levels',
};

function hasEnough(points: LawResult['points']): boolean {
  return distinct(points.map(({ n }) => n)).length >= levelsMin;
}

function gridOver(points: LawResult['points']): number[] {
  const levels = distinct(points.map(({ n }) => n));
  const [low, high] = [levels[0] ?? 1, levels.at(-1) ?? 1];
  return Array.from({ length: curvePoints + 1 }, (_, i) => low + ((high - low) * i) / curvePoints);
}
