import { type CellResult, fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { axisTop } from '../drawing/intervals.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { colours, distinctSeries, seriesStyle } from '../drawing/palette.ts';
import { fittingLabels, labelOffset } from '../drawing/point-labels.ts';
import { verdictLegend, verdictMarks } from '../drawing/verdict-marks.ts';
import { columns } from '../study/columns.ts';
import { estimateCells, medianOf, sampleText, usPerMs } from '../study/estimates.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import {
  choiceOf,
  curveTitle,
  levels,
  loadOf,
  loadText,
  messagesText,
  mostMessages,
  ofSeries,
  replicasText,
  type Series,
  seriesOf,
} from '../study/series.ts';
import { numberText, tickText } from '../words/format.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;
const scalingWords = sentences.report.scaling;

const height = 270;
const labelSize = 9;
const x = ({ throughput }: CellResult) => medianOf(throughput);
const y = ({ p50Us }: CellResult) => medianOf(p50Us, usPerMs);

/** One series at its largest number of messages. */
interface Curves {
  readonly series: Series;
  /** By load. */
  readonly cells: readonly CellResult[];
}

/** Figure 10: latency over throughput, each line one number of replicas under growing load. */
export const tradeOff: Figure = {
  name: 'throughput-latency',
  title: scalingWords.tradeOff,
  absent: figureWords.nothing,
  of(results) {
    const panels = curvesOf(results);
    const last = panels.at(-1);
    const heaviest = last?.cells.at(-1);
    if (!last || !heaviest) return null;
    const cells = panels.flatMap((one) => one.cells);
    const replicas = choiceOf(levels(cells.map(({ cell }) => cell.replicas)), distinctSeries);
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'throughput-latency',
          legend: legendOf(replicas, panels, results, paper.language),
          panelWidthMin: 260,
          panels: panels.map((one) => panelOf(one, replicas, cells, results, paper.language)),
        }),
      table: {
        columns: [
          columns.system,
          ...factorColumns(results.experiment),
          columns.replicas,
          last.series.isOpen ? columns.rate : columns.clients,
          columns.throughput,
          columns.throughputCi,
          columns.p50,
          columns.verdict,
        ],
        rows: cells.map((cell) => [
          cell.cell.system,
          ...factorValues(cell.cell, results.experiment),
          cell.cell.replicas,
          loadOf(cell),
          ...estimateCells(cell.throughput).slice(0, 2),
          y(cell),
          cell.verdict,
        ]),
      },
      caption: (language) =>
        fill(scalingWords.tradeOffCaption, language, {
          messages: last.series.isOpen ? '' : `, ${messagesText(last.series.messages, language)}`,
          loads: loadsText(last, language),
          sample: sampleText(
            cells.map(({ throughput }) => throughput),
            language,
            'in the table',
          ),
        }),
      reading: (language) =>
        fill(scalingWords.tradeOffReading, language, {
          replicas: replicasText(heaviest.cell.replicas, language),
          load: loadText(loadOf(heaviest), last.series, language),
          throughput: numberText(x(heaviest), language),
          latency: numberText(y(heaviest), language),
          ...kneeValues(last, heaviest.cell.replicas, results, language),
        }),
    };
  },
};

function curvesOf(results: Results): Curves[] {
  return mostMessages(seriesOf(results)).flatMap((series): Curves[] => {
    const cells = series.cells
      .filter(({ throughput, p50Us }) => throughput && p50Us)
      .sort((a, b) => loadOf(a) - loadOf(b) || a.cell.replicas - b.cell.replicas);
    return cells.length > 0 ? [{ series, cells }] : [];
  });
}

function loadsText({ series, cells }: Curves, language: Language): string {
  const loads = levels(cells.map(loadOf)).map((load) => tickText(load, language));
  const shown = loads.length <= 6 ? loads.join(', ') : `${loads.slice(0, 2).join(', ')} … ${loads.at(-1)}`;
  return fill(series.isOpen ? scalingWords.ratesAre : scalingWords.clientsAre, language, { loads: shown });
}

/** Load of the power knee of a curve; null where it has none inside the data. */
function kneeOf({ series }: Curves, replicas: number, { knees }: Results): number | null {
  const inside = knees.filter(
    (one) => one.definition === 'power' && one.insideData && one.replicas === replicas,
  );
  return ofSeries(inside, series)?.clients ?? null;
}

function kneeValues(curves: Curves, replicas: number, results: Results, language: Language) {
  const knee = kneeOf(curves, replicas, results);
  return {
    knee:
      knee === null
        ? scalingWords.kneeNone[language]
        : fill(scalingWords.kneeAt, language, { load: loadText(knee, curves.series, language) }),
  };
}

const margins = { left: 58, right: 30, top: 8, bottom: 36 };

function panelOf(
  curves: Curves,
  replicas: readonly number[],
  all: readonly CellResult[],
  results: Results,
  language: Language,
): Panel {
  const top = { x: axisTop(all.map(x)), y: axisTop(all.map(y)) };
  const drawn = curves.cells.filter(({ cell }) => replicas.includes(cell.replicas));
  const marks = replicas.flatMap((level, i) => {
    const { colour, symbol, dash } = seriesStyle(i);
    const at = drawn.filter(({ cell }) => cell.replicas === level);
    const knee = kneeOf(curves, level, results);
    return [
      Plot.line(at, { x, y, stroke: colour, ...(dash && { strokeDasharray: dash }) }),
      Plot.dot(at, { x, y, symbol, r: 2.6, fill: colour }),
      Plot.dot(
        at.filter((cell) => loadOf(cell) === knee),
        { x, y, symbol: 'square', r: 6.5, stroke: colours.ink, strokeWidth: 1.2 },
      ),
      ...verdictMarks(at, { x, y }),
    ];
  });
  return {
    title: curveTitle(curves.series, results, language),
    height,
    draw: (width, idPrefix, position) => {
      const frame = {
        width: width - margins.left - margins.right,
        height: height - margins.top - margins.bottom,
        fontSize: labelSize,
      };
      // The ends of a curve say most, so they are placed first.
      const ends = replicas.flatMap((level) => {
        const at = drawn.filter(({ cell }) => cell.replicas === level);
        return [at.at(-1), at[0]].flatMap((cell) => cell ?? []);
      });
      const labels = [...ends, ...drawn.filter((cell) => !ends.includes(cell))].map((cell) => ({
        x: x(cell) / top.x,
        y: y(cell) / top.y,
        text: tickText(loadOf(cell), language),
        cell,
      }));
      return drawFrame(
        {
          height,
          language,
          marginRight: margins.right,
          x: { label: axes.throughputAxis, scale: { domain: [0, top.x] } },
          y: { label: axes.p50Axis, scale: { domain: [0, top.y] } },
          marks: [
            ...marks,
            Plot.text(fittingLabels(labels, frame), {
              x: ({ cell }: { cell: CellResult }) => x(cell),
              y: ({ cell }: { cell: CellResult }) => y(cell),
              text: 'text',
              dx: labelOffset,
              textAnchor: 'start',
              fontSize: labelSize,
              fill: colours.faint,
            }),
          ],
        },
        width,
        idPrefix,
        position,
      );
    },
  };
}

function legendOf(
  replicas: readonly number[],
  panels: readonly Curves[],
  results: Results,
  language: Language,
): LegendEntry[] {
  const hasKnee = panels.some((one) => replicas.some((level) => kneeOf(one, level, results) !== null));
  return [
    ...replicas.map((level, i) => ({ label: replicasText(level, language), line: true, ...seriesStyle(i) })),
    ...(hasKnee
      ? [
          {
            label: scalingWords.legendPowerKnee[language],
            colour: colours.ink,
            symbol: 'square' as const,
            hollow: true,
          },
        ]
      : []),
    ...verdictLegend(
      panels.flatMap(({ cells }) => cells),
      language,
    ),
  ];
}
