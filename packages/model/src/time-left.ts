import type { Event } from './events.ts';
import type { BlockName } from './experiment.ts';

/** A trial before it ran: `fixedS` is what every trial takes, `loadS` what its own load takes. */
export interface ExpectedTrial {
  readonly planIndex: number;
  readonly cell: string;
  readonly round: number;
  /** Which block it belongs to, a key of `blockS`. */
  readonly block: string;
  readonly fixedS: number;
  readonly loadS: number;
}

/** What a study is expected to take, in seconds: its trials, and each block's deployment and removal of servers. */
export interface StudyExpectation {
  readonly trials: readonly ExpectedTrial[];
  readonly blockS: Readonly<Record<string, number>>;
}

export const blockKey = ({ round, system, replicas, storage }: BlockName) =>
  [round, system, replicas, ...(storage ? [storage] : [])].join('/');

/** How many measurements the expectation is worth: little, for a machine says more of itself than we can guess. */
const PRIOR_TRIALS = 0.5;
const PRIOR_BLOCKS = 0.3;
interface Measured {
  readonly fixedS: number;
  readonly loadS: number;
  readonly tookS: number;
}

/**
 * How long the rest of a study will take, learned from its events. A trial takes `a × fixedS + b × loadS` and a block
 * `c × blockS`: a, b and c begin at 1 and are fitted to what was measured. One factor for everything would be wrong after
 * a few short trials, whose time says little about the long ones.
 */
export class TimeLeft {
  readonly #expected: StudyExpectation;
  readonly #left: Map<number, ExpectedTrial>;
  readonly #measured: Measured[] = [];
  readonly #blocks = { tookS: 0, expectedS: 0 };
  #block: { readonly key: string; readonly startedAtUs: number; isReady: boolean } | undefined;
  /** When the last trial of the block was over, judging included. */
  #trialEndedAtUs: number | undefined;
  #trial:
    | { expected: ExpectedTrial; preparedAtUs: number; startAtUs?: number; planned?: number; share: number }
    | undefined;

  constructor(expected: StudyExpectation) {
    this.#expected = expected;
    this.#left = new Map(expected.trials.map((trial) => [trial.planIndex, trial]));
  }

  hear(event: Event): void {
    switch (event.type) {
      case 'run-started':
        for (const planIndex of event.completed) this.#left.delete(planIndex);
        this.#block = this.#trial = this.#trialEndedAtUs = undefined;
        break;
      case 'block-started':
        this.#block = { key: blockKey(event), startedAtUs: event.atUs, isReady: false };
        break;
      case 'block-ended':
        this.#endBlock(event.atUs);
        break;
      case 'trial-prepared': {
        this.#noteDeployment(event.atUs);
        const expected = this.#left.get(event.planIndex);
        this.#trial = expected && { expected, preparedAtUs: event.atUs, share: 0 };
        break;
      }
      case 'trial-started':
        if (this.#trial) Object.assign(this.#trial, { startAtUs: event.startAtUs, planned: event.planned });
        break;
      case 'trial-progress':
        if (this.#trial?.planned)
          this.#trial.share = (event.progress.answered + event.progress.failed) / this.#trial.planned;
        break;
      case 'trial-finished':
        this.#endTrial(event.atUs);
        break;
      case 'trial-judged':
        this.#addJudging(event.atUs);
        break;
      case 'trial-dropped':
        this.#trial = undefined;
        break;
    }
  }

  #endTrial(atUs: number): void {
    if (!this.#trial) return;
    const { expected, preparedAtUs } = this.#trial;
    const tookS = (atUs - preparedAtUs) / 1e6;
    this.#left.delete(expected.planIndex);
    this.#measured.push({ fixedS: expected.fixedS, loadS: expected.loadS, tookS });
    this.#trial = undefined;
    this.#trialEndedAtUs = atUs;
  }

  /** Judging comes after the trial and before the next one: it is part of what a trial takes. */
  #addJudging(atUs: number): void {
    const last = this.#measured.at(-1);
    if (!last || this.#trialEndedAtUs === undefined) return;
    const tookS = last.tookS + (atUs - this.#trialEndedAtUs) / 1e6;
    this.#measured[this.#measured.length - 1] = { ...last, tookS };
    this.#trialEndedAtUs = atUs;
  }

  /** A deployment is known when its first trial begins; the removal of the servers is added when they are gone. */
  #noteDeployment(atUs: number): void {
    if (!this.#block || this.#block.isReady) return;
    this.#block.isReady = true;
    this.#blocks.tookS += (atUs - this.#block.startedAtUs) / 1e6;
    this.#blocks.expectedS += this.#expected.blockS[this.#block.key] ?? 0;
  }

  #endBlock(atUs: number): void {
    if (this.#block && this.#trialEndedAtUs !== undefined)
      this.#blocks.tookS += (atUs - this.#trialEndedAtUs) / 1e6;
    this.#block = this.#trialEndedAtUs = undefined;
  }

  /** Seconds that the rest takes, from `nowUs` on. */
  secondsAt(nowUs: number): number {
    const [perFixed, perLoad] = fitFactors(this.#measured);
    const takes = ({ fixedS, loadS }: ExpectedTrial) => perFixed * fixedS + perLoad * loadS;
    const current = this.#trial?.expected.planIndex;
    let seconds = 0;
    for (const trial of this.#left.values()) if (trial.planIndex !== current) seconds += takes(trial);
    return seconds + this.#blocksLeftSeconds() + this.#currentSeconds(nowUs, takes);
  }

  #blocksLeftSeconds(): number {
    const { tookS, expectedS } = this.#blocks;
    const everyBlockS = Object.values(this.#expected.blockS);
    const priorS =
      (PRIOR_BLOCKS * everyBlockS.reduce((sum, s) => sum + s, 0)) / Math.max(1, everyBlockS.length);
    const factor = priorS > 0 ? (tookS + priorS) / (expectedS + priorS) : 1;
    const keys = new Set([...this.#left.values()].map(({ block }) => block));
    if (this.#block) keys.delete(this.#block.key);
    return factor * [...keys].reduce((sum, key) => sum + (this.#expected.blockS[key] ?? 0), 0);
  }

  /** The trial that runs: by what is answered, where that says something, else by what it was expected to take. */
  #currentSeconds(nowUs: number, takes: (trial: ExpectedTrial) => number): number {
    if (!this.#trial) return 0;
    const { expected, preparedAtUs, startAtUs, share } = this.#trial;
    if (startAtUs !== undefined && share > 0) {
      const loadedS = Math.max(0, (nowUs - startAtUs) / 1e6);
      return loadedS * (1 / Math.min(share, 1) - 1);
    }
    return Math.max(0, takes(expected) - (nowUs - preparedAtUs) / 1e6);
  }
}

/**
 * Least squares of the relative errors, with the expectation itself as `PRIOR_TRIALS` measurements of each part. Relative,
 * because a long trial varies by more seconds than a short one; never below zero, because no time is.
 */
function fitFactors(measured: readonly Measured[]): [perFixed: number, perLoad: number] {
  let [ff, fl, ll, ft, lt] = [PRIOR_TRIALS, 0, PRIOR_TRIALS, PRIOR_TRIALS, PRIOR_TRIALS];
  for (const { fixedS, loadS, tookS } of measured) {
    const weight = 1 / (fixedS + loadS) ** 2;
    ff += weight * fixedS * fixedS;
    fl += weight * fixedS * loadS;
    ll += weight * loadS * loadS;
    ft += weight * fixedS * tookS;
    lt += weight * loadS * tookS;
  }
  const determinant = ff * ll - fl * fl;
  const perFixed = (ft * ll - lt * fl) / determinant;
  const perLoad = (lt * ff - ft * fl) / determinant;
  if (perFixed < 0) return [0, lt / ll];
  if (perLoad < 0) return [ft / ff, 0];
  return [perFixed, perLoad];
}
