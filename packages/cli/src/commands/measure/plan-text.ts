import type { Estimate } from '@escala/lab';
import { targetNamed } from '@escala/lab/targets';
import {
  cellsOf,
  describeBytes,
  type Experiment,
  type Fillings,
  fill,
  type Language,
  levelNames,
  sentences,
} from '@escala/model';
import { describeSeconds } from '../../terminal/durations.ts';
import { print, type World } from '../../terminal/world.ts';

const runWords = sentences.cli.run;

/**
 * `run --dry-run`: the plan in the order in which it would run, with its time and disk.
 * @throws EscalaError DISK_TOO_SMALL, as the run itself would.
 */
export async function printPlan(
  experiment: Experiment,
  { folder, target }: { folder: string; target: string },
  world: World,
): Promise<void> {
  const { checkDisk, estimateStudy, planStudy } = await import('@escala/lab');
  const plan = planStudy(experiment);
  const estimate = estimateStudy(plan, experiment, targetNamed(world.targets, target).pace);
  const printLine = (key: 'planHeader' | 'planBlock', values: Fillings) =>
    print(world.stdout, `${fill(runWords[key], world.language, values)}\n`);

  printLine('planHeader', {
    name: experiment.name,
    cells: cellsOf(experiment).length,
    rounds: experiment.rounds,
    requests: estimate.requests,
    time: timeOf(estimate, world.language),
    disk: describeBytes(estimate.bytes),
    seed: String(experiment.seed),
  });
  for (const { round, system, replicas, trials } of plan) {
    const cells = trials.map(({ cell }) => levelNames(cell, experiment, ['system', 'replicas']).join('-'));
    printLine('planBlock', { round, system, replicas, cells: cells.join(' ') });
  }
  checkDisk(folder, estimate.bytes);
}

/** A service whose time is not known makes the time a lower limit, and that is said. */
function timeOf({ seconds, unknownSystems }: Estimate, language: Language): string {
  const time = describeSeconds(seconds);
  const systems = unknownSystems.join(', ');
  return systems
    ? fill(runWords.timeAtLeast, language, { time, systems })
    : fill(runWords.timeAbout, language, { time });
}
