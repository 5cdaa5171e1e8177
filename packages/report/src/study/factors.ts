import {
  type Cell,
  type Experiment,
  type FactorKey,
  factorKeys,
  fill,
  formatNumber,
  formatSizeBytes,
  isVaried,
  type Language,
  type Levels,
  sentences,
} from '@escala/model';
import type { Column, Value } from '../tables/table.ts';
import { usPerMs, usPerSecond } from './estimates.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;
const seriesWords = sentences.report.series;

/** Systems, replicas, load and messages have columns and axes of their own. */
type FurtherKey = Exclude<FactorKey, 'system' | 'replicas' | 'clients' | 'messages' | 'ratePerSecond'>;

/** How a table and a title say a level. */
interface Said<Level> {
  readonly column: Column;
  readonly value: (level: Level) => Value;
  readonly text: (level: Level, language: Language) => string;
}

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

const said: { readonly [Key in FurtherKey]: Said<NonNullable<Cell[Key]>> } = {
  arrivals: {
    column: { key: 'arrivals', title: axes.arrivals },
    value: (level) => arrivalNames[level],
    text: (level, language) => loopNames[level][language],
  },
  durationUs: {
    column: { key: 'duration_s', title: axes.duration, unit: units.s, style: 'parameter' },
    value: (level) => level / usPerSecond,
    text: (level, language) => say('duration', level / usPerSecond, language),
  },
  payloadBytes: {
    column: { key: 'payload_bytes', title: axes.payload, unit: units.bytes, style: 'integer' },
    value: (level) => level,
    text: (level, language) => fill(seriesWords.payload, language, { value: formatSizeBytes(level) }),
  },
  thinkTimeUs: {
    column: { key: 'think_time_ms', title: axes.thinkTime, unit: units.ms, style: 'parameter' },
    value: (level) => level / usPerMs,
    text: (level, language) => say('thinkTime', level / usPerMs, language),
  },
  keepAlive: {
    column: { key: 'keep_alive', title: axes.keepAlive },
    value: (level) => (level ? axes.yes : axes.no),
    text: (level, language) => seriesWords[level ? 'kept' : 'notKept'][language],
  },
  storage: {
    column: { key: 'storage', title: axes.storage },
    value: (level) => storageNames[level],
    text: (level, language) => storageNames[level][language],
  },
  clientsPerPod: {
    column: { key: 'clients_per_pod', title: axes.clientsPerPod, style: 'integer' },
    value: (level) => level,
    text: (level, language) => say('clientsPerPod', level, language),
  },
};

/** A level of such a factor by itself, as titles say it. */
export const furtherText = (key: FurtherKey, level: Cell[FurtherKey], language: Language): string =>
  (said[key] as Said<Levels[FurtherKey]>).text(level, language);

interface FurtherFactor {
  readonly key: FurtherKey;
  readonly column: Column;
  /** Null where what is described has no such level: a law holds no arrivals. */
  readonly value: (levels: Levels) => Value;
  readonly text: (levels: Levels, language: Language) => string;
}

/** Those that have several levels in a study, in the order of tables and titles. */
export function variedFactors(experiment: Experiment): FurtherFactor[] {
  const isFurther = (key: FactorKey): key is FurtherKey => key in said;
  return factorKeys
    .filter(isFurther)
    .filter((key) => isVaried(key, experiment))
    .map((key) => {
      const { column, value, text } = said[key] as Said<Levels[FurtherKey]>;
      return {
        key,
        column,
        value: (levels) => (levels[key] === undefined ? null : value(levels[key])),
        text: (levels, language) => (levels[key] === undefined ? '' : text(levels[key], language)),
      };
    });
}
