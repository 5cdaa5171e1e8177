import {
  type Cell,
  type CellResult,
  type Comparison,
  comparedLevels,
  type Experiment,
  type TrialResult,
} from '@escala/model';
import { isUnanswered, rankedPercentile } from '../estimates.ts';
import { isSound, ranksEveryRequest } from '../judge-trial.ts';
import { commonMeasure } from '../study/throughput-measure.ts';
import { thresholds } from '../thresholds.ts';
import { type ComparableCell, type ComparablePair, compareCells } from './compare-cells.ts';

/** One system of a study: its cells, and the trials of the study. */
export interface ComparedSide {
  readonly cells: readonly CellResult[];
  readonly trials: readonly TrialResult[];
  readonly system: string;
}

/** The cells that both sides have, as `compareCells` takes them. */
export function comparablePairs(
  a: ComparedSide,
  b: ComparedSide,
  metric: Comparison['metric'],
): readonly ComparablePair[] {
  const others = new Map(cellsOf(b).map((cell) => [withoutSystem(cell.cell), cell]));
  const [trialsA, trialsB] = [a, b].map(({ trials }) => Map.groupBy(trials, ({ cell }) => cell));
  return cellsOf(a).flatMap((one) => {
    const other = others.get(withoutSystem(one.cell));
    if (!other) return [];
    const measured = measureOf(metric, [one, other]);
    const side = (cell: CellResult, trials: typeof trialsA): ComparableCell => {
      const all = trials?.get(cell.cell.key) ?? [];
      const taking = all.filter((trial) => takesPart(trial, metric));
      return {
        cell: cell.cell,
        factors: comparedLevels(cell.cell),
        byRound: valuesOf(taking, measured),
        failing: all.filter((trial) => isSound(trial) && !taking.includes(trial)).length,
      };
    };
    return [{ a: side(one, trialsA), b: side(other, trialsB) }];
  });
}

const cellsOf = ({ cells, system }: ComparedSide) => cells.filter(({ cell }) => cell.system === system);

/** A text that two cells share where they are the same in all but the system, and in all settings. */
function withoutSystem({ key: _key, system: _system, ...rest }: Cell): string {
  return JSON.stringify(rest);
}

type TrialValue = (trial: TrialResult) => number | null;

function measureOf(metric: Comparison['metric'], cells: readonly CellResult[]): TrialValue {
  if (metric === 'p95') return (trial) => rankedPercentile(trial, 'p95');
  const { ofTrial } = commonMeasure(cells);
  return (trial) => (isUnanswered(trial) ? 0 : ofTrial(trial));
}

function valuesOf(trials: readonly TrialResult[], measured: TrialValue): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  for (const trial of trials) {
    const value = measured(trial);
    if (value !== null) values.set(trial.round, value);
  }
  return values;
}

/** INVALID trials do not, but where nothing was answered at all, or not in time, that is what there is to compare. */
function takesPart(trial: TrialResult, metric: Comparison['metric']): boolean {
  if (metric === 'p95') return ranksEveryRequest(trial);
  return trial.verdict !== 'INVALID' || (isSound(trial) && isUnanswered(trial));
}

/** Every two systems of one study, by throughput and by p95. Their rounds were measured side by side, so they pair. */
export function comparisonsOf(
  cells: readonly CellResult[],
  trials: readonly TrialResult[],
  { systems }: Experiment,
): readonly Comparison[] {
  const names = systems.map(({ name }) => name);
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b })));
  const margin = thresholds.comparisonMargin;
  return pairs.flatMap(({ a, b }) =>
    (['throughput', 'p95'] as const).map((metric) => {
      const side = (system: string) => ({ cells, trials, system });
      const settings = { metric, margin, paired: true };
      return { a, b, metric, margin, ...compareCells(comparablePairs(side(a), side(b), metric), settings) };
    }),
  );
}
