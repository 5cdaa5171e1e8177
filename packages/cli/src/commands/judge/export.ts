import { file, fill, parseOption, sentences } from '@escala/model';
import { type Command, Option } from 'commander';
import { plainPath } from '../../terminal/given-paths.ts';
import type { World } from '../../terminal/world.ts';

const judgementExamples = sentences.cli.judgementExamples;
const judgementWords = sentences.cli.judgement;

/** `escala export <run>`: rows and results in the forms that other tools read. */
export function addExport(program: Command, world: World): void {
  const say = (key: keyof typeof judgementWords) => fill(judgementWords[key], world.language);
  program
    .command('export')
    .description(say('export'))
    .argument('<run>', say('runFolder'))
    .addOption(
      new Option('--format <format>', say('format'))
        .choices(['csv', 'parquet', 'json', 'prometheus'])
        .default('csv'),
    )
    .requiredOption('--out <file>', say('out'), (text) => plainPath(parseOption('--out', file, text)))
    .addHelpText('after', `\n${fill(judgementExamples.export, world.language)}`)
    .action(async (folder: string, { format, out }: { readonly format: 'csv'; readonly out: string }) => {
      const { exportRun } = await import('@escala/analysis');
      await exportRun(plainPath(folder), format, out);
    });
}
