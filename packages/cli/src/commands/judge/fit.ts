import { fill, name, parseOption, sentences } from '@escala/model';
import { type Command, Option } from 'commander';
import { givenFile } from '../../terminal/given-paths.ts';
import { helpWords } from '../../terminal/help-words.ts';
import { print, type World } from '../../terminal/world.ts';

const fitWords = sentences.cli.fit;

interface FitOptions {
  readonly n?: string;
  readonly x?: string;
  readonly scale: 'log' | 'linear';
  readonly json?: boolean;
}

/** `escala fit <data.csv>`: the scalability laws on two columns of a table. */
export function addFit(program: Command, world: World): void {
  const say = (key: keyof typeof fitWords) => fill(fitWords[key], world.language);
  program
    .command('fit')
    .description(say('summary'))
    .argument('<data.csv>', say('file'))
    .option('--n <column>', say('n'), (text) => parseOption('--n', name, text))
    .option('--x <column>', say('x'), (text) => parseOption('--x', name, text))
    .addOption(new Option('--scale <scale>', say('scale')).choices(['log', 'linear']).default('log'))
    .option('--json', fill(helpWords.json, world.language))
    .addHelpText('after', `\n${say('examples')}`)
    .action(async (file: string, { n, x, scale, json }: FitOptions) => {
      const { fitFile } = await import('@escala/analysis/fit-file');
      const result = await fitFile(givenFile(file), { n, x, scale });
      if (json) {
        world.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
        return;
      }
      const { describeFitResult } = await import('./fit-text.ts');
      const { describeSource } = await import('../../terminal/table-text.ts');
      const { columns } = result.source;
      const [dialect = '', ...remarks] = describeSource(result.source, world.language);
      const taken = fill(fitWords.taken, world.language, { file: result.source.file, ...columns, dialect });
      print(world.stdout, `${[taken, ...remarks].join('\n')}\n${describeFitResult(result, world.language)}`);
    });
}
