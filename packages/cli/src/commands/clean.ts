import { fill } from '@escala/model';
import type { Command } from 'commander';
import type { World } from '../world.ts';
import { clusterWords } from './cluster-words.ts';

interface CleanOptions {
  readonly context?: string;
  readonly namespace?: string;
}

/** `escala clean`: only what carries a study's label is ever removed, and a study that lives is left alone. */
export function addClean(program: Command, world: World): void {
  const say = (key: keyof typeof clusterWords) => fill(clusterWords[key], world.language);
  program
    .command('clean')
    .description(say('clean'))
    .option('--context <name>', say('context'))
    .option('--namespace <name>', say('namespace'))
    .action((options: CleanOptions) => clean(options, world));
}

async function clean({ context, namespace }: CleanOptions, world: World): Promise<void> {
  const { ClusterApi, removeLeftovers } = await import('@escala/lab/kubernetes');
  const leftovers = await removeLeftovers(ClusterApi.connect(context), namespace);
  const lines = leftovers.map(({ run, namespace, state, objects }) =>
    fill(clusterWords[state], world.language, { run, namespace, objects: objects.join(', ') }),
  );
  if (lines.length === 0) lines.push(fill(clusterWords.nothing, world.language));
  world.stdout.write(`${lines.join('\n')}\n`);
}
