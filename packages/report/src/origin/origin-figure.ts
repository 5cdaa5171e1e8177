import { fill, type Language, type OriginCell, type Sentence, sentences } from '@escala/model';
import { type Frame, logScale, panel } from '../drawing/frame.ts';
import type { Paper } from '../drawing/layout.ts';
import { choiceOf } from '../drawing/layout.ts';
import { seriesEntries } from '../drawing/legend.ts';
import { axisTop, seriesDots, seriesLine } from '../drawing/marks.ts';
import { distinctSeries } from '../drawing/palette.ts';
import { drawingOf } from '../figures/kinds/figure.ts';
import type { Element } from '../markup/element.ts';
import { columns } from '../study/columns.ts';
import { levels } from '../study/series.ts';
import { type Table, tableOf } from '../tables/table.ts';
import { type Factor, factors, type Measure, measures } from './measures.ts';

const axes = sentences.report.axes.axes;
const originWords = sentences.report.origin;

/** One picture of how a measure behaves over a factor, with its numbers. */
interface OriginFigure {
  readonly name: string;
  readonly title: Sentence;
  readonly caption: (language: Language) => string;
  readonly draw: (paper: Paper) => Element;
  readonly table: Table;
}

const HEIGHT = 210;
const PANELS_MAX = 6;
/** More levels than these have round ticks instead of one each. */
const TICKS_MAX = 5;

/** What is drawn over each factor: a line a level of one other factor, a panel a level of the last. */
const arrangements: Readonly<Record<Factor, { readonly lines: Factor; readonly panels: Factor }>> = {
  clients: { lines: 'replicas', panels: 'messages' },
  replicas: { lines: 'clients', panels: 'messages' },
  messages: { lines: 'replicas', panels: 'clients' },
};

/** Response time and throughput over clients, servers and messages; a factor of one level has no figure. */
export function originFigures(cells: readonly OriginCell[]): readonly OriginFigure[] {
  return measures.flatMap((measure) => {
    const known = cells.filter((cell) => measure.of(cell) !== null);
    return (['clients', 'replicas', 'messages'] as const)
      .filter((factor) => levels(known.map((cell) => cell[factor])).length > 1)
      .map((factor) => figureOf(known, measure, factor));
  });
}

function figureOf(cells: readonly OriginCell[], measure: Measure, factor: Factor): OriginFigure {
  const { lines, panels } = arrangements[factor];
  const shown = {
    lines: choiceOf(levels(cells.map((cell) => cell[lines])), distinctSeries),
    panels: choiceOf(levels(cells.map((cell) => cell[panels])), PANELS_MAX),
  };
  const drawn = cells.filter(
    (cell) => shown.lines.includes(cell[lines]) && shown.panels.includes(cell[panels]),
  );
  const name = `${measure.name}-${factor}`;
  const nameOf = (level: number, of: Factor, language: Language) =>
    fill(originWords[of], language, { level });
  return {
    name,
    title: measure.titles[factor],
    caption: (language) =>
      fill(measure.caption, language, {
        lines: axes[lines],
        panels: axes[panels],
        choice: drawn.length < cells.length ? originWords.choice : '',
      }),
    draw: drawingOf(name, {
      picture: ({ language }) => ({
        panels: shown.panels.map((level) => {
          const ofPanel = drawn.filter((cell) => cell[panels] === level);
          return panel(
            nameOf(level, panels, language),
            HEIGHT,
            frameOf(ofPanel, measure, factor, shown.lines),
          );
        }),
        legend: seriesEntries(shown.lines.map((level) => nameOf(level, lines, language))),
        panelWidthMin: 200,
      }),
    }),
    table: tableOf(drawn, [
      ...factors.map((key) => ({ ...columns[key], of: (cell: OriginCell) => cell[key] })),
      measure,
    ]),
  };
}

function frameOf(
  cells: readonly OriginCell[],
  measure: Measure,
  factor: Factor,
  lines: readonly number[],
): Frame {
  const y = measure.of;
  const ticks = levels(cells.map((cell) => cell[factor]));
  // Messages grow by powers of ten, and so do the times that they take.
  const isLog = factor === 'messages';
  const values = cells.map((cell) => y(cell) ?? 0);
  const isLogY = isLog && values.every((value) => value > 0);
  return {
    x: { label: axes[factor], scale: isLog ? logScale(ticks) : ticks.length > TICKS_MAX ? {} : { ticks } },
    y: {
      label: measure.axis,
      scale: isLogY ? logScale(values) : { domain: [0, axisTop(values)], nice: true },
    },
    marks: lines.flatMap((line, i) => {
      const points = cells
        .filter((cell) => cell[arrangements[factor].lines] === line)
        .sort((a, b) => a[factor] - b[factor]);
      return [
        seriesLine(i, points, { x: factor, y, strokeWidth: 1.3 }),
        seriesDots(i, points, { x: factor, y, r: 2.6 }),
      ];
    }),
  };
}
