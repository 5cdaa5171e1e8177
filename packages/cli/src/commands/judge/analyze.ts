import { join } from 'node:path';
import { EscalaError, fill, folder, parseOption, runFiles } from '@escala/model';
import type { Command } from 'commander';
import { givenFile, plainPath } from '../../terminal/given-paths.ts';
import { print, type World } from '../../terminal/world.ts';
import { judgementExamples } from './judgement-examples.ts';
import { judgementWords } from './judgement-words.ts';
import { throwWhereNoCellMeets } from './slo-violated.ts';

/** `escala analyze <run | csv…>`: raw rows into results.json, or what can be said of files in the older form. */
export function addAnalyze(program: Command, world: World): void {
  const say = (key: keyof typeof judgementWords) => fill(judgementWords[key], world.language);
  program
    .command('analyze')
    .description(say('analyze'))
    .argument('<run-or-csv...>', say('analyzeFiles'))
    .option('--out <folder>', say('analyzeOut'), (text) => plainPath(parseOption('--out', folder, text)))
    .option('--json', say('json'))
    .addHelpText('after', `\n${fill(judgementExamples.analyze, world.language)}`)
    .action(async (given: string[], options: { readonly json?: boolean; readonly out?: string }) => {
      const { isTable } = await import('@escala/analysis');
      if ((await Promise.all(given.map(isTable))).every(Boolean)) {
        const { analyzeOlderFiles } = await import('./analyze-origin.ts');
        return analyzeOlderFiles(given.map(givenFile), options, world);
      }
      const { json, out } = options;
      if (out !== undefined)
        throw new EscalaError('OPTIONS_CONFLICT', { one: '--out', other: given[0] ?? '' });
      const run = plainPath(given[0] ?? '');
      const { analyzeRun, writeChecksums, writeResults } = await import('@escala/analysis');
      const results = await analyzeRun(run);
      await writeResults(run, results);
      await writeChecksums(run);
      const { trialsMeasured: trials, cellsMeasured: cells, requests } = results.totals;
      const file = join(run, runFiles.results);
      if (json) world.stdout.write(`${JSON.stringify(results.totals)}\n`);
      else
        print(
          world.stdout,
          `${fill(judgementWords.analyzed, world.language, { trials, cells, requests, file })}\n`,
        );
      await throwWhereNoCellMeets(results);
    });
}
