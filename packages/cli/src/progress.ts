import {
  type Event,
  type EventListener,
  fill,
  findingText,
  formatNumber,
  type PlannedTrial,
} from '@escala/model';
import { createLogUpdate } from 'log-update';
import { describeSeconds } from './durations.ts';
import { words } from './words.ts';
import type { World } from './world.ts';

/** Between two lines where the line cannot be drawn over: a pipe, a dumb terminal, CI. */
const PLAIN_LINE_MS = 10_000;

/**
 * Live progress of a study, as a listener of its events: one line that is drawn over in a terminal, plain lines
 * elsewhere. The time left is the plan's estimate for what is left, scaled by how the estimate did so far.
 */
export function progressListener(
  world: World,
  plan: readonly PlannedTrial[],
  estimateSeconds: (trial: PlannedTrial) => number,
): EventListener {
  const isLive = world.stderr.isTerminal && world.environment['TERM'] !== 'dumb' && !world.environment['CI'];
  const draw = isLive ? createLogUpdate(process.stderr) : undefined;
  const tell = (line: string) => {
    draw?.clear();
    world.stderr.write(`${line}\n`);
  };
  const left = new Map(plan.map((trial) => [trial.planIndex, estimateSeconds(trial)]));
  let [startedAtUs, done, total, problems, throughput, toldAtUs] = [0, 0, plan.length, 0, 0, 0];
  // Of what this life of the run has to do: a resumed run has done the rest before.
  let plannedSeconds = 0;

  const line = (nowUs: number) => {
    const elapsed = (nowUs - startedAtUs) / 1e6;
    const leftSeconds = sum(left);
    const workedSeconds = plannedSeconds - leftSeconds;
    const eta = leftSeconds * (workedSeconds > 0 ? elapsed / workedSeconds : 1);
    return fill(words.progress, world.language, {
      done,
      total,
      elapsed: describeSeconds(elapsed),
      eta: describeSeconds(eta),
      throughput: formatNumber(throughput, world.language, { maximumFractionDigits: 0 }),
      problems:
        problems === 0
          ? fill(words.noProblems, world.language)
          : fill(words.problems, world.language, { count: problems }),
    });
  };
  const show = (nowUs: number, always: boolean) => {
    if (draw) draw(line(nowUs));
    else if (always || nowUs - toldAtUs > PLAIN_LINE_MS * 1_000) {
      toldAtUs = nowUs;
      tell(line(nowUs));
    }
  };

  return (event: Event) => {
    switch (event.type) {
      case 'run-started':
        [startedAtUs, done, total] = [event.atUs, event.completed.length, event.trials];
        for (const planIndex of event.completed) left.delete(planIndex);
        plannedSeconds = sum(left);
        break;
      case 'trial-progress':
        throughput = event.progress.answered / (event.elapsedMs / 1_000);
        break;
      case 'trial-finished':
        done++;
        left.delete(event.planIndex);
        break;
      case 'trial-judged':
        throughput = event.throughput ?? throughput;
        if (event.verdict === 'VALID') break;
        problems++;
        tell(
          fill(words.judged, world.language, {
            cell: event.cell,
            round: event.round,
            verdict: event.verdict,
            reasons: event.findings
              .map(({ finding, values }) => findingText(finding, values, world.language))
              .join(' '),
          }),
        );
        break;
      case 'trial-dropped':
        problems++;
        tell(
          fill(words.dropped, world.language, { cell: event.cell, round: event.round, reason: event.reason }),
        );
        break;
    }
    const isEnd = event.type === 'run-finished' || event.type === 'run-interrupted';
    show(event.atUs, isEnd);
    if (isEnd) draw?.done();
  };
}

function sum(seconds: ReadonlyMap<number, number>): number {
  return [...seconds.values()].reduce((total, value) => total + value, 0);
}
