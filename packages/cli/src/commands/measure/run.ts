import { join } from 'node:path';
import { requirePlace } from '@escala/lab/targets';
import {
  EscalaError,
  type Experiment,
  fill,
  folder,
  host,
  parseOption,
  projectFolder,
  ROUNDS_MAX,
  runName,
  sentences,
  wholeNumber,
} from '@escala/model';
import { Argument, type Command, Option } from 'commander';
import { givenFile, plainPath } from '../../terminal/given-paths.ts';
import { addTargetOptions } from '../../terminal/target-options.ts';
import type { World } from '../../terminal/world.ts';
import { printPlan } from './plan-text.ts';
import { type RunOptions, runAndJudge } from './study-command.ts';

const runWords = sentences.cli.run;

/** `escala run`: a whole study, from the file to the report. */
export function addRun(program: Command, world: World): void {
  const say = (key: keyof typeof runWords) => fill(runWords[key], world.language);
  const command = program
    .command('run')
    .description(say('run'))
    .addArgument(new Argument('[experiment]', say('file')).default(undefined, 'experiments/founding.yaml'));
  addTargetOptions(command, runWords, world);
  command
    .option('--rounds <number>', say('rounds'), (text) =>
      parseOption('--rounds', wholeNumber(1, ROUNDS_MAX), text),
    )
    .option('--seed <number>', say('seed'), (text) =>
      parseOption('--seed', wholeNumber(0, Number.MAX_SAFE_INTEGER), text),
    )
    .addOption(
      new Option('--out <folder>', say('out'))
        .argParser((text) => plainPath(parseOption('--out', folder, text)))
        .default(undefined, say('outDefault')),
    )
    .option('--dry-run', say('dryRun'))
    .option('--quick', say('quick'))
    .addOption(new Option('--json', say('json')).conflicts('dryRun'))
    .addOption(
      // A run that is there has its experiment and target: what would change them is a mistake, and is not passed over.
      new Option('--resume <run>', say('resume'))
        .argParser((text) => plainPath(parseOption('--resume', folder, text)))
        .conflicts(['quick', 'rounds', 'seed', 'out', 'dryRun']),
    )
    .option('--allow-host <name>', say('allowHost'), (text: string, before: readonly string[] = []) => [
      ...before,
      parseOption('--allow-host', host, text),
    ])
    .option('--strict', say('strict'))
    .addHelpText('after', `\n${say('examples')}`)
    .action((file: string | undefined, options: RunOptions, command: Command) => {
      const isTargetGiven = command.getOptionValueSource('target') === 'cli';
      return run(file, { ...options, isTargetGiven }, world);
    });
}

async function run(
  file: string | undefined,
  options: RunOptions & { readonly isTargetGiven: boolean },
  world: World,
): Promise<void> {
  const another = options.resume !== undefined ? '--resume' : options.quick ? '--quick' : undefined;
  if (file !== undefined && another !== undefined)
    throw new EscalaError('OPTIONS_CONFLICT', { one: another, other: file });
  const { readExperiment } = await import('@escala/lab');
  const { readManifest } = await import('@escala/model/study');
  if (options.resume !== undefined) {
    const { target } = await readManifest(options.resume);
    if (options.isTargetGiven && options.target !== target)
      throw new EscalaError('OPTIONS_CONFLICT', { one: '--resume', other: `--target ${options.target}` });
    requirePlace(world.targets, target, options);
    return runAndJudge({ kind: 'resume', folder: options.resume }, options, world);
  }
  requirePlace(world.targets, options.target, options);
  const ours = join(projectFolder, 'experiments', options.quick ? 'quick.yaml' : 'founding.yaml');
  const read = await readExperiment(file === undefined ? ours : givenFile(file));
  const experiment: Experiment = {
    ...read.experiment,
    ...(options.rounds !== undefined && { rounds: options.rounds }),
    ...(options.seed !== undefined && { seed: options.seed }),
  };
  const id = runName(world.clock.nowUs(), experiment.name);
  const out = options.out ?? join('runs', id);
  if (options.dryRun) {
    await printPlan(experiment, { folder: out, target: options.target, place: options }, world);
    const objects = await world.targets[options.target]?.render?.(experiment, { ...options, run: id });
    if (objects !== undefined) world.stdout.write(`\n${objects}`);
    return;
  }
  const { text, requests } = read;
  return runAndJudge({ kind: 'start', folder: out, run: id, experiment, requests, text }, options, world);
}
