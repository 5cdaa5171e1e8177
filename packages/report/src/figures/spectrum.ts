import { fill, type QuantilePoint, type Results } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose, type Paper } from '../drawing/layout.ts';
import { seriesStyle } from '../drawing/palette.ts';
import { numberText } from '../format.ts';
import type { Element } from '../markup/element.ts';
import type { Table } from '../tables/table.ts';
import { axes, units } from '../words/axes.ts';
import { distributionWords } from '../words/distributions.ts';
import { figureWords } from '../words/figures.ts';
import { replicasTitle, usPerMs } from './cells.ts';
import type { Figure } from './figure.ts';
import { type Heaviest, heaviestLoad, trialsOf } from './heaviest.ts';

const height = 260;

/** Figure 6: latency against percentile, stretched so that each nine takes the same room (HdrHistogram's plot). */
export const spectrum: Figure = {
  name: 'latency-spectrum',
  title: distributionWords.spectrum,
  absent: figureWords.nothing,
  of(results) {
    const load = heaviestLoad(results, (cell) => cell.spectrum.length > 1);
    if (!load) return null;
    return {
      draw: (paper) => drawSpectrum(load, results, paper),
      table: spectrumTable(load),
      caption: (language) =>
        fill(distributionWords.spectrumCaption, language, {
          clients: load.clients,
          messages: load.messages,
          rounds: load.rounds,
        }),
      reading: (language) => {
        const cell = load.cells.at(-1);
        return fill(distributionWords.spectrumReading, language, {
          replicas: cell?.cell.replicas ?? 0,
          median: numberText((cell?.pooledLatencyUs?.p50 ?? 0) / usPerMs, language),
          tail: numberText((cell?.spectrum.at(-1)?.us ?? 0) / usPerMs, language),
        });
      },
    };
  },
};

/** Number of nines: 0 at the minimum, 1 at p90, 2 at p99. */
const nines = ({ share }: QuantilePoint) => -Math.log10(1 - share);

function drawSpectrum(load: Heaviest, results: Results, paper: Paper): Element {
  const { language } = paper;
  const y = ({ us }: QuantilePoint) => us / usPerMs;
  const usable = (points: readonly QuantilePoint[]) => points.filter(({ share, us }) => share < 1 && us > 0);
  const marks = load.cells.flatMap((cell, i) => {
    const { colour, symbol, dash } = seriesStyle(i);
    const pooled = usable(cell.spectrum);
    const thin = trialsOf(results, cell).map((trial) =>
      Plot.line(usable(trial.spectrum), {
        x: nines,
        y,
        stroke: colour,
        strokeWidth: 0.5,
        strokeOpacity: 0.5,
      }),
    );
    const pattern = dash && { strokeDasharray: dash };
    return [
      ...thin,
      Plot.line(pooled, { x: nines, y, stroke: colour, strokeWidth: 1.8, ...pattern }),
      Plot.dot(pooled.slice(-1), { x: nines, y, symbol, r: 3.5, fill: colour }),
    ];
  });
  const most = Math.max(...load.cells.flatMap(({ spectrum: points }) => usable(points).map(nines)));
  const ticks = Array.from({ length: Math.floor(most) + 1 }, (_, nine) => nine);
  return compose(paper, {
    name: 'latency-spectrum',
    legend: load.cells.map(({ cell }, i) => ({
      label: replicasTitle(cell.replicas, language),
      line: true,
      ...seriesStyle(i),
    })),
    panelWidthMin: 200,
    panels: [
      {
        title: '',
        height,
        draw: (width, idPrefix, position) =>
          drawFrame(
            {
              height,
              language,
              x: {
                label: axes.percentileAxis,
                scale: {
                  ticks,
                  tickFormat: (nine: number) => numberText(100 - 10 ** (2 - nine), language, 'parameter'),
                },
              },
              y: { label: axes.latencyAxisLog, scale: { type: 'log' } },
              marks,
            },
            width,
            idPrefix,
            position,
          ),
      },
    ],
  });
}

/** The pooled points; also those of the complementary distribution. */
export function spectrumTable({ cells }: Heaviest): Table {
  return {
    columns: [
      { key: 'replicas', title: axes.replicas, style: 'integer' },
      { key: 'share', title: distributionWords.share, style: 'parameter' },
      { key: 'latency_ms', title: distributionWords.latency, unit: units.ms, style: 'significant' },
    ],
    rows: cells.flatMap(({ cell, spectrum: points }) =>
      points.map(({ share, us }) => [cell.replicas, share, us / usPerMs]),
    ),
  };
}
