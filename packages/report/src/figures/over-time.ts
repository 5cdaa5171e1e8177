import {
  type Cell,
  fill,
  type Incident,
  type Language,
  type Results,
  sentences,
  type TrialResult,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame, type Frame } from '../drawing/frame.ts';
import { axisTop } from '../drawing/intervals.ts';
import { compose, narrowBelow, type Panel } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { colours } from '../drawing/palette.ts';
import { columns } from '../study/columns.ts';
import { ms, usPerSecond } from '../study/estimates.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import { type Heaviest, heaviestLoads, trialsOf } from '../study/heaviest.ts';
import { cellText, doubtsText, heaviestText } from '../study/load-caption.ts';
import { choiceOf, curveTitle, replicasText } from '../study/series.ts';
import { numberText } from '../words/format.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;
const distributionWords = sentences.report.distributions;
const figureWords = sentences.report.figures;

const height = 160;
/** Three columns have room for their axes; a fourth is narrow, and better than a curve that is not shown. */
const columnsUsual = 3;
const columnsMax = 4;

interface Run {
  readonly title: (language: Language) => string;
  readonly cell: Cell;
  readonly trial: TrialResult;
}

/** Figure 8: what one run did from its start to its end, one column a number of replicas. */
export const overTime: Figure = {
  name: 'over-time',
  title: distributionWords.time,
  absent: figureWords.nothing,
  of(results) {
    const loads = heaviestLoads(results, (cell) => firstRun(results, cell) !== undefined);
    const columnsOfAll = Math.min(Math.max(loads.length, columnsUsual), columnsMax);
    const each = Math.max(1, Math.floor(columnsOfAll / loads.length));
    const runs = choiceOf(
      loads.flatMap((load) => choiceOf(runsOf(load, results), each)),
      columnsOfAll,
    );
    const last = runs.at(-1);
    const load = loads.at(-1);
    if (!load || !last) return null;
    const incidents = runs.flatMap(({ trial }) => trial.incidents);
    return {
      draw: (paper) => {
        const { language } = paper;
        const isNarrow = paper.width < narrowBelow;
        const pairs = runs.map((run) => [answeredPanel(run, language), latencyPanel(run, language)]);
        return compose(paper, {
          name: 'over-time',
          legend: legendOf(runs, language),
          panelWidthMin: 110,
          columnsMax: isNarrow ? 2 : runs.length,
          panels: isNarrow ? pairs.flat() : [0, 1].flatMap((row) => pairs.flatMap((pair) => pair[row] ?? [])),
        });
      },
      table: {
        columns: [
          columns.system,
          ...factorColumns(results.experiment),
          columns.replicas,
          { key: 'time_s', title: distributionWords.timeColumn, unit: units.s, style: 'significant' },
          { key: 'answered', title: distributionWords.answered, style: 'integer' },
          columns.p50,
          columns.p95,
        ],
        rows: runs.flatMap(({ cell, trial }) =>
          trial.timeline.map((slice) => [
            cell.system,
            ...factorValues(cell, results.experiment),
            cell.replicas,
            secondsIn(trial, slice.atUs),
            slice.answered,
            ms(slice.p50Us),
            ms(slice.p95Us),
          ]),
        ),
      },
      caption: (language) =>
        fill(distributionWords.timeCaption, language, {
          round: last.trial.round,
          load: heaviestText(load, language),
          doubts: doubtsText(
            runs.map(({ trial }) => trial),
            language,
          ),
          incidents: incidents.length === 0 ? '' : incidentsText(incidents, language),
        }),
      reading: (language) => reading(last, cellText(load, results, language), language),
    };
  },
};

/** The first round of a cell that has a timeline. */
function firstRun(results: Results, cell: Parameters<typeof trialsOf>[1]): TrialResult | undefined {
  return trialsOf(results, cell).find(({ timeline }) => timeline.length > 1);
}

function runsOf({ series, cells }: Heaviest, results: Results): Run[] {
  return cells.flatMap((cell): Run[] => {
    const trial = firstRun(results, cell);
    if (!trial) return [];
    const { replicas } = cell.cell;
    const title = (language: Language) =>
      [curveTitle(series, results, language), replicasText(replicas, language)].filter(Boolean).join(', ');
    return [{ title, cell: cell.cell, trial }];
  });
}

const secondsIn = ({ startAtUs }: TrialResult, us: number) => (us - startAtUs) / usPerSecond;

/** Where the test for a steady state would cut the beginning, in seconds; null where it found nothing to cut. */
function warmUpEnd(trial: TrialResult): number | null {
  const found = trial.audits.find(({ audit }) => audit === 'warm-up');
  const share = found?.values['share'];
  if (found?.finding !== 'warm-up.cut' || typeof share !== 'number') return null;
  const slice = trial.timeline[Math.round(share * trial.timeline.length)];
  return slice ? secondsIn(trial, slice.atUs) : null;
}

const answeredColour = colours.blue;
const p95Colour = colours.vermilion;

function panelOf(run: Run, frame: Omit<Frame, 'height' | 'x'>): Panel {
  const { trial } = run;
  const seconds = (us: number) => secondsIn(trial, us);
  const window = trial.window ? [trial.window] : [];
  const cut = warmUpEnd(trial);
  const background = [
    Plot.rectX(window, {
      x1: ({ fromUs }: { fromUs: number }) => seconds(fromUs),
      x2: ({ toUs }: { toUs: number }) => seconds(toUs),
      fill: colours.rule,
      fillOpacity: 0.4,
    }),
    Plot.ruleX(cut === null ? [] : [cut], {
      stroke: colours.green,
      strokeWidth: 1.5,
      strokeDasharray: '4 2',
    }),
    Plot.ruleX(trial.incidents, {
      x: ({ atUs }: Incident) => seconds(atUs),
      stroke: colours.purple,
      strokeWidth: 2,
    }),
  ];
  return {
    title: run.title(frame.language),
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          ...frame,
          height,
          // Decimals side by side need room.
          x: { label: axes.timeAxis, scale: { ticks: width < 200 ? 2 : 4 } },
          marks: [...background, ...frame.marks],
        },
        width,
        idPrefix,
        position,
      ),
  };
}

type Slice = TrialResult['timeline'][number];

function answeredPanel(run: Run, language: Language): Panel {
  const { trial } = run;
  const [first, second] = trial.timeline;
  const sliceSeconds = ((second?.atUs ?? 0) - (first?.atUs ?? 0)) / usPerSecond;
  const rate = ({ answered }: Slice) => answered / sliceSeconds;
  const x = ({ atUs }: Slice) => secondsIn(trial, atUs);
  return panelOf(run, {
    language,
    y: { label: axes.throughputAxis, scale: { domain: [0, axisTop(trial.timeline.map(rate))], nice: true } },
    marks: [Plot.lineY(trial.timeline, { x, y: rate, stroke: answeredColour, curve: 'step-after' })],
  });
}

function latencyPanel(run: Run, language: Language): Panel {
  const { trial } = run;
  const x = ({ atUs }: Slice) => secondsIn(trial, atUs);
  const value = (name: 'p50Us' | 'p95Us') => (slice: Slice) => ms(slice[name]) ?? Number.NaN;
  const known = (name: 'p50Us' | 'p95Us') => trial.timeline.filter((slice) => slice[name] !== null);
  const marks = [
    Plot.dot(known('p50Us'), { x, y: value('p50Us'), r: 1.6, fill: answeredColour }),
    Plot.dot(known('p95Us'), { x, y: value('p95Us'), r: 2, symbol: 'triangle', fill: p95Colour }),
  ];
  const top = axisTop([...known('p50Us').map(value('p50Us')), ...known('p95Us').map(value('p95Us'))]);
  return panelOf(run, {
    language,
    y: { label: axes.latencyAxis, scale: { domain: [0, top], nice: true } },
    marks,
  });
}

function legendOf(runs: readonly Run[], language: Language): LegendEntry[] {
  const say = (key: keyof typeof distributionWords) => distributionWords[key][language];
  const entries: (LegendEntry | false)[] = [
    { label: say('legendP50'), colour: answeredColour, symbol: 'circle' },
    { label: say('legendP95'), colour: p95Colour, symbol: 'triangle' },
    runs.some(({ trial }) => trial.window) && {
      label: say('legendWindow'),
      colour: colours.faint,
      band: true,
    },
    runs.some(({ trial }) => warmUpEnd(trial) !== null) && {
      label: say('legendWarmUp'),
      colour: colours.green,
      line: true,
      dash: '4 2',
    },
    runs.some(({ trial }) => trial.incidents.length > 0) && {
      label: say('legendIncident'),
      colour: colours.purple,
      symbol: 'tick',
    },
  ];
  return entries.filter((entry) => entry !== false);
}

/** Codes of what happened to the platform: names of the program, the same in both languages. */
function incidentsText(incidents: readonly Incident[], language: Language): string {
  const codes = [...new Set(incidents.map(({ code }) => code))].sort().join(', ');
  return fill(distributionWords.timeIncidents, language, { codes });
}

function reading({ trial }: Run, cell: string, language: Language): string {
  const cut = warmUpEnd(trial);
  const status = trial.audits.find(({ audit }) => audit === 'warm-up')?.finding;
  const steady =
    cut !== null
      ? 'steadyAfter'
      : status === 'warm-up.steady'
        ? 'steady'
        : status === 'warm-up.never-steady'
          ? 'steadyNever'
          : 'steadyUnknown';
  return fill(distributionWords.timeReading, language, {
    cell,
    seconds: numberText(secondsIn(trial, trial.timeline.at(-1)?.atUs ?? trial.startAtUs), language),
    steady: fill(distributionWords[steady], language, { seconds: numberText(cut, language) }),
  });
}
