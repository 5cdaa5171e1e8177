import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createRandom,
  type Event,
  type ExpectedTrial,
  type Random,
  type StudyExpectation,
  TimeLeft,
} from '../src/index.ts';

/** What a machine really takes, in the parts that an expectation has: a pretend machine with a truth that is known. */
interface Truth {
  readonly fixed: number;
  readonly load: number;
  readonly block: number;
  /** A trial takes between 1 − noise and 1 + noise of its time. */
  readonly noise: number;
}

const levels = [2, 4, 6, 8, 10];

/** Shaped as the founding study: 5 blocks of 30 trials whose loads differ by a factor of a thousand. */
function foundingLike(random: Random): StudyExpectation {
  const blocks = random.shuffled(levels);
  const trials = blocks.flatMap((replicas) => {
    const cells = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].flatMap((clients) =>
      [1, 10, 100].map((messages) => ({ clients, messages })),
    );
    return random.shuffled(cells).map(({ clients, messages }) => ({
      cell: `node-r${replicas}-c${clients}-m${messages}`,
      block: `1/node/${replicas}`,
      loadS: (clients * messages) / 2_500,
    }));
  });
  return {
    trials: trials.map(
      (trial, planIndex): ExpectedTrial => ({ ...trial, planIndex, round: 1, fixedS: 0.25 }),
    ),
    blockS: Object.fromEntries(levels.map((replicas) => [`1/node/${replicas}`, 0.6 + 0.12 * replicas])),
  };
}

/** The study under a pretend clock: each event, as the lab would tell it. */
function* played({ trials, blockS }: StudyExpectation, truth: Truth, random: Random): Generator<Event> {
  let atUs = 1_000_000_000;
  const pass = (seconds: number) => {
    atUs += Math.round(seconds * 1e6);
    return atUs;
  };
  const about = { run: 'r', name: 'n', target: 'local', rounds: 1, trials: trials.length };
  yield { type: 'run-started', atUs, ...about, completed: [] };
  for (const [block, own] of Map.groupBy(trials, (trial) => trial.block)) {
    const [round = '', system = '', replicas = ''] = block.split('/');
    const names = { round: Number(round), system, replicas: Number(replicas) };
    const overhead = truth.block * (blockS[block] ?? 0);
    yield { type: 'block-started', atUs, ...names, trials: own.length };
    pass(0.8 * overhead);
    for (const { cell, planIndex, fixedS, loadS } of own) {
      const name = { cell, round: 1 };
      yield { type: 'trial-prepared', atUs, ...name, planIndex, attempt: 1 };
      const factor = 1 + truth.noise * (2 * random.next() - 1);
      pass(factor * (truth.fixed * fixedS + truth.load * loadS));
      yield { type: 'trial-finished', atUs, ...name, planIndex, tookMs: 0, counts: {} as never };
    }
    pass(0.2 * overhead);
    yield { type: 'block-ended', atUs, ...names };
  }
}

const moments = [0.1, 0.2, 0.3, 0.5, 0.7];

/** Relative error of the time left, at the first event after each of these shares of the study's time. */
function errors(seed: number, truth: Truth): number[] {
  const random = createRandom(`time-left ${seed}`);
  const expected = foundingLike(random);
  const events = [...played(expected, truth, random)];
  const [startUs, endUs] = [events[0]?.atUs ?? 0, events.at(-1)?.atUs ?? 0];
  return moments.map((share) => {
    const timeLeft = new TimeLeft(expected);
    const untilUs = startUs + share * (endUs - startUs);
    const at = events.findIndex(({ atUs }) => atUs >= untilUs);
    for (const event of events.slice(0, at + 1)) timeLeft.hear(event);
    const nowUs = events[at]?.atUs ?? 0;
    return Math.abs(timeLeft.secondsAt(nowUs) / ((endUs - nowUs) / 1e6) - 1);
  });
}

for (const [name, truth] of Object.entries({
  'as expected': { fixed: 1, load: 1, block: 1, noise: 0.1 },
  'three times as slow to begin and end a trial': { fixed: 3, load: 1, block: 1, noise: 0.1 },
  'half as fast under load': { fixed: 1, load: 2, block: 1, noise: 0.1 },
  'slow to deploy': { fixed: 1, load: 1, block: 8, noise: 0.1 },
  'slower in everything, and restless': { fixed: 2, load: 3, block: 4, noise: 0.3 },
  'much faster than expected': { fixed: 0.5, load: 0.4, block: 0.5, noise: 0.2 },
})) {
  test(`after a tenth of a study the time left is right within 20 %: ${name}`, () => {
    for (let seed = 1; seed <= 20; seed++) {
      const found = errors(seed, truth);
      assert.ok(
        found.every((error) => error < 0.2),
        `seed ${seed}: off by ${found.map((error) => `${(100 * error).toFixed(0)} %`).join(', ')}`,
      );
    }
  });
}

const two: StudyExpectation = {
  trials: [0, 1].map((planIndex) => ({
    planIndex,
    cell: `c${planIndex}`,
    round: 1,
    block: '1/node/2',
    fixedS: 1,
    loadS: 9,
  })),
  blockS: { '1/node/2': 3 },
};
const started = (completed: number[]): Event => ({
  type: 'run-started',
  atUs: 0,
  run: 'r',
  name: 'n',
  target: 'local',
  trials: 2,
  rounds: 1,
  completed,
});

test('before anything ran it is what was expected, and what is complete on disk is not in it', () => {
  const timeLeft = new TimeLeft(two);
  timeLeft.hear(started([]));
  assert.equal(timeLeft.secondsAt(0), 10 + 10 + 3);
  const resumed = new TimeLeft(two);
  resumed.hear(started([0]));
  assert.equal(resumed.secondsAt(0), 10 + 3);
});

test('a long trial counts down by what is answered', () => {
  const timeLeft = new TimeLeft(two);
  const name = { cell: 'c1', round: 1 };
  timeLeft.hear(started([0]));
  timeLeft.hear({ type: 'block-started', atUs: 0, round: 1, system: 'node', replicas: 2, trials: 1 });
  timeLeft.hear({ type: 'trial-prepared', atUs: 0, ...name, planIndex: 1, attempt: 1 });
  assert.equal(timeLeft.secondsAt(2e6), 8);
  timeLeft.hear({
    type: 'trial-started',
    atUs: 1e6,
    ...name,
    planIndex: 1,
    attempt: 1,
    startAtUs: 1e6,
    planned: 100,
  });
  const progress = { sent: 25, answered: 20, failed: 5, active: 5 };
  timeLeft.hear({ type: 'trial-progress', atUs: 6e6, ...name, elapsedMs: 5_000, progress });
  // A quarter took 5 s; three quarters are left.
  assert.equal(timeLeft.secondsAt(6e6), 15);
});

test('a trial that is dropped is still to be done', () => {
  const timeLeft = new TimeLeft(two);
  timeLeft.hear(started([0]));
  timeLeft.hear({ type: 'block-started', atUs: 0, round: 1, system: 'node', replicas: 2, trials: 1 });
  timeLeft.hear({ type: 'trial-prepared', atUs: 0, cell: 'c1', round: 1, planIndex: 1, attempt: 1 });
  timeLeft.hear({
    type: 'trial-dropped',
    atUs: 5e6,
    cell: 'c1',
    round: 1,
    reason: { en: 'planted', 'pt-BR': 'plantado' },
  });
  assert.equal(timeLeft.secondsAt(5e6), 10);
});
