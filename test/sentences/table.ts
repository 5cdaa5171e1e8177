import type { Results } from '@escala/model';

/** When a sentence is true of a study. */
export type IsTrue = (results: Results) => boolean;

const every = (results: Results, is: (trial: Results['trials'][number]) => boolean) =>
  results.trials.length > 0 && results.trials.every(is);
const keepsLedger = ({ experiment }: Results, cell: string) =>
  experiment.systems.find(({ name }) => cell.startsWith(`${name}-`))?.ledger === 'api';
const wrongRows = ({ counts: { ledger } }: Results['trials'][number]) =>
  ledger.missing + ledger.duplicated + ledger.unexpected;
const failed = ({ totals }: Pick<Results, 'totals'>) => totals.requests - totals.outcomes.answered;
const isChecked = (results: Results, trial: Results['trials'][number]) =>
  keepsLedger(results, trial.cell) && trial.counts.outcomes.answered > 0;
const isOpen = (results: Results) => results.experiment.rate.some((rate) => rate !== null);
const isForeign = ({ command, image }: Results['experiment']['systems'][number]) =>
  command !== undefined || image !== undefined;
const hasOurs = ({ experiment }: Results) => !experiment.systems.every(isForeign);
const bestCell = ({ cells }: Results) =>
  cells
    .filter(({ verdict }) => verdict !== 'INVALID')
    .reduce<Results['cells'][number] | undefined>(
      (best, cell) => ((cell.throughput?.value ?? 0) > (best?.throughput?.value ?? 0) ? cell : best),
      undefined,
    );
const failuresOf = (cell: Results['cells'][number] | undefined) =>
  cell ? cell.counts.requests - cell.counts.outcomes.answered : 0;
const unchecked = ({ trials }: Results) =>
  trials.some(({ audits }) =>
    audits.some(
      ({ status, finding }) =>
        status === 'not-assessable' && !/\.(open|closed)$/.test(finding) && finding !== 'bounds.unknown',
    ),
  );

/** Said by terminal and report alike: each exactly where it is true. */
export const verdictTable: Readonly<Record<string, IsTrue>> = {
  missing: ({ missingTrials }) => missingTrials.length > 0,
  closes: (results) =>
    results.missingTrials.length === 0 &&
    every(results, (trial) => isChecked(results, trial) && wrongRows(trial) === 0),
  closesPartly: (results) =>
    results.trials.every((trial) => wrongRows(trial) === 0) &&
    results.trials.some((trial) => isChecked(results, trial)) &&
    (results.missingTrials.length > 0 || !every(results, (trial) => isChecked(results, trial))),
  doesNotClose: ({ trials }) => trials.some((trial) => wrongRows(trial) > 0),
  failed: (results) => failed(results) > 0 && results.totals.outcomes.answered > 0,
  allFailed: (results) => results.totals.requests > 0 && results.totals.outcomes.answered === 0,
  unchecked,
  uncheckedIn: (results) =>
    unchecked(results) &&
    new Set(
      results.trials.map(
        ({ kind, cell }) =>
          kind +
          keepsLedger(results, cell) +
          (results.cells.find((one) => one.cell.key === cell)?.counts.outcomes.answered === 0),
      ),
    ).size > 1,
};

export const terminalTable: Readonly<Record<string, IsTrue>> = {
  found: () => true,
  loadClosed: (results) => !isOpen(results),
  loadOpen: isOpen,
  moreRows: () => false,
  best: (results) => bestCell(results) !== undefined && failuresOf(bestCell(results)) === 0,
  bestFailing: (results) => failuresOf(bestCell(results)) > 0,
  nothingValid: (results) => bestCell(results) === undefined,
  oneRound: ({ experiment }) => experiment.rounds === 1,
  where: () => true,
};

export const reportTable: Readonly<Record<string, IsTrue>> = {
  verdictAllValid: (results) => every(results, ({ verdict }) => verdict === 'VALID'),
  verdictMixed: (results) => !every(results, ({ verdict }) => verdict === 'VALID'),
  best: (results) => bestCell(results) !== undefined && failuresOf(bestCell(results)) === 0,
  bestFailing: (results) => failuresOf(bestCell(results)) > 0,
  bestNone: (results) => bestCell(results) === undefined,
  oneRound: ({ cells }) => cells.length > 0 && cells.every(({ rounds }) => rounds === 1),
  fiveRounds: ({ experiment, cells }) => experiment.rounds === 1 && cells.length > 0,
  missing: ({ missingTrials }) => missingTrials.length > 0,
  methodOpen: isOpen,
  methodClosed: (results) => !isOpen(results),
  methodFit: ({ laws }) => laws.length > 0,
  methodPairs: ({ comparisons }) => comparisons.length > 0,
  serviceSimulated: hasOurs,
  serviceReal: () => false,
  serviceUnknown: ({ experiment }) => experiment.systems.some(isForeign),
  rowsSync: hasOurs,
  rowsGather: () => false,
  rowsUndelayed: () => false,
  rowsAsync: () => false,
  seedText: ({ experiment }) => experiment.rounds > 1,
  seedTextOne: ({ experiment }) => experiment.rounds === 1,
  selftest: ({ selftest }) => selftest !== null,
  noSelftest: ({ selftest }) => selftest === null,
  // True of every study: how the numbers are made, whatever they are.
  methodThroughput: () => true,
  methodPercentile: () => true,
  methodUnit: () => true,
  methodVerdict: () => true,
  balancing: () => true,
  rawText: () => true,
};

/** Of figures: where a sentence may stand. Whether it does depends on what was chosen to be drawn. */
export const figureTable: Readonly<Record<string, IsTrue>> = {
  clientCurvesNone: ({ cells }) => cells.some(({ throughput }) => throughput === null),
  clientCurvesReading: ({ cells }) => cells.some(({ throughput }) => (throughput?.value ?? 0) > 0),
  matrixReading: ({ cells }) => cells.some(({ verdict }) => verdict === 'VALID'),
  matrixNoneValid: ({ cells }) => cells.every(({ verdict }) => verdict !== 'VALID'),
  matrixNoneKnown: ({ cells }) => cells.some(({ p95Us }) => p95Us === null),
  sampleOne: ({ cells }) => cells.some(({ rounds }) => rounds === 1),
  sampleMany: ({ cells }) => cells.some(({ rounds }) => rounds > 1),
  sampleInTable: ({ cells }) => cells.some(({ rounds }) => rounds > 1),
  comparisonReading: ({ comparisons }) => comparisons.length > 0,
  comparisonAbsent: ({ comparisons }) =>
    comparisons.every(({ cells }) => cells.every(({ ci95 }) => ci95 === null)),
  capacityNever: ({ cells }) => cells.some(({ sloVerdicts = [] }) => sloVerdicts.includes('violated')),
  capacityReading: ({ cells }) => cells.some(({ sloVerdicts = [] }) => sloVerdicts.includes('met')),
  capacityUndecided: ({ cells }) => cells.some(({ sloVerdicts = [] }) => sloVerdicts.includes('undecided')),
  capacityNone: ({ cells, experiment }) =>
    experiment.slo.length === 0 ||
    cells.every(({ cell }) => cell.ratePerSecond !== null) ||
    cells.length === 0,
};

/** Heads, and sentences on laws and machines, whose conditions stand in their own tests. */
export const otherKeys: readonly string[] = [
  'tableHeader',
  'growth',
  'growthInterval',
  'growthOnFull',
  'law',
  'noLaw',
  'lawOf',
  'busyMachine',
];
