import { join } from 'node:path';
import { fill, runFiles } from '@escala/model';
import type { Command } from 'commander';
import { givenFile, plainPath } from '../given-paths.ts';
import { throwWhereNoCellMeets } from '../slo-violated.ts';
import type { World } from '../world.ts';
import { judgementExamples } from './judgement-examples.ts';
import { judgementWords } from './judgement-words.ts';

/** `escala analyze <run | csv…>`: raw rows into results.json, or what can be said of files in the older form. */
export function addAnalyze(program: Command, world: World): void {
  const say = (key: keyof typeof judgementWords) => fill(judgementWords[key], world.language);
  program
    .command('analyze')
    .description(say('analyze'))
    .argument('<run-or-csv...>', say('analyzeFiles'))
    .option('--json', say('json'))
    .addHelpText('after', `\n${fill(judgementExamples.analyze, world.language)}`)
    .action(async (given: string[], { json }: { readonly json?: boolean }) => {
      const { analyzeOrigin, isTable } = await import('@escala/analysis');
      if ((await Promise.all(given.map(isTable))).every(Boolean)) {
        const { describeOrigin } = await import('./origin-text.ts');
        const analysis = await analyzeOrigin(given.map(givenFile));
        world.stdout.write(
          json ? `${JSON.stringify(analysis, null, 2)}\n` : describeOrigin(analysis, world.language),
        );
        return;
      }
      const folder = plainPath(given[0] ?? '');
      const { analyzeRun, writeChecksums, writeResults } = await import('@escala/analysis');
      const results = await analyzeRun(folder);
      await writeResults(folder, results);
      await writeChecksums(folder);
      const { trialsMeasured: trials, cellsMeasured: cells, requests } = results.totals;
      const file = join(folder, runFiles.results);
      if (json) world.stdout.write(`${JSON.stringify(results.totals)}\n`);
      else
        world.stdout.write(
          `${fill(judgementWords.analyzed, world.language, { trials, cells, requests, file })}\n`,
        );
      await throwWhereNoCellMeets(results);
    });
}
