import {
  type CellResult,
  fill,
  type Language,
  type QuantilePoint,
  type Results,
  sentences,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame, logScale } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { seriesStyle } from '../drawing/palette.ts';
import { columns } from '../study/columns.ts';
import { ms, usPerMs } from '../study/estimates.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import { type Heaviest, heaviestLoads, trialsOf } from '../study/heaviest.ts';
import { cellText, doubtsText, heaviestText, roundsText, trialsShown } from '../study/load-caption.ts';
import { curveTitle, levels, replicasText } from '../study/series.ts';
import type { Table } from '../tables/table.ts';
import { numberText, tickText } from '../words/format.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;
const distributionWords = sentences.report.distributions;
const figureWords = sentences.report.figures;

const height = 250;

/** Figure 6: latency against percentile, stretched so that each nine takes the same room (HdrHistogram's plot). */
export const spectrum: Figure = {
  name: 'latency-spectrum',
  title: distributionWords.spectrum,
  absent: figureWords.nothing,
  of(results) {
    const loads = heaviestLoads(results, hasSpectrum);
    const last = loads.at(-1);
    const cell = last?.cells.at(-1);
    if (!last || !cell) return null;
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'latency-spectrum',
          legend: replicasLegend(loads, paper.language),
          panelWidthMin: 260,
          panels: loads.map((load) => panelOf(load, loads, results, paper.language)),
        }),
      table: spectrumTable(loads, results),
      caption: (language) =>
        fill(distributionWords.spectrumCaption, language, {
          load: heaviestText(last, language),
          doubts: doubtsText(trialsShown(loads, results), language),
          n: roundsText(loads),
        }),
      reading: (language) =>
        fill(distributionWords.spectrumReading, language, {
          cell: cellText(last, results, language),
          half: halfText(cell, language),
          ranked: rankedForm(cell),
          share: numberText((cell.spectrum.at(-1)?.share ?? 0) * 100, language, 'parameter'),
          tail: numberText(ms(cell.spectrum.at(-1)?.us), language),
        }),
    };
  },
};

/** Empty where half of them lie among the timeouts. */
function halfText({ pooledLatencyUs }: CellResult, language: Language): string {
  const { p50 = null } = pooledLatencyUs ?? {};
  if (p50 === null) return '';
  return fill(distributionWords.spectrumHalf, language, { median: numberText(ms(p50), language) });
}

/** 1 where every request has a rank, by its answer or behind all by its timeout; else only answers are spoken of. */
export function rankedForm({ counts: { requests, outcomes } }: CellResult): number {
  return outcomes.answered + outcomes.timeout === requests ? 1 : 2;
}

export const hasSpectrum = ({ spectrum: points }: { readonly spectrum: readonly QuantilePoint[] }) =>
  points.length > 1;

/** A share of 1 has no place on an axis of nines, and 0 µs none on a logarithmic one. */
export const usablePoints = (points: readonly QuantilePoint[]) =>
  points.filter(({ share, us }) => share < 1 && us > 0);

/** The style of a number of replicas is the same in all panels. */
export function replicasLegend(loads: readonly Heaviest[], language: Language): LegendEntry[] {
  return replicasOf(loads).map((replicas, i) => ({
    label: replicasText(replicas, language),
    line: true,
    ...seriesStyle(i),
  }));
}

export function replicasOf(loads: readonly Heaviest[]): number[] {
  return levels(loads.flatMap(({ cells }) => cells.map(({ cell }) => cell.replicas)));
}

/** Number of nines: 0 at the minimum, 1 at p90, 2 at p99. */
const nines = ({ share }: QuantilePoint) => -Math.log10(1 - share);
/** Labelled besides whole nines, as far as the data go. */
const shares = [0.5, 0.95];

function panelOf(load: Heaviest, loads: readonly Heaviest[], results: Results, language: Language): Panel {
  const y = ({ us }: QuantilePoint) => us / usPerMs;
  const replicas = replicasOf(loads);
  const marks = load.cells.flatMap((cell) => {
    const { colour, symbol, dash } = seriesStyle(replicas.indexOf(cell.cell.replicas));
    const pooled = usablePoints(cell.spectrum);
    const thin = trialsOf(results, cell).map((trial) =>
      Plot.line(usablePoints(trial.spectrum), {
        x: nines,
        y,
        stroke: colour,
        strokeWidth: 0.6,
        strokeOpacity: 0.45,
      }),
    );
    return [
      ...thin,
      Plot.line(pooled, {
        x: nines,
        y,
        stroke: colour,
        strokeWidth: 1.8,
        ...(dash && { strokeDasharray: dash }),
      }),
      Plot.dot(pooled.slice(-1), { x: nines, y, symbol, r: 3.5, fill: colour }),
    ];
  });
  const points = loads.flatMap(({ cells }) =>
    cells.flatMap((cell) =>
      [...trialsOf(results, cell).map((trial) => trial.spectrum), cell.spectrum].flatMap(usablePoints),
    ),
  );
  const most = Math.max(...points.map(nines));
  const whole = Array.from({ length: Math.floor(most) + 1 }, (_, nine) => nine);
  const between = shares.map((share) => nines({ share, us: 0 })).filter((nine) => nine <= most);
  return {
    title: curveTitle(load.series, results, language),
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          x: {
            label: axes.percentileAxis,
            scale: {
              domain: [0, most],
              // Two labels more in each panel would touch each other where it is narrow.
              ticks: width > 300 ? [...whole, ...between] : whole,
              tickFormat: (nine: number) => tickText(100 - 10 ** (2 - nine), language),
            },
          },
          y: { label: axes.latencyAxisLog, scale: logScale(points.map(y)) },
          marks,
        },
        width,
        idPrefix,
        position,
      ),
  };
}

/** The pooled points; also those of the complementary distribution. */
export function spectrumTable(loads: readonly Heaviest[], { experiment }: Results): Table {
  return {
    columns: [
      columns.system,
      ...factorColumns(experiment),
      columns.replicas,
      { key: 'share', title: distributionWords.share, style: 'parameter' },
      { key: 'latency_ms', title: distributionWords.latency, unit: units.ms, style: 'significant' },
    ],
    rows: loads.flatMap(({ cells }) =>
      cells.flatMap(({ cell, spectrum: points }) =>
        points.map(({ share, us }) => [
          cell.system,
          ...factorValues(cell, experiment),
          cell.replicas,
          share,
          us / usPerMs,
        ]),
      ),
    ),
  };
}
