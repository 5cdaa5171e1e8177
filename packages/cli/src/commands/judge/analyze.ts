import { join } from 'node:path';
import {
  EscalaError,
  fill,
  folder,
  type Language,
  parseOption,
  type Results,
  runFiles,
  type Sentence,
  sentences,
  verdictSentences,
} from '@escala/model';
import type { Command } from 'commander';
import { givenFile, plainPath } from '../../terminal/given-paths.ts';
import { helpWords } from '../../terminal/help.ts';
import { print, type World } from '../../terminal/world.ts';
import { throwWhereNoCellMeets } from './slo-violated.ts';

const judgementExamples = sentences.cli.judgementExamples;
const judgementWords = sentences.cli.judgement;

const oneRun: Sentence = sentences.cli.analyze;

/** `escala analyze <run | csv…>`: raw rows into results.json, or what can be said of files in the older form. */
export function addAnalyze(program: Command, world: World): void {
  const say = (key: keyof typeof judgementWords) => fill(judgementWords[key], world.language);
  program
    .command('analyze')
    .description(say('analyze'))
    .argument('<run-or-csv...>', say('analyzeFiles'))
    .option('--out <folder>', say('analyzeOut'), (text) => plainPath(parseOption('--out', folder, text)))
    .option('--json', fill(helpWords.json, world.language))
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
      const [first = '', another] = given;
      if (another !== undefined)
        throw new EscalaError('ARGUMENTS_TOO_MANY', { given: another, expected: oneRun });
      const run = plainPath(first);
      const { analyzeRun } = await import('@escala/analysis');
      const { writeChecksums, writeResults } = await import('@escala/model/study');
      const results = await analyzeRun(run);
      await writeResults(run, results);
      await writeChecksums(run);
      if (json) world.stdout.write(`${JSON.stringify(results.totals)}\n`);
      else print(world.stdout, `${judged(results, join(run, runFiles.results), world.language)}\n`);
      await throwWhereNoCellMeets(results);
    });
}

/** What was judged and where it stands, then how far it can be believed. */
function judged(results: Results, file: string, language: Language): string {
  const { trialsMeasured: trials, cellsMeasured: cells, requests, verdicts } = results.totals;
  const { VALID: valid, SUSPECT: suspect, INVALID: invalid } = verdicts;
  const counted = fill(judgementWords.analyzed, language, { trials, cells, requests, file });
  const verdict = fill(judgementWords.analyzedVerdicts, language, { valid, suspect, invalid });
  return [counted, [verdict, ...verdictSentences(results, language)].join(' ')].join('\n');
}
