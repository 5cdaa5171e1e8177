import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plantedSentence } from '../../../test/planted-sentence.ts';
import {
  createRandom,
  type Event,
  type ExpectedTrial,
  type Random,
  type StudyExpectation,
  TimeLeft,
} from '../src/index.ts';
import { timeLeftErrors } from './played-study.ts';

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
      system: 'node',
      block: `1/node/${replicas}`,
      knownS: 0,
      partsS: [0.25, (clients * messages) / 2_500],
      guesses: [],
    }));
  });
  return {
    trials: trials.map((trial, planIndex): ExpectedTrial => ({ ...trial, planIndex, round: 1 })),
    blockS: Object.fromEntries(levels.map((replicas) => [`1/node/${replicas}`, 0.6 + 0.12 * replicas])),
  };
}

function errors(seed: number, truth: Truth): number[] {
  const random = createRandom(`time-left ${seed}`);
  const takesS = ({ partsS: [fixedS = 0, loadS = 0] }: ExpectedTrial) =>
    (1 + truth.noise * (2 * random.next() - 1)) * (truth.fixed * fixedS + truth.load * loadS);
  return timeLeftErrors(foundingLike(random), { takesS, block: truth.block });
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
    system: 'node',
    knownS: 0,
    partsS: [1, 9],
    guesses: [],
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
  timeLeft.apply(started([]));
  assert.equal(timeLeft.secondsAt(0), 10 + 10 + 3);
  const resumed = new TimeLeft(two);
  resumed.apply(started([0]));
  assert.equal(resumed.secondsAt(0), 10 + 3);
});

test('a long trial counts down by what is answered', () => {
  const timeLeft = new TimeLeft(two);
  const name = { cell: 'c1', round: 1 };
  timeLeft.apply(started([0]));
  timeLeft.apply({ type: 'block-started', atUs: 0, round: 1, system: 'node', replicas: 2, trials: 1 });
  timeLeft.apply({ type: 'trial-prepared', atUs: 0, ...name, planIndex: 1, attempt: 1 });
  assert.equal(timeLeft.secondsAt(2e6), 8);
  timeLeft.apply({
    type: 'trial-started',
    atUs: 1e6,
    ...name,
    planIndex: 1,
    attempt: 1,
    startAtUs: 1e6,
    planned: 100,
  });
  const progress = { sent: 25, answered: 20, failed: 5, active: 5 };
  timeLeft.apply({ type: 'trial-progress', atUs: 6e6, ...name, elapsedMs: 5_000, progress });
  // A quarter took 5 s; three quarters are left.
  assert.equal(timeLeft.secondsAt(6e6), 15);
});

test('a trial that is dropped is still to be done', () => {
  const timeLeft = new TimeLeft(two);
  timeLeft.apply(started([0]));
  timeLeft.apply({ type: 'block-started', atUs: 0, round: 1, system: 'node', replicas: 2, trials: 1 });
  timeLeft.apply({ type: 'trial-prepared', atUs: 0, cell: 'c1', round: 1, planIndex: 1, attempt: 1 });
  timeLeft.apply({
    type: 'trial-dropped',
    atUs: 5e6,
    cell: 'c1',
    round: 1,
    reason: plantedSentence('planted', 'plantado'),
  });
  assert.equal(timeLeft.secondsAt(5e6), 10);
});
