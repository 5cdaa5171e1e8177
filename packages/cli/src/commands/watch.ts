import { once } from 'node:events';
import type { WatchedRun } from '@escala/dashboard';
import { EscalaError, fill } from '@escala/model';
import type { Command } from 'commander';
import type { World } from '../world.ts';
import { watchWords } from './watch-words.ts';

/** `escala watch`: the live page of a run, and its replay when it is over. */
export function addWatch(program: Command, world: World): void {
  const say = (key: keyof typeof watchWords) => fill(watchWords[key], world.language);
  program
    .command('watch')
    .description(say('watch'))
    .argument('<run>', say('run'))
    .option('--port <number>', say('port'), portNumber, 0)
    .addHelpText('after', `\n${say('examples')}`)
    .action((folder: string, { port }: { port: number }) => watch(folder, port, world));
}

/** Until Ctrl-C, which is how a person ends it: exit 0. */
async function watch(folder: string, port: number, world: World): Promise<void> {
  const { expectStudy, readManifest } = await import('@escala/lab');
  const { startDashboard } = await import('@escala/dashboard');
  const run: WatchedRun = {
    folder,
    readManifest: () => readManifest(folder),
    expect: ({ plan, experiment }) => expectStudy(plan, experiment),
  };
  // A folder without a run is said before anything listens.
  await run.readManifest();
  const interrupted = world.interrupted();
  await using dashboard = await startDashboard(run, { port, language: world.language });
  world.stdout.write(`${fill(watchWords.listening, world.language, { url: dashboard.url })}\n`);
  if (!interrupted.aborted) await Promise.race([once(interrupted, 'abort'), dashboard.ended]);
}

function portNumber(text: string): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value;
  throw new EscalaError('OPTION_INVALID', {
    option: '--port',
    value: text,
    allowed: { en: '0 to 65535', 'pt-BR': '0 a 65535' },
  });
}
