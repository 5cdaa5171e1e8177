import { claimedLaw, type FitReason, type FitResult, type Results } from '@escala/model';

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
const isForeign = ({ command, image, deployed, manifests, url }: Results['experiment']['systems'][number]) =>
  [command, image, deployed, manifests, url].some((source) => source !== undefined);
const hasOurs = ({ experiment }: Results) => !experiment.systems.every(isForeign);
const bestCell = ({ cells }: Results) =>
  cells
    .filter(({ verdict }) => verdict !== 'INVALID')
    .reduce<Results['cells'][number] | undefined>(
      (best, cell) => ((cell.throughput?.value ?? 0) > (best?.throughput?.value ?? 0) ? cell : best),
      undefined,
    );
const hasLaws = ({ laws }: Results) => laws.some(({ over }) => over === 'replicas');
const fits = ({ laws }: Results) => laws.flatMap(({ fit }) => fit ?? []);
const hasRegime = (regime: string) => (results: Results) =>
  results.cells.some((cell) => cell.regime === regime);
const hasVerdict = (verdict: string) => (results: Results) =>
  results.trials.some((trial) => trial.verdict === verdict);
const hasAnswers = ({ totals }: Results) => totals.outcomes.answered > 0;
const hasComparisons = ({ comparisons }: Results) =>
  comparisons.some(({ cells }) => cells.some(({ ci95 }) => ci95 !== null));
const hasReplicas = ({ trials }: Results) => trials.some(({ replicas }) => replicas.length > 0);
const hasSlo = ({ experiment }: Results) => experiment.slo.length > 0;
const isClosed = (results: Results) => !isOpen(results);
const unchecked = ({ trials }: Results) =>
  trials.some(({ audits }) =>
    audits.some(
      ({ status, finding }) =>
        status === 'not-assessable' && !/\.(open|closed)$/.test(finding) && finding !== 'bounds.unknown',
    ),
  );

/** Said by terminal and report alike: each exactly where it is true. */
export const verdictTable: Readonly<Record<string, IsTrue>> = {
  insecure: ({ experiment }) => experiment.systems.some(({ tls }) => tls?.insecure === true),
  asIs: ({ experiment }) => experiment.asIs === true,
  missing: ({ missingTrials }) => missingTrials.length > 0,
  // The states have no other study that refuses more than half of its requests, and not all.
  expired: ({ totals: { outcomes, requests, statusCodes } }) =>
    outcomes.answered > 0 && 2 * (statusCodes?.['401'] ?? 0) > requests,
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
  loadClosed: (results) => !isOpen(results),
  loadOpen: isOpen,
  moreRows: () => false,
  oneRound: (results) => results.experiment.rounds === 1 && bestCell(results) !== undefined,
  where: () => true,
  law: (results) => results.speedups.length > 0 && hasLaws(results),
};

export const reportTable: Readonly<Record<string, IsTrue>> = {
  // Of older runs, where nobody made one (packages/report/test/verdict.test.ts).
  noAnswer: () => false,
  fiveRounds: (results) => results.experiment.rounds === 1 && bestCell(results) !== undefined,
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
  lawOf: hasLaws,
  busyMachine: ({ trials }) =>
    trials.some(({ machines = [] }) => machines.some(({ busyShare }) => (busyShare ?? 0) > 0.8)),
  // True of every study: how the numbers are made, whatever they are.
  methodThroughput: () => true,
  methodPercentile: () => true,
  methodUnit: () => true,
  methodVerdict: () => true,
  balancing: ({ experiment }) => Math.max(...experiment.replicas) > 1,
  rawText: () => true,
};

const hasThroughput = ({ cells }: Results) => cells.some(({ throughput }) => throughput !== null);
const hasTradeOff = ({ cells }: Results) =>
  cells.some(({ throughput, p50Us }) => throughput !== null && p50Us !== null);
const hasSpectrum = ({ cells }: Results) => cells.some(({ spectrum }) => spectrum.length > 1);
const hasTimeline = ({ trials }: Results) => trials.some(({ timeline }) => timeline.length > 1);
const hasProcessors = ({ cells }: Results) =>
  cells.some(({ throughput, processors }) => throughput && processors);
const hasLimit = (what: readonly string[]) => (results: Results) =>
  results.cells.some(({ limit }) => what.includes(limit?.what ?? ''));
const hasFull = (results: Results) =>
  hasRegime('machine-limited')(results) || hasLimit(['machine', 'pods', 'neighbours', 'processor'])(results);
const hasP95 = ({ cells }: Results) => cells.some(({ p95Us }) => p95Us !== null);
const hasGrowth = ({ speedups }: Results) => speedups.some(({ points }) => points.length > 1);
const hasClaim = (results: Results) => fits(results).some((fit) => claimedLaw(fit) !== null);

const isSteady = ({ trials }: Results) =>
  trials.some(
    ({ verdict, audits }) =>
      verdict !== 'INVALID' &&
      audits.some(({ finding }) => finding === 'littles-law.holds' || finding === 'littles-law.differs'),
  );
const hasTheory = ({ experiment: { rate, arrivals, service } }: Results) =>
  rate.some((one) => one !== null) && arrivals.includes('poisson') && service.timeUs > 0;

/** Of figures: exactly where a caption, a reading or the reason of an absence stands. */
export const exactFigureTable: Readonly<Record<string, IsTrue>> = {
  throughputReplicasCaption: hasThroughput,
  lawsReplicasCaption: hasThroughput,
  processorsCaption: hasProcessors,
  processorsReading: hasProcessors,
  processorsAbsent: (results) => !hasProcessors(results),
  clientCurvesCaption: hasThroughput,
  queueingCaption: isSteady,
  queueingReading: isSteady,
  queueingAbsent: (results) => !isSteady(results),
  matrixCaption: hasThroughput,
  tradeOffCaption: hasTradeOff,
  tradeOffReading: hasTradeOff,
  spectrumCaption: hasSpectrum,
  spectrumReading: hasSpectrum,
  tailCaption: hasSpectrum,
  tailReading: hasSpectrum,
  timeCaption: hasTimeline,
  timeReading: hasTimeline,
  balanceCaption: hasReplicas,
  balanceReading: hasReplicas,
  latencyClientsCaption: hasP95,
  latencyClientsReading: hasP95,
  efficiencyCaption: hasGrowth,
  efficiencyReading: hasGrowth,
  efficiencyAbsent: (results) => !hasGrowth(results),
  comparisonCaption: hasComparisons,
  comparisonReading: hasComparisons,
  comparisonAbsent: (results) => !hasComparisons(results),
  diagnosticsCaption: hasClaim,
  diagnosticsReading: hasClaim,
  diagnosticsAbsent: (results) => !hasClaim(results),
  throughputReplicasOpen: (results) => hasThroughput(results) && isOpen(results),
  throughputReplicasReading: (results) =>
    hasThroughput(results) && isClosed(results) && results.experiment.replicas.length > 1,
  doubts: ({ trials }) =>
    trials.some(
      ({ verdict, timeline, replicas }) =>
        verdict !== 'VALID' && (timeline.length > 1 || replicas.length > 0),
    ),
  // Every figure that has no other reason for its absence.
  nothing: (results) =>
    ![hasThroughput, hasSpectrum, hasTimeline, hasReplicas, hasP95].every((has) => has(results)),
};

/** Of figures: where a sentence may stand. Whether it does depends on what was chosen to be drawn. */
export const figureTable: Readonly<Record<string, IsTrue>> = {
  queueingTheory: hasTheory,
  queueingTheoryReading: hasTheory,
  clientCurvesNone: ({ cells }) => cells.some(({ throughput }) => throughput === null),
  clientCurvesReading: ({ cells }) => cells.some(({ throughput }) => (throughput?.value ?? 0) > 0),
  matrixReading: ({ cells }) => cells.some(({ verdict }) => verdict === 'VALID'),
  matrixNoneValid: ({ cells }) => cells.every(({ verdict }) => verdict !== 'VALID'),
  matrixNoneKnown: ({ cells }) => cells.some(({ p95Us }) => p95Us === null),
  sampleOne: ({ cells }) => cells.some(({ rounds }) => rounds === 1),
  sampleMany: ({ cells }) => cells.some(({ rounds }) => rounds > 1),
  sampleInTable: ({ cells }) => cells.some(({ rounds }) => rounds > 1),
  capacityNever: ({ cells }) => cells.some(({ sloVerdicts = [] }) => sloVerdicts.includes('violated')),
  capacityReading: ({ cells }) => cells.some(({ sloVerdicts = [] }) => sloVerdicts.includes('met')),
  capacityUndecided: ({ cells }) => cells.some(({ sloVerdicts = [] }) => sloVerdicts.includes('undecided')),
  capacityNone: ({ cells, experiment }) =>
    experiment.slo.length === 0 ||
    cells.every(({ cell }) => cell.ratePerSecond !== null) ||
    cells.length === 0,
  matrixSlo: hasSlo,
  sampleNone: ({ cells }) => cells.some(({ throughput }) => !throughput?.ci95),
  cut: ({ cells, speedups }) =>
    cells.some(({ throughput, p95Us }) => throughput?.ci95 || p95Us?.ci95) || speedups.length > 0,
  throughputOne: hasThroughput,
  signMore: hasLimit(['clients']),
  signFull: hasFull,
  signSuspect: hasVerdict('SUSPECT'),
  signInvalid: hasVerdict('INVALID'),
  notDrawn: ({ experiment }) => experiment.systems.length > 1 || experiment.messages.length > 1,
  processorsLimit: (results) =>
    hasProcessors(results) && results.cells.some(({ limit }) => limit && limit.what !== 'unknown'),
  processorsSample: hasProcessors,
  // Only on paper of limited height, which no report is.
  noRoom: () => false,
  hollowClients: (results) => hasRegime('client-limited')(results) && !hasRegime('machine-limited')(results),
  hollowMachine: hasRegime('machine-limited'),
  hollowBoth: (results) => hasRegime('client-limited')(results) && hasRegime('machine-limited')(results),
  capacityCaption: hasSlo,
  capacityGap: hasSlo,
  capacityUnknown: hasSlo,
  comparisonChosen: hasComparisons,
  comparisonOverall: hasComparisons,
  diagnosticsRegion: (results) => fits(results).some((fit) => claimedLaw(fit) === 'usl'),
  timeIncidents: ({ trials }) => trials.some(({ incidents }) => incidents.length > 0),
};

/** Of legends: where an entry may stand in a picture. */
export const legendTable: Readonly<Record<string, IsTrue>> = {
  legendTrial: (results) => fits(results).length > 0,
  legendTrialOnly: hasAnswers,
  legendLeftOut: ({ exclusions }) => exclusions.length > 0,
  legendMedian: ({ cells }) => cells.some(({ throughput, p95Us }) => throughput?.ci95 || p95Us?.ci95),
  legendMedianOnly: hasAnswers,
  legendClientLimited: hasRegime('client-limited'),
  legendFull: hasFull,
  legendCensored: hasLimit(['clients']),
  legendCores: hasProcessors,
  legendOffered: isOpen,
  legendLittle: (results) => isSteady(results) && !hasTheory(results),
  legendTheory: (results) => isSteady(results) && hasTheory(results),
  legendIdeal: isClosed,
  legendAllowed: (results) => fits(results).some((fit) => claimedLaw(fit) === null),
  legendBound: ({ laws }) => laws.some(({ bound }) => Boolean(bound)),
  legendLaw: (results) => fits(results).some((fit) => claimedLaw(fit) !== null),
  legendPeak: (results) => fits(results).some((fit) => claimedLaw(fit) === 'usl'),
  legendBounds: isClosed,
  legendSlo: hasSlo,
  legendKnee: hasSlo,
  legendUndecided: ({ cells }) => cells.some(({ sloVerdicts = [] }) => sloVerdicts.includes('undecided')),
  legendBeyond: hasSlo,
  legendSuspect: hasVerdict('SUSPECT'),
  legendInvalid: hasVerdict('INVALID'),
  legendPowerKnee: hasAnswers,
  legendSignificant: hasComparisons,
  legendNotSignificant: hasComparisons,
  legendMargin: hasComparisons,
  legendP50: hasAnswers,
  legendP95: hasAnswers,
  legendWindow: ({ trials }) => trials.some(({ window }) => window !== null),
  legendWarmUp: ({ trials }) =>
    trials.some(({ audits }) => audits.some(({ finding }) => finding === 'warm-up.cut')),
  legendIncident: ({ trials }) => trials.some(({ incidents }) => incidents.length > 0),
  legendReplica: hasReplicas,
  legendEqual: hasReplicas,
};

const chose = (chosen: FitResult['chosen']) => (fit: FitResult) => fit.chosen === chosen;

/** Of which fits each reason may be said. Planted studies of each law stand in packages/stats. */
export const lawTable: Readonly<Record<FitReason, (fit: FitResult) => boolean>> = {
  linear: chose('linear'),
  amdahl: chose('amdahl'),
  'amdahl-few-rows': chose('amdahl'),
  usl: chose('usl'),
  'usl-peak': chose('usl'),
  superlinear: chose('none'),
  falls: chose('none'),
  flat: chose('none'),
  outside: chose('none'),
  cap: chose('none'),
  'lack-of-fit': chose('none'),
  'one-level': (fit) => claimedLaw(fit) === null,
  'few-levels': chose('undecided'),
  unconverged: chose('undecided'),
  open: chose('undecided'),
  'open-further': chose('undecided'),
  'open-upward': chose('undecided'),
  upward: chose('undecided'),
  family: chose('undecided'),
};
