import { type Event, type ExpectedTrial, type StudyExpectation, TimeLeft } from '../src/index.ts';

/** What a pretend machine really takes: for a trial, seconds; for a block, a multiple of what was expected. */
export interface PlantedTimes {
  readonly takesS: (trial: ExpectedTrial) => number;
  readonly block: number;
}

/** The study under a pretend clock: each event, as the lab would tell it. */
function* played({ trials, blockS }: StudyExpectation, times: PlantedTimes): Generator<Event> {
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
    const overhead = times.block * (blockS[block] ?? 0);
    yield { type: 'block-started', atUs, ...names, trials: own.length };
    pass(0.8 * overhead);
    for (const trial of own) {
      const { cell, planIndex } = trial;
      const name = { cell, round: trial.round };
      yield { type: 'trial-prepared', atUs, ...name, planIndex, attempt: 1 };
      pass(times.takesS(trial));
      yield { type: 'trial-finished', atUs, ...name, planIndex, tookMs: 0, counts: {} as never };
    }
    pass(0.2 * overhead);
    yield { type: 'block-ended', atUs, ...names };
  }
}

const moments = [0.1, 0.2, 0.3, 0.5, 0.7];

/** Relative error of the time left, at the first event after each of these shares of the study's time. */
export function timeLeftErrors(expected: StudyExpectation, times: PlantedTimes): number[] {
  const events = [...played(expected, times)];
  const [startUs, endUs] = [events[0]?.atUs ?? 0, events.at(-1)?.atUs ?? 0];
  return moments.map((share) => {
    const timeLeft = new TimeLeft(expected);
    const untilUs = startUs + share * (endUs - startUs);
    const at = events.findIndex(({ atUs }) => atUs >= untilUs);
    for (const event of events.slice(0, at + 1)) timeLeft.apply(event);
    const nowUs = events[at]?.atUs ?? 0;
    return Math.abs(timeLeft.secondsAt(nowUs) / ((endUs - nowUs) / 1e6) - 1);
  });
}
