import {
  type Event,
  findingText,
  inEachLanguage,
  type Sentence,
  type StudyExpectation,
  TimeLeft,
} from '@escala/model';
import { parseEvent } from '@escala/model/study';
import { StudyClock } from './study-clock.ts';
import { type LatencyQuantiles, TrialLatency } from './trial-latency.ts';

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
