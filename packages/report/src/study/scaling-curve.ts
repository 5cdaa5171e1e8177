import {
  type CellResult,
  claimedLaw,
  fill,
  type Language,
  type LawResult,
  type LimitName,
  type Peak,
  type Results,
  type Sentence,
  type SpeedupSeries,
  sentences,
} from '@escala/model';
import { axisTop, type Bar } from '../drawing/marks.ts';
import type { ColumnOf } from '../tables/table.ts';
import { numberText } from '../words/format.ts';
import { intervalCell } from './columns.ts';
import { barsOf, medianOf } from './estimates.ts';
import { drawnLaw } from './laws.ts';
import {
  distinguishable,
  heaviestLoadOf,
  loadLevelOf,
  mostMessages,
  ofSeries,
  type Series,
  seriesOf,
} from './series.ts';
import { loadText, replicasText, seriesTitle } from './series-text.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;
const scalingWords = sentences.report.scaling;

export interface TrialPoint {
  readonly replicas: number;
  readonly throughput: number;
  readonly isInFit: boolean;
}

/** Throughput over replicas of one series, at its heaviest load. */
export interface ScalingCurve {
  readonly series: Series;
  /** At the heaviest load, by replicas. */
  readonly cells: readonly CellResult[];
  readonly bars: readonly Bar[];
  readonly trials: readonly TrialPoint[];
  /** Straight growth from the measured value at the fewest replicas; in an open loop all that is offered. */
  readonly ideal: readonly (readonly [number, number])[];
  /** Highest value of its axis. */
  readonly top: number;
  /** The fitted law with its band, what the data allow; empty where there is none. */
  readonly law: LawResult['curve'];
  readonly isClaimed: boolean;
  /** What the clients can ask for, and the peak inside the data; null where the axis does not reach them. */
  readonly bound: number | null;
  readonly peak: Peak | null;
}

/** Of every series that has a throughput. */
export const scalingCurves = (results: Results): ScalingCurve[] =>
  seriesOf(results)
    .map((series) => scalingCurve(series, results))
    .filter(({ cells }) => cells.length > 0);

/** More are not read at a glance. */
const CURVES_MAX = 4;

/** What eyes tell apart: of several systems the curves of the most messages, and of too many the highest. */
export function curvesAtAGlance(all: readonly ScalingCurve[], { experiment }: Results): ScalingCurve[] {
  const most = mostMessages(all.map(({ series }) => series));
  const isOfMessages = experiment.systems.length === 1 && (all.length <= CURVES_MAX || most.length === 1);
  const compared = isOfMessages ? all : all.filter(({ series }) => most.includes(series));
  const highest = ({ cells }: ScalingCurve) =>
    Math.max(...cells.map(({ throughput }) => throughput?.value ?? 0));
  const kept = compared.toSorted((a, b) => highest(b) - highest(a)).slice(0, CURVES_MAX);
  return compared.filter((curve) => kept.includes(curve));
}

function scalingCurve(series: Series, results: Results): ScalingCurve {
  const load = heaviestLoadOf(series);
  const cells = series.cells
    .filter((cell) => loadLevelOf(cell) === load && cell.throughput)
    .sort((a, b) => a.cell.replicas - b.cell.replicas);
  const law = drawnLaw(series, results);
  const fitted = law?.curve ?? [];
  const bars = barsOf(
    cells,
    ({ cell }) => cell.replicas,
    ({ throughput }) => throughput,
  );
  const trials = trialPoints(cells, law, results);
  const ideal = idealOf(cells, series);
  const values = [
    ...cells.map(({ throughput }) => medianOf(throughput)),
    ...trials.map(({ throughput }) => throughput),
    ...ideal.map(([, x]) => x),
    ...fitted.map(({ x }) => x),
  ];
  const top = axisTop(values, bars);
  const { bound = null, fit = null } = law ?? {};
  return {
    series,
    cells,
    bars,
    trials,
    ideal,
    top,
    law: fitted,
    isClaimed: claimedLaw(fit) !== null,
    bound: bound !== null && bound <= top ? bound : null,
    peak: fit?.peak.status === 'inside' ? fit.peak : null,
  };
}

/** The points of the law, and the trials of these cells that are not among them. */
function trialPoints(cells: readonly CellResult[], law: LawResult | null, { trials }: Results): TrialPoint[] {
  // A law of saturation may rest on other numbers of clients than the largest: its own points are shown filled.
  const points = law?.fit ? law.points : [];
  const inLaw = new Set(points.map(({ cell, round }) => `${cell}/${round}`));
  const replicas = new Map(cells.map(({ cell }) => [cell.key, cell.replicas]));
  const others = trials.flatMap((trial): TrialPoint[] => {
    const at = replicas.get(trial.cell);
    const throughput = trial.kind === 'burst' ? trial.throughputMakespan : trial.throughputWindow;
    if (at === undefined || throughput === null || inLaw.has(`${trial.cell}/${trial.round}`)) return [];
    return [{ replicas: at, throughput, isInFit: false }];
  });
  return [...points.map(({ n, x }) => ({ replicas: n, throughput: x, isInFit: true })), ...others];
}

function idealOf(cells: readonly CellResult[], { isOpen }: Series): [number, number][] {
  const [first] = cells;
  if (!first?.throughput) return [];
  const each = first.throughput.value / first.cell.replicas;
  return cells.map((cell) => [cell.cell.replicas, isOpen ? loadLevelOf(cell) : each * cell.cell.replicas]);
}

/** Its capacity is at least this, and not known: only the clients limit it. */
export const hasMoreToGive = ({ limit }: CellResult) => limit?.what === 'clients';
/** Processors were full: the number is that of so many servers on so few of them. */
export const isMachineLimited = ({ regime, limit }: CellResult) =>
  regime === 'machine-limited' || ofProcessors.includes(limit?.what ?? 'unknown');
const ofProcessors: readonly LimitName[] = ['machine', 'pods', 'neighbours', 'processor'];
export const isClientLimited = ({ regime }: CellResult) => regime === 'client-limited';

/** From where to where the throughput of a curve goes. */
export function growthText({ series, cells }: ScalingCurve, results: Results, language: Language): string {
  const [first, last] = [cells[0], cells.at(-1)];
  const [fewest, most] = [first?.cell.replicas ?? 0, last?.cell.replicas ?? 0];
  const isOne = fewest === most;
  const key = isOne
    ? 'throughputOne'
    : series.isOpen
      ? 'throughputReplicasOpen'
      : 'throughputReplicasReading';
  return fill(figureWords[key], language, {
    load: loadText(heaviestLoadOf(series), series, language),
    series: seriesTitle(series, results, language),
    first: series.isOpen ? replicasText(fewest, language) : fewest,
    last: replicasText(most, language),
    from: numberText(first?.throughput?.value ?? null, language),
    to: numberText(last?.throughput?.value ?? null, language),
    times: numberText(most / (first?.cell.replicas ?? 1), language, 'parameter'),
  });
}

/** What a number of replicas reaches beside the fewest. */
export type SpeedupPoint = SpeedupSeries['points'][number];

export interface SpeedupCurve {
  readonly series: Series;
  readonly points: readonly SpeedupPoint[];
  readonly baseReplicas: number;
  readonly law: LawResult | null;
}

const ratio = (key: string, title: Sentence, of: (point: SpeedupPoint) => number | null) =>
  ({ key, title, style: 'ratio', of }) as const;

export const speedupColumns: readonly ColumnOf<SpeedupPoint>[] = [
  ratio('speedup', axes.speedup, ({ speedup }) => speedup.value),
  ratio('efficiency', axes.efficiency, (point) => point.efficiency.value),
  {
    key: 'efficiency_low',
    highKey: 'efficiency_high',
    title: axes.interval,
    style: 'ratio',
    of: (point) => intervalCell(point.efficiency.ci95),
  },
  { key: 'karp_flatt', title: axes.karpFlatt, style: 'parameter', of: ({ karpFlatt }) => karpFlatt },
];

/** All of the study, or those of the most messages where there are more than eyes can tell apart. */
export function speedupCurves(results: Results): SpeedupCurve[] {
  const all = seriesOf(results);
  const curves = all.flatMap((series): SpeedupCurve[] => {
    const clients = heaviestLoadOf(series);
    const atLoad = results.speedups.filter((one) => one.clients === clients);
    const found = ofSeries(atLoad, series);
    if (!found || found.points.length < 2) return [];
    return [{ ...found, series, law: drawnLaw(series, results) }];
  });
  return distinguishable(curves, all);
}

export const replicasOf = ({ replicas }: SpeedupPoint) => replicas;

export const efficiencyOf = ({ efficiency }: SpeedupPoint) => efficiency;

/** Such a point says nothing of the servers. */
export const isLimited = ({ clientLimited, machineLimited }: SpeedupPoint) =>
  clientLimited || machineLimited === true;

export function hollowText(points: readonly SpeedupPoint[]): Sentence | null {
  const byMachine = points.some(({ machineLimited }) => machineLimited);
  if (!points.some(({ clientLimited }) => clientLimited))
    return byMachine ? scalingWords.hollowMachine : null;
  return byMachine ? scalingWords.hollowBoth : scalingWords.hollowClients;
}
