import { type CellResult, fill, type Language, sentences } from '@escala/model';
import { hatch, heatColour } from '../drawing/heat.ts';
import {
  columns,
  curveTable,
  everyCurve,
  loadColumn,
  p95Columns,
  roundsOf,
  throughputColumns,
} from '../study/columns.ts';
import { sampleText, usPerMs } from '../study/estimates.ts';
import { seriesOf } from '../study/series.ts';
import { seriesTitle } from '../study/series-text.ts';
import { decisionsOf, sloText } from '../study/service-levels.ts';
import { numberText } from '../words/format.ts';
import { type Figure, figure } from './kinds/figure.ts';
import { type Metric, matrixPanel, shownValue, widthMin } from './kinds/matrix-panel.ts';

const units = sentences.report.axes.units;
const figureWords = sentences.report.figures;

/** Replicas × load, one panel a series, the value in the cell. */
function matrixFigure(metric: Metric): Figure {
  return figure({
    name: metric.name,
    about: 'load',
    title: metric.title,
    of(results) {
      // A panel of dashes would say nothing; its cells are in the table.
      const panels = seriesOf(results).filter(({ cells }) => cells.some(metric.of));
      const [first] = panels;
      if (!first) return null;
      const cells = panels.flatMap((series) => series.cells);
      const values = cells.flatMap((cell) => shownValue(cell, metric) ?? []);
      const colourOf = heatColour([Math.min(...values), Math.max(...values)]);
      const slo = metric.hasSlo ? results.capacities[0]?.slo : undefined;
      return {
        picture: ({ language }) => ({
          definitions: slo ? [hatch(metric.name)] : [],
          panels: panels.map((series) => {
            const decisions = slo ? decisionsOf(series, results) : new Map();
            const title = seriesTitle(series, results, language);
            return matrixPanel({ series, metric, colourOf, decisions, title }, language);
          }),
          panelWidthMin: widthMin(panels, metric, language),
          panelWidthLeast: widthMin(panels, metric, language),
        }),
        table: curveTable(results, everyCurve, cells, [
          loadColumn(first),
          ...metric.columns,
          roundsOf(metric.of),
          columns.verdict,
        ]),
        caption: (language) =>
          fill(figureWords.matrixCaption, language, {
            unit: metric.unit,
            slo: slo ? fill(figureWords.matrixSlo, language, { slo: sloText(slo, language) }) : '',
            sample: sampleText(cells.map(metric.of), language, 'in the table'),
          }),
        reading: (language) => reading(cells, metric, language),
      };
    },
  });
}

function reading(cells: readonly CellResult[], metric: Metric, language: Language): string {
  const valid = cells.filter(({ verdict }) => verdict === 'VALID');
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

/** Figure 5: throughput of every cell, replicas × load. */
export const throughputMatrix = matrixFigure({
  name: 'throughput-matrix',
  title: figureWords.throughputMatrix,
  columns: throughputColumns,
  unit: units.perSecond,
  scale: 1,
  of: ({ throughput }) => throughput,
  hasSlo: false,
});

/** Figure 5: p95 latency of every cell, replicas × load, and where the service level is not met for sure. */
export const latencyMatrix = matrixFigure({
  name: 'latency-matrix',
  title: figureWords.latencyMatrix,
  columns: p95Columns,
  unit: units.ms,
  scale: usPerMs,
  of: ({ p95Us }) => p95Us,
  hasSlo: true,
});
