import { existsSync } from 'node:fs';
import type { RunComparison } from '@escala/analysis';
import { type Comparison, EscalaError, fill, inEachLanguage, sentences } from '@escala/model';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { givenFile, plainPath } from '../../../terminal/given-paths.ts';
import { helpWords } from '../../../terminal/help.ts';
import { print, type World } from '../../../terminal/world.ts';
import type { TableForm } from './compare-table.ts';

const judgementExamples = sentences.cli.judgementExamples;
const judgementWords = sentences.cli.judgement;

interface Options {
  readonly metric: Comparison['metric'];
  readonly margin?: number;
  readonly power?: boolean;
  readonly json?: boolean;
  readonly format: TableForm;
}

/** `escala compare A B`: cell by cell, with a verdict; exit 7 where B is slower beyond the margin. */
export function addCompare(program: Command, world: World): void {
  const say = (key: keyof typeof judgementWords) => fill(judgementWords[key], world.language);
  program
    .command('compare')
    .description(say('compare'))
    .argument('<a>', say('compareSide'))
    .argument('<b>', say('compareSide'))
    .addOption(
      new Option('--metric <metric>', say('metric')).choices(['throughput', 'p95']).default('throughput'),
    )
    .option('--margin <share>', say('margin'), share)
    .option('--power', say('power'))
    .addOption(
      new Option('--format <format>', say('compareFormat')).choices(['text', 'markdown']).default('text'),
    )
    .option('--json', fill(helpWords.json, world.language))
    .addHelpText('after', `\n${fill(judgementExamples.compare, world.language)}`)
    .action(async (a: string, b: string, { metric, margin, power, json, format }: Options) => {
      const { compareRuns, failingInSecond, slowerBeyondMargin } = await import('@escala/analysis');
      const comparison = await compareRuns(await plainSide(a), await plainSide(b), {
        metric,
        ...(margin !== undefined && { margin }),
        ...(power && { power }),
      });
      if (json) world.stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
      else await printComparison(comparison, world, format);
      const named = await import('./compare-table.ts');
      const detailOf = (cells: Comparison['cells']) =>
        inEachLanguage((language) =>
          cells
            .map(({ factors }) =>
              named.cellName(
                factors,
                comparison.cells.map((cell) => cell.factors),
                language,
              ),
            )
            .join('; '),
        );
      const failing = failingInSecond(comparison);
      if (failing.length > 0) {
        throw new EscalaError('COMPARE_FAILING', { count: failing.length, detail: detailOf(failing) });
      }
      const slower = slowerBeyondMargin(comparison);
      if (slower.length > 0) {
        throw new EscalaError('COMPARE_SLOWER', { count: slower.length, detail: detailOf(slower) });
      }
    });
}

async function printComparison(comparison: RunComparison, world: World, form: TableForm): Promise<void> {
  const { language, stdout } = world;
  const { describeComparison } = await import('./compare-text.ts');
  const { describeConclusions, describeOriginSource } = await import('../analyze-origin.ts');
  if (comparison.conclusions) print(stdout, `${describeConclusions(comparison.conclusions, language)}\n`);
  print(stdout, describeComparison(comparison, language, form));
  for (const source of comparison.sources ?? []) {
    const [first = '', ...more] = describeOriginSource(source, language);
    print(stdout, `${[`${source.file}: ${first}`, ...more].join('\n')}\n`);
  }
}

/** A table, a run, or `RUN#system`, with its path as the other commands take one. */
async function plainSide(given: string): Promise<string> {
  const { isTable } = await import('@escala/analysis');
  if (await isTable(given)) return givenFile(given);
  const at = existsSync(given) ? -1 : given.lastIndexOf('#');
  return at < 0 ? plainPath(given) : `${plainPath(given.slice(0, at))}${given.slice(at)}`;
}

function share(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('0 < … < 1');
}
