import { fill, type Language, type OriginCell, type Sentence, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame, logScale } from '../drawing/frame.ts';
import { axisTop } from '../drawing/intervals.ts';
import { compose, type Panel, type Paper } from '../drawing/layout.ts';
import { distinctSeries, seriesStyle } from '../drawing/palette.ts';
import type { Element } from '../markup/element.ts';
import { columns } from '../study/columns.ts';
import { usPerMs } from '../study/estimates.ts';
import { choiceOf, levels } from '../study/series.ts';
import type { Column, Table } from '../tables/table.ts';

const axes = sentences.report.axes.axes;
const originWords = sentences.report.origin;
type Factor = 'replicas' | 'clients' | 'messages';
type Measure = 'response' | 'throughput';

/** One picture of how a measure behaves over a factor, with its numbers. */
export interface OriginFigure {
  readonly name: string;
  readonly title: Sentence;
  readonly caption: (language: Language) => string;
  readonly draw: (paper: Paper) => Element;
  readonly table: Table;
}

const height = 210;
const PANELS_MAX = 6;
/** More levels than these have round ticks instead of one each. */
const TICKS_MAX = 5;

/** What is drawn over each factor: a line a level of one other factor, a panel a level of the last. */
const arrangements: Readonly<Record<Factor, { readonly lines: Factor; readonly panels: Factor }>> = {
  clients: { lines: 'replicas', panels: 'messages' },
  replicas: { lines: 'clients', panels: 'messages' },
  messages: { lines: 'replicas', panels: 'clients' },
};

const measured: Readonly<Record<Measure, (cell: OriginCell) => number | null>> = {
  response: ({ sessionUs }) => sessionUs && sessionUs.median / usPerMs,
  throughput: ({ throughputPerSecond }) => throughputPerSecond,
};

const valueColumn: Readonly<Record<Measure, Column>> = {
  response: { ...columns.p50, key: 'median_ms', title: originWords.median },
  throughput: columns.throughput,
};

const titles: Readonly<Record<Measure, Readonly<Record<Factor, Sentence>>>> = {
  response: {
    clients: originWords.responseClients,
    replicas: originWords.responseReplicas,
    messages: originWords.responseMessages,
  },
  throughput: {
    clients: originWords.throughputClients,
    replicas: originWords.throughputReplicas,
    messages: originWords.throughputMessages,
  },
};

/** Response time and throughput over clients, servers and messages; a factor of one level has no figure. */
export function originFigures(cells: readonly OriginCell[]): readonly OriginFigure[] {
  return (['response', 'throughput'] as const).flatMap((measure) =>
    (['clients', 'replicas', 'messages'] as const).flatMap((factor) => {
      const known = cells.filter((cell) => measured[measure](cell) !== null);
      return levels(known.map((cell) => cell[factor])).length > 1 ? [figureOf(known, measure, factor)] : [];
    }),
  );
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
  const name = `${measure}-${factor}`;
  return {
    name,
    title: titles[measure][factor],
    caption: (language) =>
      fill(originWords[measure === 'response' ? 'responseCaption' : 'throughputCaption'], language, {
        lines: axes[lines][language],
        panels: axes[panels][language],
        choice: drawn.length < cells.length ? originWords.choice[language] : '',
      }),
    draw: (paper) =>
      compose(paper, {
        name,
        panels: shown.panels.map((level) =>
          panelOf(
            drawn.filter((cell) => cell[panels] === level),
            { measure, factor, lines: shown.lines, level },
            paper.language,
          ),
        ),
        legend: shown.lines.map((level, i) => ({
          label: fill(originWords[lines], paper.language, { level }),
          line: true,
          ...seriesStyle(i),
        })),
        panelWidthMin: 200,
      }),
    table: {
      columns: [columns.replicas, columns.clients, columns.messages, valueColumn[measure]],
      rows: drawn.map((cell) => [cell.replicas, cell.clients, cell.messages, measured[measure](cell)]),
    },
  };
}

interface PanelContent {
  readonly measure: Measure;
  readonly factor: Factor;
  readonly lines: readonly number[];
  readonly level: number;
}

function panelOf(cells: readonly OriginCell[], content: PanelContent, language: Language): Panel {
  const { measure, factor, lines, level } = content;
  const arrangement = arrangements[factor];
  const y = measured[measure];
  const marks = lines.flatMap((line, i) => {
    const { colour, symbol, dash } = seriesStyle(i);
    const points = cells
      .filter((cell) => cell[arrangement.lines] === line)
      .sort((a, b) => a[factor] - b[factor]);
    return [
      Plot.line(points, {
        x: factor,
        y,
        stroke: colour,
        strokeWidth: 1.3,
        ...(dash && { strokeDasharray: dash }),
      }),
      Plot.dot(points, { x: factor, y, r: 2.6, symbol, fill: colour }),
    ];
  });
  const ticks = levels(cells.map((cell) => cell[factor]));
  // Messages grow by powers of ten, and so do the times that they take.
  const isLog = factor === 'messages';
  const values = cells.map((cell) => y(cell) ?? 0);
  const isLogY = isLog && values.every((value) => value > 0);
  return {
    title: fill(originWords[arrangement.panels], language, { level }),
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          x: {
            label: axes[factor],
            scale: isLog ? logScale(ticks) : ticks.length > TICKS_MAX ? {} : { ticks },
          },
          y: {
            label: measure === 'response' ? originWords.responseAxis : axes.throughputAxis,
            scale: isLogY ? logScale(values) : { domain: [0, axisTop(values)], nice: true },
          },
          marks,
        },
        width,
        idPrefix,
        position,
      ),
  };
}
