import { fill, type Language, type Results, type TrialResult } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame, type Frame } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { numberText } from '../format.ts';
import { axes, units } from '../words/axes.ts';
import { distributionWords } from '../words/distributions.ts';
import { figureWords } from '../words/figures.ts';
import { ms, replicasTitle } from './cells.ts';
import type { Figure } from './figure.ts';
import { heaviestLoad, trialsOf } from './heaviest.ts';

const height = 150;
const usPerSecond = 1e6;

interface Run {
  readonly replicas: number;
  readonly trial: TrialResult;
}

/** The fewest, a middle and the most replicas: three columns have room for their axes. */
function thinned<T>(cells: readonly T[]): T[] {
  const middle = Math.floor((cells.length - 1) / 2);
  return cells.filter((_, i) => i === 0 || i === middle || i === cells.length - 1);
}

/** Figure 8: what one run did from its start to its end, one column a number of replicas. */
export const overTime: Figure = {
  name: 'over-time',
  title: distributionWords.time,
  absent: figureWords.nothing,
  of(results) {
    const load = heaviestLoad(results, (cell) => firstRun(results, cell)?.timeline.length !== undefined);
    const runs = thinned(load?.cells ?? []).flatMap((cell): Run[] => {
      const trial = firstRun(results, cell);
      return trial ? [{ replicas: cell.cell.replicas, trial }] : [];
    });
    const last = runs.at(-1);
    if (!load || !last) return null;
    return {
      draw: (paper) => {
        const panels = runs.map((run) => [
          answeredPanel(run, paper.language),
          latencyPanel(run, paper.language),
        ]);
        const narrow = paper.width < 500;
        return compose(paper, {
          name: 'over-time',
          legend: [],
          panelWidthMin: narrow ? 150 : 110,
          columnsMax: narrow ? 2 : runs.length,
          panels: narrow ? panels.flat() : [0, 1].flatMap((row) => panels.flatMap((pair) => pair[row] ?? [])),
        });
      },
      table: {
        columns: [
          { key: 'replicas', title: axes.replicas, style: 'integer' },
          { key: 'time_s', title: distributionWords.time_s, unit: units.s, style: 'significant' },
          { key: 'answered', title: distributionWords.answered, style: 'integer' },
          { key: 'p50_ms', title: axes.p50, unit: units.ms, style: 'significant' },
          { key: 'p95_ms', title: axes.p95, unit: units.ms, style: 'significant' },
        ],
        rows: runs.flatMap(({ replicas, trial }) =>
          trial.timeline.map((slice) => [
            replicas,
            (slice.atUs - trial.startAtUs) / usPerSecond,
            slice.answered,
            ms(slice.p50Us),
            ms(slice.p95Us),
          ]),
        ),
      },
      caption: (language) =>
        fill(distributionWords.timeCaption, language, {
          round: last.trial.round,
          clients: load.clients,
          messages: load.messages,
        }),
      reading: (language) =>
        fill(distributionWords.timeReading, language, {
          replicas: last.replicas,
          seconds: numberText(
            ((last.trial.timeline.at(-1)?.atUs ?? 0) - last.trial.startAtUs) / usPerSecond,
            language,
          ),
        }),
    };
  },
};

function firstRun(results: Results, cell: Parameters<typeof trialsOf>[1]): TrialResult | undefined {
  return trialsOf(results, cell)
    .sort((a, b) => a.round - b.round)
    .find(({ timeline }) => timeline.length > 1);
}

type Slice = TrialResult['timeline'][number];

function panelOf({ replicas, trial }: Run, frame: Omit<Frame, 'height' | 'x'>): Panel {
  const seconds = (us: number) => (us - trial.startAtUs) / usPerSecond;
  const window = trial.window ? [trial.window] : [];
  const background = Plot.rectX(window, {
    x1: ({ fromUs }: { fromUs: number }) => seconds(fromUs),
    x2: ({ toUs }: { toUs: number }) => seconds(toUs),
    fill: colours.rule,
    fillOpacity: 0.4,
  });
  const x = { label: axes.timeAxis, scale: { ticks: 3 } };
  return {
    title: replicasTitle(replicas, frame.language),
    height,
    draw: (width, idPrefix, position) =>
      drawFrame({ ...frame, height, x, marks: [background, ...frame.marks] }, width, idPrefix, position),
  };
}

function answeredPanel(run: Run, language: Language): Panel {
  const x = ({ atUs }: Slice) => (atUs - run.trial.startAtUs) / usPerSecond;
  const marks = [
    Plot.lineY(run.trial.timeline, { x, y: 'answered', stroke: colours.blue, curve: 'step-after' }),
  ];
  return panelOf(run, {
    language,
    y: { label: distributionWords.answeredAxis, scale: { zero: true } },
    marks,
  });
}

function latencyPanel(run: Run, language: Language): Panel {
  const x = ({ atUs }: Slice) => (atUs - run.trial.startAtUs) / usPerSecond;
  const known = (of: (slice: Slice) => number | null) =>
    run.trial.timeline.filter((slice) => of(slice) !== null);
  const marks = [
    Plot.dot(
      known(({ p50Us }) => p50Us),
      { x, y: ({ p50Us }: Slice) => ms(p50Us) ?? Number.NaN, r: 1.6, fill: colours.blue },
    ),
    Plot.dot(
      known(({ p95Us }) => p95Us),
      {
        x,
        y: ({ p95Us }: Slice) => ms(p95Us) ?? Number.NaN,
        r: 2,
        symbol: 'triangle',
        fill: colours.vermilion,
      },
    ),
  ];
  return panelOf(run, { language, y: { label: axes.latencyAxis, scale: { zero: true } }, marks });
}
