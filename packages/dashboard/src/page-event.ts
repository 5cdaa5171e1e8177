import { type Event, findingText, type Language, languages } from '@escala/model';
import { StudyClock } from './study-clock.ts';
import { type LatencyQuantiles, TrialLatency } from './trial-latency.ts';

/** What the page gets of an event: its fields, the study's seconds, and quantiles in place of histograms. */
export interface PageEvent {
  readonly type: Event['type'];
  readonly atUs: number;
  /** Seconds that the study has worked (`StudyClock`). */
  readonly s: number;
  readonly [field: string]: unknown;
}

/** Turns events, in their order, into what the page draws. One translator reads one file from its beginning. */
export class PageEvents {
  readonly #clock = new StudyClock();
  readonly #latency = new TrialLatency();

  /** Undefined for a line that is no event. */
  translate(line: string): PageEvent | undefined {
    const event = parseEvent(line);
    if (!event) return undefined;
    const s = Math.round(this.#clock.secondsAt(event) * 1e3) / 1e3;
    if (event.type === 'trial-progress') return { ...event, s, progress: this.#progress(event) };
    if (event.type === 'trial-started') {
      // The clients start later than the event says that they will.
      return { ...event, s, startS: s + (event.startAtUs - event.atUs) / 1e6 };
    }
    if (event.type === 'trial-judged') return { ...event, s, sentences: reasonSentences(event) };
    return { ...event, s };
  }

  #progress({ cell, round, progress }: Extract<Event, { type: 'trial-progress' }>) {
    const { latencyHistogram, ...counts } = progress;
    const latencyUs: LatencyQuantiles | undefined =
      latencyHistogram === undefined ? undefined : this.#latency.since(`${cell}/${round}`, latencyHistogram);
    return { ...counts, ...(latencyUs && { latencyUs }) };
  }
}

function parseEvent(line: string): Event | undefined {
  try {
    const event = JSON.parse(line) as Event | null;
    const isEvent = typeof event?.type === 'string' && Number.isFinite(event.atUs);
    return isEvent ? event : undefined;
  } catch {
    return undefined;
  }
}

type Reasons = Pick<Extract<Event, { type: 'trial-judged' }>, 'findings'>;

/** Why a trial is not VALID, in both languages; a reason that the model does not know is shown by its key. */
export function reasonSentences({ findings }: Reasons): Readonly<Record<Language, string>>[] {
  return findings.map(({ finding, values }) => {
    const inLanguage = (language: Language) => findingText(finding, values, language);
    return Object.fromEntries(languages.map((language) => [language, inLanguage(language)])) as Record<
      Language,
      string
    >;
  });
}
