import { existsSync, statSync } from 'node:fs';
import { copyFile, mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerifyProblem } from '@escala/analysis';
import {
  EscalaError,
  fill,
  fillEach,
  type Language,
  languages,
  problems as problemTable,
  runFiles,
  sentences,
} from '@escala/model';
import type { ReportFiles } from '@escala/report';
import type { Command } from 'commander';
import { plainPath } from '../../terminal/given-paths.ts';
import { helpWords } from '../../terminal/help.ts';
import { print, type World } from '../../terminal/world.ts';

const judgementExamples = sentences.cli.judgementExamples;
const judgementWords = sentences.cli.judgement;

/** `escala verify <run>`: everything again from the raw rows; exit 6 when anything differs. */
export function addVerify(program: Command, world: World): void {
  const say = (key: keyof typeof judgementWords) => fill(judgementWords[key], world.language);
  program
    .command('verify')
    .description(say('verify'))
    .argument('<run>', say('runFolder'))
    .option('--json', fill(helpWords.json, world.language))
    .addHelpText('after', `\n${fill(judgementExamples.verify, world.language)}`)
    .action(async (given: string, { json }: { readonly json?: boolean }) => {
      const folder = plainPath(given);
      const { verifyRun } = await import('@escala/analysis');
      const { problems: inRun, results } = await verifyRun(folder);
      const problems = [...inRun, ...(await verifyReport(folder))];
      const ok = problems.length === 0;
      if (json) {
        // A program reads this, so it does not change with the language.
        const inEnglish = problems.map(({ message, ...rest }) => ({ ...rest, message: message.en }));
        world.stdout.write(`${JSON.stringify({ ok, problems: inEnglish }, null, 2)}\n`);
      } else {
        for (const { code, where, message } of problems)
          print(world.stdout, `${code} ${where}: ${message[world.language]}\n`);
      }
      if (!ok) throw new EscalaError('VERIFY_FAILED', { count: problems.length, folder });
      if (!json) print(world.stdout, `${describe(results?.totals)}\n`);
    });

  function describe(
    totals: { readonly requests: number; readonly trialsMeasured: number } | undefined,
  ): string {
    const values = { requests: totals?.requests ?? 0, trials: totals?.trialsMeasured ?? 0 };
    return fill(judgementWords.verified, world.language, values);
  }
}

const verifyWords = sentences.analysis.verify;

/**
 * Writes the report of the run's results.json once more, elsewhere, and compares every file: the page, the tables, the
 * figures and the tables behind them. So what was changed there is found even where checksums.txt was made anew. Nothing
 * where the run was only analysed and never reported.
 */
export async function verifyReport(runFolder: string): Promise<readonly VerifyProblem[]> {
  const isReported = [runFiles.report, runFiles.figures, runFiles.tables].some((name) =>
    existsSync(join(runFolder, name)),
  );
  const results = statSync(join(runFolder, runFiles.results), { throwIfNoEntry: false });
  if (!isReported || !results?.isFile()) return [];
  await using folder = await mkdtempDisposable(join(tmpdir(), 'escala-verify-report-'));
  const again = folder.path;
  const { readResults } = await import('@escala/model/study');
  const { writeReport } = await import('@escala/report');
  try {
    await copyFile(join(runFolder, runFiles.results), join(again, runFiles.results));
    const written = await writeReport(again, { language: await languageOf(runFolder) });
    const problems: VerifyProblem[] = [];
    const { environment } = await readResults(again);
    for (const path of comparable(written, environment.arch)) {
      problems.push(...(await compareFile(runFolder, again, path)));
    }
    return problems;
  } catch (error) {
    if (!(error instanceof EscalaError)) throw error;
    const message = fillEach(problemTable[error.code].says, error.values);
    return [{ code: 'RUN_UNREADABLE', where: runFiles.results, message }];
  }
}

/** The pixels of another kind of processor may differ in their last bit; its PNGs are left to checksums.txt. */
function comparable({ report, tables, figures }: ReportFiles, arch: string): readonly string[] {
  return [report, ...tables, ...figures.filter((path) => !isPng(path) || arch === process.arch)];
}

const isPng = (path: string) => path.endsWith('.png');

/** The page says in which language figures and tables were written with it. */
async function languageOf(runFolder: string): Promise<Language> {
  const page = await readFile(join(runFolder, runFiles.report), 'utf8').catch(() => '');
  return languages.find((language) => page.includes(`<html lang="${language}">`)) ?? 'en';
}

async function compareFile(runFolder: string, again: string, path: string): Promise<VerifyProblem[]> {
  const expected = await readFile(join(again, path));
  const found = await readFile(join(runFolder, path)).catch(() => null);
  if (found === null) return [{ code: 'FILE_MISSING', where: path, message: verifyWords.missing }];
  if (found.equals(expected)) return [];
  if (isPng(path)) return [{ code: 'REPORT_CHANGED', where: path, message: verifyWords.picture }];
  const [lines, others] = [found, expected].map((bytes) => bytes.toString('utf8').split('\n'));
  const line = lines?.findIndex((text, i) => text !== others?.[i]) ?? -1;
  const where = `${path}:${(line < 0 ? (lines?.length ?? 0) : line) + 1}`;
  return [{ code: 'REPORT_CHANGED', where, message: verifyWords.report }];
}
