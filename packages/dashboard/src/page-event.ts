import {
  type Event,
  findingText,
  inEachLanguage,
  type Sentence,
  type StudyExpectation,
  TimeLeft,
} from '@escala/model';
import { parseEvent } from '@escala/model/study';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';

/** What the page gets of an event: its fields, the study's seconds, and quantiles in place of histograms. */
interface PageEvent {
  readonly type: Event['type'];
  readonly atUs: number;
  /** Seconds that the study has worked (`StudyClock`). */
  readonly s: number;
  /** Seconds that the rest of the study will take, as known then (`TimeLeft`). */
  readonly leftS: number;
  readonly [field: string]: unknown;
}

/** Turns events, in their order, into what the page draws. One translator reads one file from its beginning. */
export class PageEvents {
  readonly #clock = new StudyClock();
  readonly #latency = new TrialLatency();
  readonly #timeLeft: TimeLeft;

  constructor(expected: StudyExpectation) {
    this.#timeLeft = new TimeLeft(expected);
  }

  /** Undefined for a line that is no event. */
  translate(line: string): PageEvent | undefined {
    const event = parseEvent(line);
    if (!event) return undefined;
    this.#timeLeft.apply(event);
    const s = toMs(this.#clock.secondsAt(event));
    const at = { s, leftS: toMs(this.#timeLeft.secondsAt(event.atUs)) };
    if (event.type === 'trial-progress') return { ...event, ...at, progress: this.#progress(event) };
    if (event.type === 'trial-started') {
      // The clients start later than the event says that they will.
      return { ...event, ...at, startS: s + (event.startAtUs - event.atUs) / 1e6 };
    }
    if (event.type === 'trial-judged') return { ...event, ...at, sentences: reasonSentences(event) };
    return { ...event, ...at };
  }

  #progress({ cell, round, progress }: Extract<Event, { type: 'trial-progress' }>) {
    const { latencyHistogram, ...counts } = progress;
    const latencyUs: LatencyQuantiles | undefined =
      latencyHistogram === undefined ? undefined : this.#latency.since(`${cell}/${round}`, latencyHistogram);
    return { ...counts, ...(latencyUs && { latencyUs }) };
  }
}

/** Whole milliseconds: the page draws no more digits. */
const toMs = (seconds: number) => Math.round(seconds * 1e3) / 1e3;

type Reasons = Pick<Extract<Event, { type: 'trial-judged' }>, 'findings'>;

/** Why a trial is not VALID, in both languages; a reason that the model does not know is shown by its key. */
export function reasonSentences({ findings }: Reasons): Sentence[] {
  return findings.map(({ finding, values }) =>
    inEachLanguage((language) => findingText(finding, values, language)),
  );
}

/**
 * Seconds that the study has worked when an event happened. The time between two lives of a run (an interruption, a
 * crash, a night) does not count: figures would be mostly gap.
 */
class StudyClock {
  #originUs: number | undefined;
  #lastUs = 0;

  secondsAt({ type, atUs }: Pick<Event, 'type' | 'atUs'>): number {
    if (this.#originUs === undefined) this.#originUs = atUs;
    else if (type === 'run-started') this.#originUs += Math.max(0, atUs - this.#lastUs);
    this.#lastUs = Math.max(this.#lastUs, atUs);
    return Math.max(0, (atUs - this.#originUs) / 1e6);
  }
}

type HdrHistogram = ReturnType<typeof decodeFromCompressedBase64>;

/** Requests that must lie beyond a quantile for it to mean something. */
const BEYOND_MIN = 10;

/** Latency of `n` answered requests, µs, within the three digits of the histogram; null where n is too small. */
interface LatencyQuantiles {
  readonly n: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/**
 * Latency quantiles of a trial while it runs. Quantiles of several agents cannot be averaged: their histograms are
 * added. Each progress event holds everything so far; what it held before is subtracted, so that a slow second shows as
 * one.
 */
export class TrialLatency {
  #trial = '';
  #before: HdrHistogram | undefined;

  /**
   * Quantiles since the progress before. `histograms` are base64 HDR histograms (V2, compressed), apart by spaces.
   * Undefined where one cannot be read.
   */
  since(trial: string, histograms: string): LatencyQuantiles | undefined {
    const before = trial === this.#trial ? this.#before : undefined;
    const soFar = mergeHistograms(histograms);
    if (!soFar) return undefined;
    const span = mergeHistograms(histograms) as HdrHistogram;
    // An agent that started over has fewer: then everything is new.
    if (before && before.totalCount <= soFar.totalCount) span.subtract(before);
    this.#trial = trial;
    this.#before = soFar;
    return quantilesOf(span);
  }
}

/** The sum of base64 histograms that are apart by spaces; undefined where one cannot be read. */
export function mergeHistograms(texts: string): HdrHistogram | undefined {
  try {
    const [first, ...others] = texts
      .split(' ')
      .filter((text) => text !== '')
      .map((text) => decodeFromCompressedBase64(text, 32, false));
    if (!first) return undefined;
    first.autoResize = true;
    for (const other of others) first.add(other);
    return first;
  } catch {
    return undefined;
  }
}

/** p50, p95 and p99, each null with fewer than ten requests beyond it. */
export function quantilesOf(histogram: HdrHistogram): LatencyQuantiles {
  const n = histogram.totalCount;
  const quantile = (share: number) =>
    n * (1 - share) < BEYOND_MIN - 1e-9 ? null : histogram.getValueAtPercentile(share * 100);
  return { n, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}
