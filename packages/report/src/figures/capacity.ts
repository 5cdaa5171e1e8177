import { type CapacityResult, fill, type Language, type Results } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { seriesStyle } from '../drawing/palette.ts';
import { axes } from '../words/axes.ts';
import { scalingWords } from '../words/scaling.ts';
import { sampleText, seriesTitle } from './cells.ts';
import type { Figure } from './figure.ts';
import { sloText } from './slo-text.ts';

const height = 220;
type Capacity = CapacityResult['capacity'][number];
type Demand = CapacityResult['demand'][number];

/** Figure 4: capacity and demand as step functions (Theodolite's two definitions), for the first service level. */
export const capacity: Figure = {
  name: 'capacity',
  title: scalingWords.capacity,
  absent: scalingWords.capacityNone,
  of(results) {
    const slo = results.capacities[0]?.slo;
    const all = results.capacities.filter(
      (one) =>
        JSON.stringify(one.slo) === JSON.stringify(slo) && one.capacity.some(({ strict }) => strict !== null),
    );
    if (!slo || all.length === 0) return null;
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'capacity',
          legend: all.map((one, i) => ({
            label: seriesTitle({ ...one, cells: [] }, results, paper.language),
            line: true,
            ...seriesStyle(i),
          })),
          panelWidthMin: 220,
          panels: [capacityPanel(all, results, paper.language), demandPanel(all, results, paper.language)],
        }),
      table: {
        columns: [
          { key: 'system', title: axes.system },
          { key: 'messages', title: axes.messages, style: 'integer' },
          { key: 'replicas', title: axes.replicas, style: 'integer' },
          { key: 'capacity_clients', title: axes.capacityAxis, style: 'integer' },
          { key: 'censored', title: scalingWords.censored },
        ],
        rows: all.flatMap(({ system, messages, capacity: steps }) =>
          steps.map(({ replicas, strict, censored }) => [
            system,
            messages,
            replicas,
            strict,
            censored ? scalingWords.yes : scalingWords.no,
          ]),
        ),
      },
      caption: (language) =>
        fill(scalingWords.capacityCaption, language, {
          slo: sloText(slo, language),
          sample: sampleText(results, language, 'percentile'),
        }),
      reading: (language) => {
        const one = all.at(-1);
        const best = one?.capacity.findLast(({ strict }) => strict !== null);
        if (!one || !best) return fill(scalingWords.capacityReadingNone, language);
        return fill(scalingWords.capacityReading, language, {
          replicas: best.replicas,
          messages: one.messages,
          clients: best.strict ?? 0,
        });
      },
    };
  },
};

function capacityPanel(all: readonly CapacityResult[], results: Results, language: Language): Panel {
  const x = 'replicas';
  const y = ({ strict }: Capacity) => strict ?? Number.NaN;
  const marks = all.flatMap(({ capacity: steps }, i): Plot.Markish[] => {
    const { colour, symbol, dash } = seriesStyle(i);
    const known = steps.filter(({ strict }) => strict !== null);
    return [
      Plot.line(known, { x, y, stroke: colour, curve: 'step-after', ...(dash && { strokeDasharray: dash }) }),
      Plot.dot(known, { x, y, symbol, r: 3, fill: colour }),
      Plot.vector(
        known.filter(({ censored }) => censored),
        { x, y, length: 14, anchor: 'start', stroke: colour, strokeWidth: 1.5 },
      ),
    ];
  });
  const label = axes.capacityAxis;
  const ticks = [...results.experiment.replicas];
  return panelOf({
    language,
    x: { label: axes.replicas, scale: { ticks } },
    y: { label, scale: { zero: true, insetTop: 16 } },
    marks,
  });
}

function demandPanel(all: readonly CapacityResult[], results: Results, language: Language): Panel {
  const x = 'clients';
  const y = ({ replicas }: Demand) => replicas ?? Number.NaN;
  const marks = all.flatMap(({ demand }, i): Plot.Markish[] => {
    const { colour, symbol, dash } = seriesStyle(i);
    const known = demand.filter(({ replicas }) => replicas !== null);
    return [
      Plot.line(known, {
        x,
        y,
        stroke: colour,
        curve: 'step-before',
        ...(dash && { strokeDasharray: dash }),
      }),
      Plot.dot(known, { x, y, symbol, r: 3, fill: colour }),
    ];
  });
  const clients = Math.max(...results.experiment.clients);
  return panelOf({
    language,
    x: { label: axes.clients, scale: { domain: [0, clients] } },
    y: { label: axes.demandAxis, scale: { zero: true, ticks: [...results.experiment.replicas] } },
    marks,
  });
}

function panelOf(frame: Omit<Parameters<typeof drawFrame>[0], 'height'>): Panel {
  return {
    title: '',
    height,
    draw: (width, idPrefix, position) =>
      drawFrame({ ...frame, height }, width, idPrefix, { ...position, firstInRow: true }),
  };
}
