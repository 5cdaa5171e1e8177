import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  EscalaError,
  file as fileKind,
  fill,
  parseOption,
  runFiles,
  sentences,
  unwritable,
} from '@escala/model';
import { type Command, Option } from 'commander';
import { plainPath } from '../../terminal/given-paths.ts';
import { print, type World } from '../../terminal/world.ts';

const reportWords = sentences.cli.report;

interface ReportCommandOptions {
  readonly figure?: string;
  readonly format: 'svg' | 'png' | 'pdf';
  readonly width: string;
  readonly by?: string;
  readonly only?: readonly string[];
  readonly out?: string;
}

/** `escala report`: results.json into the report, or into one figure for a paper. */
export function addReport(program: Command, world: World): void {
  const say = (key: keyof typeof reportWords) => fill(reportWords[key], world.language);
  program
    .command('report')
    .description(say('report'))
    .argument('<run>', say('run'))
    .option('--figure <name>', say('figure'))
    .addOption(new Option('--format <format>', say('format')).choices(['svg', 'png', 'pdf']).default('svg'))
    .option('--width <width>', say('width'), 'two')
    .option('--by <factor>', say('by'))
    .option('--only <level>', say('only'), (text, given: readonly string[] = []) => [...given, text])
    .option('--out <file>', say('out'), (text) => plainPath(parseOption('--out', fileKind, text)))
    .addHelpText('after', `\n${say('examples')}`)
    .action((given: string, options: ReportCommandOptions, command: Command) => {
      const run = plainPath(given);
      if (options.figure !== undefined) return figure(run, options.figure, options, world);
      const lost = (['format', 'width', 'by', 'only', 'out'] as const).find(
        (name) => command.getOptionValueSource(name) === 'cli',
      );
      if (lost !== undefined) throw new EscalaError('OPTION_NEEDS', { one: `--${lost}`, other: '--figure' });
      return report(run, world);
    });
}

async function report(run: string, world: World): Promise<void> {
  const { writeReport } = await import('@escala/report');
  const { answerOf } = await import('@escala/analysis/answer');
  const files = await writeReport(run, { language: world.language, answerOf });
  const values = {
    report: join(run, files.report),
    figures: files.figures.length,
    tables: files.tables.length,
  };
  print(world.stdout, `${fill(reportWords.written, world.language, values)}\n`);
}

async function figure(
  run: string,
  name: string,
  { format, width, by, only = [], out }: ReportCommandOptions,
  world: World,
): Promise<void> {
  const { drawFigure, parseWidth } = await import('@escala/report');
  const { renewChecksums } = await import('@escala/model/study');
  const request = {
    name,
    format,
    width: parseWidth(width),
    language: world.language,
    only,
    ...(by !== undefined && { by }),
  };
  const drawn = await drawFigure(run, request);
  // A part of the study must not stand where the report has the whole of it.
  const part = [...only, ...(by === undefined ? [] : [`by-${by}`])].map(
    (one) => `-${one.replaceAll(/[^\w.]+/g, '-')}`,
  );
  const file = out ?? join(run, runFiles.figures, `${name}${part.join('')}.${format}`);
  await mkdir(dirname(file), { recursive: true })
    .then(() => writeFile(file, drawn))
    .catch((error: Error) => {
      throw unwritable(file, error);
    });
  await renewChecksums(run);
  world.stdout.write(`${file}\n`);
}
