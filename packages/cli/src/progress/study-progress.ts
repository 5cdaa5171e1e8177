import { type Event, failedRequests, type StudyExpectation, TimeLeft } from '@escala/model';

/** Where a study stands at one moment. */
export interface ProgressState {
  readonly done: number;
  readonly total: number;
  readonly elapsedS: number;
  readonly leftS: number;
  /** Requests/s of the newest span that was measured; null before the first. */
  readonly throughput: number | null;
  /** Requests that were not answered, of all trials that were heard of. */
  readonly failed: number;
  readonly judged: number;
  readonly problems: number;
  /** Pods that it waits for; null where it does not wait. */
  readonly waiting: Waiting | null;
  readonly trial: { readonly cell: string; readonly round: number } | null;
}

type Waiting = Extract<Event, { type: 'waiting' }>;

/** What live progress shows, as a fold of the study's events. */
export class StudyProgress {
  readonly #timeLeft: TimeLeft;
  #startedAtUs = 0;
  #endedAtUs: number | undefined;
  #done = 0;
  #total: number;
  #judged = 0;
  #problems = 0;
  /** Of the trials that are over, and of the one that runs. */
  #failed = { before: 0, now: 0 };
  #throughput: number | null = null;
  #trial: ProgressState['trial'] = null;
  #waiting: Waiting | null = null;
  #told = { answered: 0, elapsedMs: 0 };

  constructor(expected: StudyExpectation) {
    this.#timeLeft = new TimeLeft(expected);
    this.#total = expected.trials.length;
  }

  apply(event: Event): void {
    this.#timeLeft.apply(event);
    // The judge's word on the trial before may come while the servers of the next one start.
    if (event.type !== 'trial-judged') this.#waiting = event.type === 'waiting' ? event : null;
    switch (event.type) {
      case 'run-started':
        [this.#startedAtUs, this.#done, this.#total] = [event.atUs, event.completed.length, event.trials];
        break;
      case 'trial-prepared':
        this.#trial = { cell: event.cell, round: event.round };
        this.#told = { answered: 0, elapsedMs: 0 };
        this.#failed.now = 0;
        break;
      case 'trial-progress': {
        const { answered } = event.progress;
        const spanMs = event.elapsedMs - this.#told.elapsedMs;
        if (spanMs > 0) this.#throughput = ((answered - this.#told.answered) / spanMs) * 1_000;
        this.#told = { answered, elapsedMs: event.elapsedMs };
        this.#failed.now = event.progress.failed;
        break;
      }
      case 'trial-finished':
        this.#done++;
        this.#failed = { before: this.#failed.before + failedRequests(event.counts), now: 0 };
        this.#trial = null;
        break;
      case 'trial-judged':
        // A trial of less than a second has no progress event: its own throughput is the newest.
        if (this.#told.elapsedMs === 0) this.#throughput = event.throughput ?? this.#throughput;
        this.#judged++;
        if (event.verdict !== 'VALID') this.#problems++;
        break;
      case 'trial-dropped':
        this.#trial = null;
        this.#failed.now = 0;
        this.#problems++;
        break;
      case 'run-finished':
      case 'run-interrupted':
        this.#trial = null;
        this.#endedAtUs = event.atUs;
        break;
    }
  }

  at(nowUs: number): ProgressState {
    const untilUs = this.#endedAtUs ?? nowUs;
    return {
      done: this.#done,
      total: this.#total,
      elapsedS: (untilUs - this.#startedAtUs) / 1e6,
      leftS: this.#timeLeft.secondsAt(untilUs),
      throughput: this.#throughput,
      failed: this.#failed.before + this.#failed.now,
      judged: this.#judged,
      problems: this.#problems,
      waiting: this.#waiting,
      trial: this.#trial,
    };
  }
}
