import { once } from 'node:events';
import type { WatchedRun } from '@escala/dashboard';
import { targetNamed } from '@escala/lab/targets';
import { fill, parseOption, sentences, wholeNumber } from '@escala/model';
import type { Command } from 'commander';
import { plainPath } from '../../terminal/given-paths.ts';
import { print, type World } from '../../terminal/world.ts';

const watchWords = sentences.cli.watch;
const portNumber = wholeNumber(0, 65_535);

/** `escala watch`: the live page of a run, and its replay when it is over. */
export function addWatch(program: Command, world: World): void {
  const say = (key: keyof typeof watchWords) => fill(watchWords[key], world.language);
  program
    .command('watch')
    .description(say('watch'))
    .argument('<run>', say('run'))
    .option('--port <number>', say('port'), (text) => parseOption('--port', portNumber, text), 0)
    .addHelpText('after', `\n${say('examples')}`)
    .action((folder: string, { port }: { port: number }) => watch(plainPath(folder), port, world));
}

/** Until Ctrl-C, which is how a person ends it: exit 0. */
async function watch(folder: string, port: number, world: World): Promise<void> {
  const { expectStudy, knownPace } = await import('@escala/lab');
  const { readManifest } = await import('@escala/model/study');
  const { startDashboard } = await import('@escala/dashboard');
  // A folder without a run is said before anything listens.
  const { environment, target } = await readManifest(folder);
  // A run of a target that this version does not have is shown all the same; only its time left is a guess.
  const { pace: usual } = world.targets[target] ?? targetNamed(world.targets, 'local');
  const { pace } = await knownPace(usual, environment.cluster, folder);
  const run: WatchedRun = {
    folder,
    readManifest: () => readManifest(folder),
    expect: ({ plan, experiment }) => expectStudy(plan, experiment, pace),
  };
  const interrupted = world.interrupted();
  await using dashboard = await startDashboard(run, { port, language: world.language });
  print(world.stdout, `${fill(watchWords.listening, world.language, { url: dashboard.url })}\n`);
  if (!interrupted.aborted) await Promise.race([once(interrupted, 'abort'), dashboard.ended]);
}
