import { fill, name, namespace, parseOption, sentences } from '@escala/model';
import type { Command } from 'commander';
import { print, type World } from '../../terminal/world.ts';

interface CleanOptions {
  readonly context?: string;
  readonly namespace?: string;
}

const words = sentences.cli.clean;

/** `escala clean`: only what carries a study's label is ever removed, and a study that lives is left alone. */
export function addClean(program: Command, world: World): void {
  const say = (key: keyof typeof words) => fill(words[key], world.language);
  program
    .command('clean')
    .description(say('clean'))
    .option('--context <name>', say('context'), (text) => parseOption('--context', name, text))
    .option('--namespace <name>', say('namespace'), (text) => parseOption('--namespace', namespace, text))
    .addHelpText('after', `\n${say('examples')}`)
    .action((options: CleanOptions) => clean(options, world));
}

async function clean({ context, namespace }: CleanOptions, world: World): Promise<void> {
  const { ClusterApi, removeLeftovers } = await import('@escala/lab/kubernetes');
  const leftovers = removeLeftovers(ClusterApi.connect(context), namespace);
  let count = 0;
  for await (const { objects, state, ...place } of leftovers) {
    count++;
    const text = fill(words[state], world.language, { ...place, objects: objects.join(', ') });
    print(world.stdout, `${text}\n`);
  }
  if (count === 0) print(world.stdout, `${fill(words.nothing, world.language)}\n`);
}
