import type { Estimate, KnownPace } from '@escala/lab';
import { type TargetPlace, targetNamed } from '@escala/lab/targets';
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
import { describeSeconds } from '../../progress/progress-line.ts';
import { print, type World } from '../../terminal/world.ts';

const runWords = sentences.cli.run;

/**
 * `run --dry-run`: the plan in the order in which it would run, with its time and disk.
 * @throws EscalaError DISK_TOO_SMALL, as the run itself would.
 */
export async function printPlan(
  experiment: Experiment,
  { folder, target, place }: { folder: string; target: string; place: TargetPlace },
  world: World,
): Promise<void> {
  const { checkDisk, estimateStudy, knownPace, planStudy } = await import('@escala/lab');
  const plan = planStudy(experiment);
  const row = targetNamed(world.targets, target);
  const known = await knownPace(row.pace, await row.identify?.(place), folder);
  const estimate = estimateStudy(plan, experiment, known.pace);
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
  if (row.identify) print(world.stdout, `${paceSentence(known, world.language)}\n`);
  for (const { round, system, replicas, trials } of plan) {
    const cells = trials.map(({ cell }) => levelNames(cell, experiment, ['system', 'replicas']).join('-'));
    printLine('planBlock', { round, system, replicas, cells: cells.join(' ') });
  }
  checkDisk(folder, estimate.bytes);
}

/** Where the times of start-up come from that an estimate begins with. */
export function paceSentence({ run }: KnownPace, language: Language): string {
  return run === null ? fill(runWords.paceUsual, language) : fill(runWords.paceOfRun, language, { run });
}

/** A service whose time is not known makes the time a lower limit, and that is said. */
function timeOf({ seconds, unknownSystems }: Estimate, language: Language): string {
  const time = describeSeconds(seconds);
  const systems = unknownSystems.join(', ');
  return systems
    ? fill(runWords.timeAtLeast, language, { time, systems })
    : fill(runWords.timeAbout, language, { time });
}
