import {
  type CellResult,
  type Estimate,
  fill,
  type Language,
  type Results,
  type Sentence,
  type SloVerdict,
  sentences,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { hatch, hatchFill } from '../drawing/hatch.ts';
import { heatColour, inkOn } from '../drawing/heat.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { drawPlot } from '../drawing/plot.ts';
import { textWidth } from '../drawing/text-width.ts';
import { columns } from '../study/columns.ts';
import { estimateCells, sampleText, usPerMs } from '../study/estimates.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import { levels, loadOf, ofSeries, type Series, seriesOf, seriesTitle } from '../study/series.ts';
import { atFirstSlo, sloText } from '../study/slo-text.ts';
import type { Column } from '../tables/table.ts';
import { numberText, tickText } from '../words/format.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;
const figureWords = sentences.report.figures;

/** What a matrix shows: one number a cell. */
interface Metric {
  readonly name: string;
  readonly title: Sentence;
  readonly columns: readonly Column[];
  readonly unit: Sentence;
  readonly scale: number;
  readonly of: (cell: CellResult) => Estimate | null;
  /** Also shows where the service level is undecided or violated. */
  readonly hasSlo: boolean;
}

const rowHeight = 22;
/** Fewer rows are higher, so that the name of the axis has its room beside them. */
const rowsHeightMin = 66;
const margins = { top: 4, right: 4, bottom: 36 };
/** Room of the loads at the left, and of the name of their axis beside them. */
const loadsWidthMin = 21;
const axisNameWidth = 27;
const fontSize = 10;
const numberGap = 5;
/** A matrix of more levels of load than this shows a choice of them: numbers in thinner rows cannot be read. */
const rowsMax = 25;

/** Figure 5: replicas × load, one panel a series, the value in the cell. */
function matrixFigure(metric: Metric): Figure {
  return {
    name: metric.name,
    title: metric.title,
    absent: figureWords.nothing,
    of(results) {
      const all = seriesOf(results);
      const values = all.flatMap(({ cells }) => cells.flatMap((cell) => shownValue(cell, metric) ?? []));
      if (values.length === 0) return null;
      // A panel of dashes would say nothing; its cells are in the table.
      const panels = all.filter(({ cells }) => cells.some((cell) => shownValue(cell, metric) !== null));
      const range: [number, number] = [Math.min(...values), Math.max(...values)];
      const slo = metric.hasSlo ? results.capacities[0]?.slo : undefined;
      return {
        draw: (paper) =>
          compose(paper, {
            name: metric.name,
            definitions: slo ? [hatch(metric.name)] : [],
            panels: panels.map((series) => {
              const decisions = slo ? decisionsOf(series, results) : new Map();
              const title = seriesTitle(series, results, paper.language);
              return panelOf({ series, metric, range, decisions, title }, paper.language);
            }),
            legend: [],
            panelWidthMin: widthMin(panels, metric, paper.language),
          }),
        table: {
          columns: [
            columns.system,
            columns.messages,
            ...factorColumns(results.experiment),
            columns.replicas,
            panels[0]?.isOpen ? columns.rate : columns.clients,
            ...metric.columns,
            columns.rounds,
            columns.verdict,
          ],
          rows: panels.flatMap(({ cells }) =>
            cells.map((cell) => [
              cell.cell.system,
              cell.cell.messages,
              ...factorValues(cell.cell, results.experiment),
              cell.cell.replicas,
              loadOf(cell),
              ...estimateCells(metric.of(cell), metric.scale),
              cell.verdict,
            ]),
          ),
        },
        caption: (language) =>
          fill(figureWords.matrixCaption, language, {
            unit: metric.unit[language],
            slo: slo ? fill(figureWords.matrixSlo, language, { slo: sloText(slo, language) }) : '',
            sample: sampleText(
              panels.flatMap(({ cells }) => cells.map(metric.of)),
              language,
              'in the table',
            ),
          }),
        reading: (language) => reading(panels, metric, language),
      };
    },
  };
}

export const throughputMatrix = matrixFigure({
  name: 'throughput-matrix',
  title: figureWords.throughputMatrix,
  columns: [columns.throughput, columns.throughputCi],
  unit: units.perSecond,
  scale: 1,
  of: ({ throughput }) => throughput,
  hasSlo: false,
});

export const latencyMatrix = matrixFigure({
  name: 'latency-matrix',
  title: figureWords.latencyMatrix,
  columns: [columns.p95, columns.p95Ci],
  unit: units.ms,
  scale: usPerMs,
  of: ({ p95Us }) => p95Us,
  hasSlo: true,
});

function shownValue(cell: CellResult, { of, scale }: Metric): number | null {
  const estimate = of(cell);
  return estimate === null ? null : estimate.value / scale;
}

type Decisions = ReadonlyMap<string, SloVerdict>;
const placeOf = (replicas: number, clients: number) => `${replicas}/${clients}`;

function decisionsOf(series: Series, results: Results): Decisions {
  const found = ofSeries(atFirstSlo(results), series);
  return new Map((found?.decisions ?? []).map((one) => [placeOf(one.replicas, one.clients), one.verdict]));
}

interface Matrix {
  readonly series: Series;
  readonly metric: Metric;
  readonly range: readonly [number, number];
  readonly decisions: Decisions;
  readonly title: string;
}

function panelOf({ series, metric, range, decisions, title }: Matrix, language: Language): Panel {
  const loads = levels(series.cells.map(loadOf));
  const step = Math.ceil(loads.length / rowsMax);
  const rows = loads.filter((_, i) => (loads.length - 1 - i) % step === 0);
  const height = margins.top + margins.bottom + Math.max(rowHeight * rows.length, rowsHeightMin);
  const cells = series.cells.filter((cell) => rows.includes(loadOf(cell)));
  const colourOf = heatColour(range);
  const fillOf = (cell: CellResult) => {
    const value = shownValue(cell, metric);
    return value === null ? colours.tint : colourOf(value);
  };
  const text = (cell: CellResult) => cellText(cell, metric, language);
  const x = ({ cell }: CellResult) => cell.replicas;
  const y = loadOf;
  const decided = (verdict: SloVerdict) =>
    cells.filter(({ cell }) => decisions.get(placeOf(cell.replicas, cell.clients)) === verdict);
  const violated = { x, y, inset: 1.25, stroke: colours.vermilion, strokeWidth: 1.5 };
  return {
    title,
    height,
    draw: (width, idPrefix, position) =>
      drawPlot(
        {
          width,
          height,
          marginLeft: leftOf(series, language),
          marginRight: margins.right,
          marginTop: margins.top,
          marginBottom: margins.bottom,
          padding: 0.04,
          x: {
            type: 'band',
            domain: levels(series.cells.map(x)),
            label: axes.replicas[language],
            labelArrow: 'none',
            labelAnchor: 'center',
            tickSize: 0,
          },
          y: {
            type: 'band',
            domain: [...rows].reverse(),
            label: position.firstInRow ? (series.isOpen ? units.perSecond : axes.clients)[language] : null,
            labelArrow: 'none',
            labelAnchor: 'center',
            tickSize: 0,
            tickFormat: (load: number) => tickText(load, language),
          },
          marks: [
            Plot.cell(cells, { x, y, fill: fillOf }),
            Plot.cell(decided('undecided'), { x, y, fill: hatchFill(metric.name) }),
            Plot.cell(decided('violated'), { ...violated, fill: 'none' }),
            // The cell's own colour keeps hatching off the digits. One text with an outline would do for browsers, but
            // in a PDF the outline is painted over the digits.
            Plot.text(decided('undecided'), {
              x,
              y,
              text,
              fontSize,
              fill: fillOf,
              stroke: fillOf,
              strokeWidth: 3,
            }),
            Plot.text(cells, {
              x,
              y,
              text,
              fontSize,
              fill: (cell: CellResult) =>
                shownValue(cell, metric) === null ? colours.ink : inkOn(fillOf(cell)),
            }),
          ],
        },
        idPrefix,
      ),
  };
}

/** Every number needs its room beside the next one. */
function widthMin(panels: readonly Series[], metric: Metric, language: Language): number {
  const texts = panels.flatMap(({ cells }) =>
    cells.map((cell) => textWidth(cellText(cell, metric, language), fontSize)),
  );
  const columnsMost = Math.max(
    ...panels.map(({ cells }) => levels(cells.map(({ cell }) => cell.replicas)).length),
  );
  const left = Math.max(...panels.map((panel) => leftOf(panel, language)));
  return left + margins.right + columnsMost * (Math.max(...texts) + numberGap);
}

/** Loads such as 1,200 are wider than those of most studies. */
function leftOf({ cells }: Series, language: Language): number {
  const loads = cells.map((cell) => textWidth(tickText(loadOf(cell), language), fontSize));
  return axisNameWidth + Math.max(loadsWidthMin, ...loads);
}

function cellText(cell: CellResult, metric: Metric, language: Language): string {
  return `${numberText(shownValue(cell, metric), language)}${signs[cell.verdict]}`;
}

const signs = { VALID: '', SUSPECT: ' ?', INVALID: ' ✕' } as const;

function reading(panels: readonly Series[], metric: Metric, language: Language): string {
  const valid = panels.flatMap(({ cells }) => cells.filter(({ verdict }) => verdict === 'VALID'));
  const values = valid.flatMap((cell) => shownValue(cell, metric) ?? []);
  if (valid.length === 0) return figureWords.matrixNoneValid[language];
  if (values.length === 0) return figureWords.matrixNoneKnown[language];
  return fill(figureWords.matrixReading, language, {
    low: numberText(Math.min(...values), language),
    high: numberText(Math.max(...values), language),
    unit: metric.unit[language],
    cells: valid.length,
  });
}
