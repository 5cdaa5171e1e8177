import { type LawResult, type Results, type Sentence, type SpeedupSeries, sentences } from '@escala/model';
import type { ColumnOf } from '../tables/table.ts';
import { intervalCell } from './columns.ts';
import { drawnLaw } from './laws.ts';
import { distinguishable, heaviestLoadOf, ofSeries, type Series, seriesOf } from './series.ts';

const axes = sentences.report.axes.axes;
const scalingWords = sentences.report.scaling;

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
