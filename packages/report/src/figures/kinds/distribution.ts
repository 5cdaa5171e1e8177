import {
  type CellResult,
  type Fillings,
  fill,
  type Language,
  type QuantilePoint,
  type Results,
  type Sentence,
  type TrialResult,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { type Frame, panel } from '../../drawing/frame.ts';
import { seriesEntries } from '../../drawing/legend.ts';
import { seriesDots, seriesLine } from '../../drawing/marks.ts';
import { seriesStyle } from '../../drawing/palette.ts';
import {
  captionValues,
  cellText,
  heaviestLoads,
  rankedForm,
  spectrumTable,
  trialPoints,
  usablePoints,
} from '../../study/distributions.ts';
import { levels } from '../../study/series.ts';
import { curveTitle, replicasText } from '../../study/series-text.ts';
import { type Figure, figure } from './figure.ts';

const HEIGHT = 250;
/** What tells the two pictures of one distribution from each other. */
interface Distribution {
  readonly name: string;
  readonly title: Sentence;
  readonly caption: Sentence;
  readonly reading: Sentence;
  readonly values: (cell: CellResult, language: Language) => Fillings;
  readonly x: (point: QuantilePoint) => number;
  readonly y: (point: QuantilePoint) => number;
  /** Also a thin line for each trial. */
  readonly hasTrials: boolean;
  readonly strokeWidth: number;
  readonly frame: (
    x: readonly number[],
    y: readonly number[],
    language: Language,
  ) => (width: number) => Omit<Frame, 'marks'>;
}

/** A line a number of replicas at the heaviest load, a panel a curve. */
export function distributionFigure(of: Distribution): Figure {
  return figure({
    name: of.name,
    about: 'latency',
    title: of.title,
    of(results) {
      const loads = heaviestLoads(results, ({ spectrum: points }) => points.length > 1);
      const last = loads.at(-1);
      const cell = last?.cells.at(-1);
      if (!last || !cell) return null;
      const cells = loads.flatMap((load) => load.cells);
      const replicas = levels(cells.map((one) => one.cell.replicas));
      const points = cells
        .flatMap((one) => [...(of.hasTrials ? trialPoints(one, results) : []), usablePoints(one.spectrum)])
        .flat();
      return {
        picture: ({ language }) => {
          const frame = of.frame(points.map(of.x), points.map(of.y), language);
          return {
            // The style of a number of replicas is the same in all panels.
            legend: seriesEntries(replicas.map((level) => replicasText(level, language))),
            panelWidthMin: 260,
            panels: loads.map((load) => {
              const marks = load.cells.flatMap((one) =>
                marksOf(one, replicas.indexOf(one.cell.replicas), of, results),
              );
              return panel(curveTitle(load.series, results, language), HEIGHT, (width) => ({
                ...frame(width),
                marks,
              }));
            }),
          };
        },
        table: spectrumTable(cells, results),
        caption: (language) => {
          // Without a line for each trial, all that is drawn is what is pooled, and INVALID trials are not in it.
          const isDrawn = ({ verdict }: TrialResult) => of.hasTrials || verdict !== 'INVALID';
          return fill(of.caption, language, captionValues(loads, results, language, isDrawn));
        },
        reading: (language) =>
          fill(of.reading, language, {
            cell: cellText(last, results, language),
            ranked: rankedForm(cell),
            ...of.values(cell, language),
          }),
      };
    },
  });
}

function marksOf(
  cell: CellResult,
  index: number,
  { x, y, hasTrials, strokeWidth }: Distribution,
  results: Results,
): Plot.Markish[] {
  const pooled = usablePoints(cell.spectrum);
  const thin = { stroke: seriesStyle(index).colour, strokeWidth: 0.6, strokeOpacity: 0.45 };
  return [
    ...(hasTrials ? trialPoints(cell, results).map((points) => Plot.line(points, { x, y, ...thin })) : []),
    seriesLine(index, pooled, { x, y, strokeWidth }),
    seriesDots(index, pooled.slice(-1), { x, y, r: 3.5 }),
  ];
}
