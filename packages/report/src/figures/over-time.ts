import { fill, type Incident, type Language, sentences, type TrialResult } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { type Frame, panel } from '../drawing/frame.ts';
import { type Panel, stackPairs } from '../drawing/layout.ts';
import { bandEntry, dotEntry, type LegendEntry, legend, lineEntry } from '../drawing/legend.ts';
import { axisTop } from '../drawing/marks.ts';
import { colours } from '../drawing/palette.ts';
import { cellText, doubtsText, heaviestLoads, heaviestText } from '../study/distributions.ts';
import { ms, usPerSecond } from '../study/estimates.ts';
import {
  firstTrial,
  incidentsText,
  type ShownTrial,
  secondsIn,
  shownTrials,
  steadyState,
  timelineTable,
  warmUpEnd,
} from '../study/timelines.ts';
import { numberText } from '../words/format.ts';
import { figure } from './kinds/figure.ts';

const axes = sentences.report.axes.axes;
const distributionWords = sentences.report.distributions;

const HEIGHT = 160;
/** Decimals side by side need room: fewer where a panel is narrower than this. */
const TICKS_WIDTH_MIN = 200;
const P50 = { colour: colours.blue, symbol: 'circle' } as const;
const P95 = { colour: colours.vermilion, symbol: 'triangle' } as const;
const WARM_UP_DASH = '4 2';

type Slice = TrialResult['timeline'][number];

/** Figure 8: what one trial did from its start to its end, one column a number of replicas. */
export const overTime = figure({
  name: 'over-time',
  about: 'time',
  title: distributionWords.time,
  of(results) {
    const loads = heaviestLoads(results, (cell) => firstTrial(results, cell) !== undefined);
    const shown = shownTrials(loads, results);
    const [load, last] = [loads.at(-1), shown.at(-1)];
    if (!load || !last) return null;
    const trials = shown.map(({ trial }) => trial);
    return {
      picture: (paper) => {
        const { language } = paper;
        const pairs = shown.map(
          (one) => [answeredPanel(one, language), latencyPanel(one, language)] as const,
        );
        return { ...stackPairs(pairs, shown.length, paper), legend: legendOf(trials), panelWidthMin: 110 };
      },
      table: timelineTable(shown, results),
      caption: (language) =>
        fill(distributionWords.timeCaption, language, {
          round: last.trial.round,
          load: heaviestText(load, language),
          doubts: doubtsText(trials, language),
          incidents: incidentsText(trials, language),
        }),
      reading: (language) => reading(last.trial, cellText(load, results, language), language),
    };
  },
});

function panelOf(
  { title, trial }: ShownTrial,
  y: Frame['y'],
  marks: Plot.Markish[],
  language: Language,
): Panel {
  const seconds = (us: number) => secondsIn(trial, us);
  const cut = warmUpEnd(trial);
  const background = [
    Plot.rectX(trial.window ? [trial.window] : [], {
      x1: ({ fromUs }: { fromUs: number }) => seconds(fromUs),
      x2: ({ toUs }: { toUs: number }) => seconds(toUs),
      fill: colours.rule,
      fillOpacity: 0.4,
    }),
    Plot.ruleX(cut === null ? [] : [cut], {
      stroke: colours.green,
      strokeWidth: 1.5,
      strokeDasharray: WARM_UP_DASH,
    }),
    Plot.ruleX(trial.incidents, {
      x: ({ atUs }: Incident) => seconds(atUs),
      stroke: colours.purple,
      strokeWidth: 2,
    }),
  ];
  return panel(title(language), HEIGHT, (width) => ({
    x: { label: axes.timeAxis, scale: { ticks: width < TICKS_WIDTH_MIN ? 2 : 4 } },
    y,
    marks: [...background, ...marks],
  }));
}

function answeredPanel(shown: ShownTrial, language: Language): Panel {
  const { timeline } = shown.trial;
  const [first, second] = timeline;
  const sliceSeconds = ((second?.atUs ?? 0) - (first?.atUs ?? 0)) / usPerSecond;
  const rate = ({ answered }: Slice) => answered / sliceSeconds;
  const x = ({ atUs }: Slice) => secondsIn(shown.trial, atUs);
  const scale = { domain: [0, axisTop(timeline.map(rate))], nice: true };
  const line = Plot.lineY(timeline, { x, y: rate, stroke: P50.colour, curve: 'step-after' });
  return panelOf(shown, { label: axes.throughputAxis, scale }, [line], language);
}

function latencyPanel(shown: ShownTrial, language: Language): Panel {
  const { trial } = shown;
  const x = ({ atUs }: Slice) => secondsIn(trial, atUs);
  const value = (name: 'p50Us' | 'p95Us') => (slice: Slice) => ms(slice[name]) ?? Number.NaN;
  const known = (name: 'p50Us' | 'p95Us') => trial.timeline.filter((slice) => slice[name] !== null);
  const marks = [
    Plot.dot(known('p50Us'), { x, y: value('p50Us'), r: 1.6, fill: P50.colour }),
    Plot.dot(known('p95Us'), { x, y: value('p95Us'), r: 2, symbol: P95.symbol, fill: P95.colour }),
  ];
  const top = axisTop([...known('p50Us').map(value('p50Us')), ...known('p95Us').map(value('p95Us'))]);
  return panelOf(
    shown,
    { label: axes.latencyAxis, scale: { domain: [0, top], nice: true } },
    marks,
    language,
  );
}

function legendOf(trials: readonly TrialResult[]): LegendEntry[] {
  return legend(
    dotEntry(distributionWords.legendP50, P50.colour, P50.symbol),
    dotEntry(distributionWords.legendP95, P95.colour, P95.symbol),
    trials.some(({ window }) => window) && bandEntry(distributionWords.legendWindow, colours.faint),
    trials.some((trial) => warmUpEnd(trial) !== null) &&
      lineEntry(distributionWords.legendWarmUp, colours.green, WARM_UP_DASH),
    trials.some(({ incidents }) => incidents.length > 0) &&
      dotEntry(distributionWords.legendIncident, colours.purple, 'tick'),
  );
}

function reading(trial: TrialResult, cell: string, language: Language): string {
  return fill(distributionWords.timeReading, language, {
    cell,
    seconds: numberText(secondsIn(trial, trial.timeline.at(-1)?.atUs ?? trial.startAtUs), language),
    steady: fill(distributionWords[steadyState(trial)], language, {
      seconds: numberText(warmUpEnd(trial), language),
    }),
  });
}
