import {
  type Cell,
  type Experiment,
  fill,
  formatNumber,
  formatSizeBytes,
  type Language,
  sentences,
} from '@escala/model';
import type { Column, Value } from '../tables/table.ts';
import { ms, usPerMs, usPerSecond } from './estimates.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;
const seriesWords = sentences.report.series;

/** What a study may vary besides systems, replicas, load and messages: how a table and a title say its level. */
interface FurtherFactor {
  readonly key:
    | 'arrivals'
    | 'durationUs'
    | 'payloadBytes'
    | 'thinkTimeUs'
    | 'keepAlive'
    | 'storage'
    | 'clientsPerPod';
  readonly column: Column;
  /** Null where what is described has no such level: a law holds no arrivals. */
  readonly value: (levels: Levels) => Value;
  readonly text: (cell: Cell, language: Language) => string;
}

type Levels = Partial<Pick<Cell, FurtherFactor['key']>>;

const say = (word: keyof typeof seriesWords, value: number, language: Language) =>
  fill(seriesWords[word], language, { value: formatNumber(value, language) });

const arrivalNames = { poisson: axes.poisson, uniform: axes.uniform } as const;
const storageNames = {
  shared: seriesWords.storageShared,
  'per-replica': seriesWords.storagePerReplica,
  ephemeral: seriesWords.storageEphemeral,
} as const;
/** What an open loop is called in titles. */
export const loopNames = { poisson: seriesWords.poisson, uniform: seriesWords.uniform } as const;

const furtherFactors: readonly FurtherFactor[] = [
  {
    key: 'arrivals',
    column: { key: 'arrivals', title: axes.arrivals },
    value: ({ arrivals }) => (arrivals ? arrivalNames[arrivals] : null),
    text: ({ arrivals }, language) => loopNames[arrivals][language],
  },
  {
    key: 'durationUs',
    column: { key: 'duration_s', title: axes.duration, unit: units.s, style: 'parameter' },
    value: ({ durationUs }) => (durationUs === undefined ? null : durationUs / usPerSecond),
    text: ({ durationUs }, language) => say('duration', durationUs / usPerSecond, language),
  },
  {
    key: 'payloadBytes',
    column: { key: 'payload_bytes', title: axes.payload, unit: units.bytes, style: 'integer' },
    value: ({ payloadBytes }) => payloadBytes ?? null,
    text: ({ payloadBytes }, language) =>
      fill(seriesWords.payload, language, { value: formatSizeBytes(payloadBytes) }),
  },
  {
    key: 'thinkTimeUs',
    column: { key: 'think_time_ms', title: axes.thinkTime, unit: units.ms, style: 'parameter' },
    value: ({ thinkTimeUs }) => ms(thinkTimeUs),
    text: ({ thinkTimeUs }, language) => say('thinkTime', thinkTimeUs / usPerMs, language),
  },
  {
    key: 'keepAlive',
    column: { key: 'keep_alive', title: axes.keepAlive },
    value: ({ keepAlive }) => (keepAlive === undefined ? null : keepAlive ? axes.yes : axes.no),
    text: ({ keepAlive }, language) => seriesWords[keepAlive ? 'kept' : 'notKept'][language],
  },
  {
    key: 'storage',
    column: { key: 'storage', title: axes.storage },
    value: ({ storage }) => (storage ? storageNames[storage] : null),
    text: ({ storage }, language) => (storage ? storageNames[storage][language] : ''),
  },
  {
    key: 'clientsPerPod',
    column: { key: 'clients_per_pod', title: axes.clientsPerPod, style: 'integer' },
    value: ({ clientsPerPod }) => clientsPerPod ?? null,
    text: ({ clientsPerPod }, language) => say('clientsPerPod', clientsPerPod ?? Number.NaN, language),
  },
];

/** Those that have several levels in a study, in the order of tables and titles. */
export function variedFactors(experiment: Experiment): readonly FurtherFactor[] {
  const levels = { ...experiment, ...experiment.kubernetes };
  return furtherFactors.filter(({ key }) => levels[key].length > 1);
}
