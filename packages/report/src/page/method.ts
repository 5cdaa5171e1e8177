import {
  describeDurationUs,
  type Experiment,
  fill,
  isOwnServer,
  type Language,
  type MachineUse,
  type OwnSystem,
  type Results,
  sentences,
} from '@escala/model';
import { type Child, type Element, h } from '../markup/element.ts';
import { intervalMethods, methodText } from '../study/estimates.ts';
import { htmlTable } from '../tables/html.ts';
import type { Table, Value } from '../tables/table.ts';
import { findingText } from '../words/finding-text.ts';
import { numberText } from '../words/format.ts';

const axes = sentences.report.axes.axes;
const pageWords = sentences.report.wordsPage;
/** Above this share of all cores, servers and agents on one machine compete for it. */
const BUSY_SHARE = 0.8;
const isBusy = ({ busyShare }: MachineUse) => (busyShare ?? 0) > BUSY_SHARE;

/** How the numbers were made. */
export function methodParts(results: Results, language: Language): Child[] {
  const sentences = [
    ...conditions(results, language),
    ...definitions(results, language),
    selftestSentence(results.selftest, language),
  ];
  return [
    sentences.map((sentence) => h('p', {}, sentence)),
    exclusions(results, language),
    farRounds(results, language),
    thresholds(results, language),
  ];
}

/** What the servers did for each request, and where the machine itself may have been the limit. */
function conditions({ experiment, trials }: Results, language: Language): string[] {
  const { durability, commitDelayUs, systems } = experiment;
  const foreign = systems.filter((system) => !isOwnServer(system)).map(({ name }) => name);
  const busy = trials.filter(({ machines = [] }) => machines.some(isBusy)).length;
  return [
    ...(foreign.length < systems.length
      ? [
          serviceSentence(experiment, language),
          pageWords[durability === 'sync' ? 'rowsSync' : 'rowsAsync'][language],
          ...(durability === 'sync' && commitDelayUs > 0
            ? [fill(pageWords.rowsGather, language, { delay: describeDurationUs(commitDelayUs) })]
            : []),
          ...withoutDelay(experiment, language),
        ]
      : []),
    ...(foreign.length > 0
      ? [fill(pageWords.serviceUnknown, language, { systems: foreign.join(', '), count: foreign.length })]
      : []),
    ...(experiment.replicas.some((replicas) => replicas > 1) ? [pageWords.balancing[language]] : []),
    ...(busy > 0 ? [fill(pageWords.busyMachine, language, { count: busy, trials: trials.length })] : []),
  ];
}

/** The references do not read COMMIT_DELAY. */
const undelayed: readonly string[] = ['python', 'go'] satisfies OwnSystem[];

/** With a delay that some of the systems do not have, part of their difference is that of the settings. */
function withoutDelay({ systems, durability, commitDelayUs }: Experiment, language: Language): string[] {
  if (durability !== 'sync' || commitDelayUs === 0) return [];
  const names = systems
    .filter((system) => isOwnServer(system) && undelayed.includes(system.name))
    .map(({ name }) => name);
  if (names.length === 0) return [];
  return [fill(pageWords.rowsUndelayed, language, { systems: names.join(', ') })];
}

function serviceSentence({ service }: Experiment, language: Language): string {
  if (service.timeUs === 0) return pageWords.serviceReal[language];
  return fill(pageWords.serviceSimulated, language, {
    time: describeDurationUs(service.timeUs),
    kind: pageWords[service.kind === 'wait' ? 'serviceWait' : 'serviceCpu'][language],
    parallelism: service.parallelism,
  });
}

function definitions(
  { experiment, method, cells, laws, comparisons }: Results,
  language: Language,
): string[] {
  const { rate } = experiment;
  const [isOpen, isClosed] = [rate.some((one) => one !== null), rate.some((one) => one === null)];
  return [
    pageWords.methodVerdict[language],
    pageWords.methodThroughput[language],
    pageWords.methodPercentile[language],
    fill(pageWords.methodUnit, language, {
      throughput: methodText(method.throughputInterval, language),
      // Their method depends on how many rounds a cell has.
      percentile:
        intervalMethods(
          cells.flatMap(({ p50Us, p95Us, p99Us }) => [p50Us, p95Us, p99Us]),
          language,
        ) || methodText(method.percentileInterval, language),
    }),
    ...(isClosed ? [pageWords.methodClosed[language]] : []),
    ...(isOpen ? [pageWords.methodOpen[language]] : []),
    ...(laws.length > 0 ? [pageWords.methodFit[language]] : []),
    ...(comparisons.length > 0 ? [pageWords.methodPairs[language]] : []),
  ];
}

function selftestSentence(selftest: Results['selftest'], language: Language): string {
  if (selftest === null) return pageWords.noSelftest[language];
  const { stall, ceiling, verdict } = selftest;
  const percentiles = (of: typeof stall.measuredUs) =>
    [of.p50, of.p95, of.p99].map((us) => (us === null ? '–' : describeDurationUs(us)[language])).join(', ');
  return fill(pageWords.selftest, language, {
    verdict: pageWords[verdict === 'trustworthy' ? 'trustworthy' : 'doubtful'][language],
    measured: percentiles(stall.measuredUs),
    truth: percentiles(stall.truthUs),
    ceiling: numberText(ceiling.requestsPerSecond, language),
  });
}

/** Nothing is left out without a word. */
function exclusions({ exclusions: all, trials }: Results, language: Language): Element | null {
  if (all.length === 0) return null;
  const auditsOf = new Map(trials.map(({ cell, round, audits }) => [`${cell}/${round}`, audits]));
  const table: Table = {
    columns: [
      { key: 'cell', title: pageWords.cell, text: 'name' },
      { key: 'round', title: axes.round, style: 'integer' },
      { key: 'from', title: pageWords.excludedFrom },
      { key: 'reason', title: pageWords.reason, text: 'sentence' },
    ],
    rows: all.map(({ cell, round, from, reason }): Value[] => {
      // The reason is the key alone; its numbers stand in the audit that found it.
      const audit = auditsOf.get(`${cell}/${round}`)?.find(({ finding }) => finding === reason);
      return [
        cell,
        round,
        pageWords[from === 'pooling' ? 'pooling' : 'laws'],
        findingText(reason, audit?.values ?? {}, language),
      ];
    }),
  };
  return folded(table, 'excluded', pageWords.excluded[language], language);
}

/** Rounds that are flagged for lying far from the median of their cell, and kept all the same. */
function farRounds({ cells }: Results, language: Language): Element | null {
  const far = cells.filter(({ outlyingRounds }) => (outlyingRounds?.length ?? 0) > 0);
  if (far.length === 0) return null;
  const table: Table = {
    columns: [
      { key: 'cell', title: pageWords.cell, text: 'name' },
      { key: 'rounds', title: axes.rounds },
    ],
    rows: far.map(({ cell, outlyingRounds }): Value[] => [cell.key, outlyingRounds?.join(', ') ?? '']),
  };
  return folded(table, 'far', pageWords.farRounds[language], language);
}

function thresholds({ method }: Results, language: Language): Element {
  const table: Table = {
    columns: [
      { key: 'name', title: pageWords.property, text: 'name' },
      { key: 'value', title: pageWords.value, style: 'parameter' },
    ],
    rows: Object.entries(method.thresholds),
  };
  return folded(table, 'thresholds', pageWords.thresholds[language], language);
}

function folded(table: Table, name: string, caption: string, language: Language): Element {
  return h('details', {}, h('summary', {}, caption), htmlTable(table, name, caption, language));
}
