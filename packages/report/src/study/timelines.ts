import {
  type Cell,
  fill,
  incidentText,
  type Language,
  type Results,
  sentences,
  type TrialResult,
} from '@escala/model';
import { choiceOf } from '../drawing/layout.ts';
import type { Table } from '../tables/table.ts';
import { curveTable, measured, ofMostMessages } from './columns.ts';
import { type Heaviest, trialsOf } from './distributions.ts';
import { ms, usPerSecond } from './estimates.ts';
import { curveTitle, replicasText } from './series-text.ts';

const distributionWords = sentences.report.distributions;
const units = sentences.report.axes.units;

/** Three columns have room for their axes; a fourth is narrow, and better than a curve that is not shown. */
const COLUMNS_USUAL = 3;
const COLUMNS_MAX = 4;

/** A trial that stands for its cell. */
export interface ShownTrial {
  readonly title: (language: Language) => string;
  readonly cell: Cell;
  readonly trial: TrialResult;
}

/** The first round of a cell that has a timeline. */
export function firstTrial(results: Results, cell: Parameters<typeof trialsOf>[1]): TrialResult | undefined {
  return trialsOf(results, cell).find(({ timeline }) => timeline.length > 1);
}

export function shownTrials(loads: readonly Heaviest[], results: Results): ShownTrial[] {
  const columns = Math.min(Math.max(loads.length, COLUMNS_USUAL), COLUMNS_MAX);
  const each = Math.max(1, Math.floor(columns / loads.length));
  const all = loads.map(({ series, cells }) =>
    cells.flatMap((one): ShownTrial[] => {
      const trial = firstTrial(results, one);
      const { cell } = one;
      const title = (language: Language) =>
        [curveTitle(series, results, language), replicasText(cell.replicas, language)]
          .filter(Boolean)
          .join(', ');
      return trial ? [{ title, cell, trial }] : [];
    }),
  );
  return choiceOf(
    all.flatMap((ofLoad) => choiceOf(ofLoad, each)),
    columns,
  );
}

export const secondsIn = ({ startAtUs }: TrialResult, us: number) => (us - startAtUs) / usPerSecond;

const warmUpOf = ({ audits }: TrialResult) => audits.find(({ audit }) => audit === 'warm-up');

/** Where the test for a steady state would cut the beginning, in seconds; null where it found nothing to cut. */
export function warmUpEnd(trial: TrialResult): number | null {
  const found = warmUpOf(trial);
  const share = found?.values['share'];
  if (found?.finding !== 'warm-up.cut' || typeof share !== 'number') return null;
  const slice = trial.timeline[Math.round(share * trial.timeline.length)];
  return slice ? secondsIn(trial, slice.atUs) : null;
}

/** What that test says of the trial. */
export function steadyState(trial: TrialResult): 'steadyAfter' | 'steady' | 'steadyNever' | 'steadyUnknown' {
  if (warmUpEnd(trial) !== null) return 'steadyAfter';
  const finding = warmUpOf(trial)?.finding;
  if (finding === 'warm-up.steady') return 'steady';
  return finding === 'warm-up.never-steady' ? 'steadyNever' : 'steadyUnknown';
}

/** A row a slice of each trial. */
export function timelineTable(shown: readonly ShownTrial[], results: Results): Table {
  const rows = shown.flatMap(({ cell, trial }) => trial.timeline.map((slice) => ({ cell, trial, slice })));
  const seconds = { key: 'time_s', title: distributionWords.timeColumn, unit: units.s } as const;
  return curveTable(results, ofMostMessages, rows, [
    { ...seconds, style: 'significant', of: ({ trial, slice }) => secondsIn(trial, slice.atUs) },
    {
      key: 'answered',
      title: distributionWords.answered,
      style: 'integer',
      of: ({ slice }) => slice.answered,
    },
    { ...measured.p50, of: ({ slice }) => ms(slice.p50Us) },
    { ...measured.p95, of: ({ slice }) => ms(slice.p95Us) },
  ]);
}

/** What happened to the platform, each kind with its code, by which the files name it. */
export function incidentsText(trials: readonly TrialResult[], language: Language): string {
  const codes = [...new Set(trials.flatMap(({ incidents }) => incidents.map(({ code }) => code)))].sort();
  return codes.length === 0
    ? ''
    : fill(distributionWords.timeIncidents, language, {
        codes: codes.map((code) => incidentText(code, language)).join(', '),
      });
}
