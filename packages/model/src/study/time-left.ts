import type { Event } from './events.ts';
import { blockKey } from './factors.ts';

/**
 * A trial before it ran. It takes `knownS` and a multiple of each of `partsS`, seconds; the multiples are one at first
 * and are learned from the trials that are over. `guesses` are parts, by place, that nothing is known about beforehand:
 * their multiples begin at zero. All trials of a system have the same parts.
 */
export interface ExpectedTrial {
  readonly planIndex: number;
  readonly cell: string;
  readonly round: number;
  readonly system: string;
  /** Which block it belongs to, a key of `blockS`. */
  readonly block: string;
  readonly knownS: number;
  readonly partsS: readonly number[];
  readonly guesses: readonly number[];
}

/** What a study is expected to take, in seconds: its trials, and each block's deployment and removal of servers. */
export interface StudyExpectation {
  readonly trials: readonly ExpectedTrial[];
  readonly blockS: Readonly<Record<string, number>>;
}

/** How many measurements the expectation is worth: little, for a machine says more of itself than we can guess. */
const PRIOR_TRIALS = 0.5;
const PRIOR_BLOCKS = 0.3;
/** The same for a part that is a guess: nearly nothing, so that the first measurements decide. */
const PRIOR_GUESSES = 0.002;
/** Rounds of the fit over all parts; each multiple is then known far better than a trial's time varies. */
const FIT_SWEEPS = 60;

interface Measured {
  readonly trial: ExpectedTrial;
  readonly tookS: number;
}

/**
 * How long the rest of a study will take, learned from its events: a trial's parts and a block's deployment are
 * multiplied by what the measured ones took. One factor for everything would be wrong after a few short trials, whose
 * time says little about the long ones.
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

  apply(event: Event): void {
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
    const { expected: trial, preparedAtUs } = this.#trial;
    this.#left.delete(trial.planIndex);
    this.#measured.push({ trial, tookS: (atUs - preparedAtUs) / 1e6 });
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
    const multiples = new Map<string, readonly number[]>();
    const takes = (trial: ExpectedTrial) => {
      const known = multiples.get(trial.system) ?? this.#multiplesFor(trial);
      multiples.set(trial.system, known);
      return secondsOf(trial, known);
    };
    const current = this.#trial?.expected.planIndex;
    let seconds = 0;
    for (const trial of this.#left.values()) if (trial.planIndex !== current) seconds += takes(trial);
    return seconds + this.#blocksLeftSeconds() + this.#currentSeconds(nowUs, takes);
  }

  /** From the trials of the same system, since systems differ in speed; before its first, from those with the same parts. */
  #multiplesFor({ system, partsS, guesses }: ExpectedTrial): readonly number[] {
    const own = this.#measured.filter(({ trial }) => trial.system === system);
    const alike = this.#measured.filter(({ trial }) => trial.partsS.length === partsS.length);
    const isGuess = partsS.map((_, i) => guesses.includes(i));
    return fitMultiples(own.length > 0 ? own : alike, isGuess);
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

const secondsOf = ({ knownS, partsS }: ExpectedTrial, multiples: readonly number[]) =>
  partsS.reduce((sum, partS, i) => sum + (multiples[i] ?? 0) * partS, knownS);

/**
 * The multiple of each part, by least squares of the relative errors; relative, because a long trial varies by more
 * seconds than a short one. The expectation counts as a few measurements (`PRIOR_…`), and no multiple is below zero,
 * because no time is: one multiple after the other is set to its best value, until none changes (coordinate descent).
 */
function fitMultiples(measured: readonly Measured[], isGuess: readonly boolean[]): readonly number[] {
  // The normal equations: `gram` × multiples = `moments`.
  const gram: number[][] = isGuess.map((guessed, i) =>
    isGuess.map((_, j) => (i === j ? (guessed ? PRIOR_GUESSES : PRIOR_TRIALS) : 0)),
  );
  const moments: number[] = isGuess.map((guessed) => (guessed ? 0 : PRIOR_TRIALS));
  const ones = isGuess.map(() => 1);
  for (const { trial, tookS } of measured) {
    const { partsS, knownS } = trial;
    const weight = 1 / secondsOf(trial, ones) ** 2;
    for (const [i, row] of gram.entries()) {
      const own = weight * (partsS[i] ?? 0);
      for (const j of row.keys()) row[j] = (row[j] ?? 0) + own * (partsS[j] ?? 0);
      moments[i] = (moments[i] ?? 0) + own * (tookS - knownS);
    }
  }
  const multiples: number[] = ones;
  for (let sweep = 0; sweep < FIT_SWEEPS; sweep++) {
    for (const [i, row] of gram.entries()) {
      const others = row.reduce((sum, g, j) => (j === i ? sum : sum + g * (multiples[j] ?? 0)), 0);
      multiples[i] = Math.max(0, ((moments[i] ?? 0) - others) / (row[i] ?? 1));
    }
  }
  return multiples;
}
