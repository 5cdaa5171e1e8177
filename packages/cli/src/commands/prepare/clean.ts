import { fill, name, namespace, parseOption, type Sentence } from '@escala/model';
import type { Command } from 'commander';
import { print, type World } from '../../terminal/world.ts';

interface CleanOptions {
  readonly context?: string;
  readonly namespace?: string;
}

const words = {
  clean: {
    en: 'remove what crashed studies left on a cluster, and say what',
    'pt-BR': 'remove o que estudos interrompidos deixaram num cluster e diz o quê',
  },
  context: {
    en: 'context in the configuration that KUBECONFIG names; else the current one',
    'pt-BR': 'contexto na configuração que KUBECONFIG indica; senão, o atual',
  },
  namespace: {
    en: 'look only in this one, which was made beforehand',
    'pt-BR': 'olha só neste, que foi criado antes',
  },
  examples: {
    en: `Examples:
  escala clean                                  every study's leftovers on the cluster
  escala clean --context lab --namespace study  where only one namespace may be seen
What carries no study's label, and a study that still runs, are left alone.`,
    'pt-BR': `Exemplos:
  escala clean                                  as sobras de todos os estudos no cluster
  escala clean --context lab --namespace estudo quando só um namespace pode ser visto
O que não tem a etiqueta de um estudo, e um estudo em execução, não são tocados.`,
  },
  nothing: { en: 'Nothing was left.', 'pt-BR': 'Não havia sobras.' },
  removed: { en: '{run}: removed {objects}', 'pt-BR': '{run}: removido {objects}' },
  live: {
    en: '{run}: is running in {namespace}; left alone',
    'pt-BR': '{run}: está em execução em {namespace}; não foi tocado',
  },
} as const satisfies Record<string, Sentence>;

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
