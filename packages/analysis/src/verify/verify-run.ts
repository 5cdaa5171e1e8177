import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  EscalaError,
  fillEach,
  notARun,
  problems as problemTable,
  type Results,
  runFiles,
  type Sentence,
  sentences,
  systemReason,
} from '@escala/model';
import { readVersionedFile, resultsKind, resultsText } from '@escala/model/study';
import { analyseWith } from '../analysis.ts';
import { openEngine } from '../run/engine.ts';
import { type RunOnDisk, readRun } from '../run/read-run.ts';
import { checkConcatenation, checkEvents, checkFiles, checkPlan } from './check-files.ts';
import { checkJoin } from './check-join.ts';
import { checkLedgers } from './check-ledgers.ts';
import { problemsPerFileMax, type VerifyProblem } from './problem.ts';

const verifyWords = sentences.analysis.verify;

/** What verify found; `ok` when nothing. `results` are as computed again, where the rows could be read. */
interface Verification {
  readonly ok: boolean;
  readonly problems: readonly VerifyProblem[];
  readonly results: Results | null;
}

/**
 * Does everything again from the raw rows: the join of both sides, every number of results.json (compared exactly), the
 * concatenation, the order of the ledgers, the plan against what ran, the events, and the checksums. Any changed digit or
 * row and any missing file is a problem that names its place; a file that cannot be read is one, too, and what does not
 * need it is still checked.
 * @throws EscalaError NOT_A_RUN only; what is wrong inside a run is a finding.
 */
export async function verifyRun(runFolder: string): Promise<Verification> {
  // Without its manifest it is still a run that lost a file, as long as the checksums say so.
  if (![runFiles.manifest, runFiles.checksums].some((name) => existsSync(join(runFolder, name))))
    throw notARun(runFolder);
  const { problems, results } = await checkNumbers(runFolder);
  const all = [...problems, ...(await checkFiles(runFolder))];
  return { ok: all.length === 0, problems: all, results };
}

async function checkNumbers(runFolder: string): Promise<Pick<Verification, 'problems' | 'results'>> {
  await using engine = await openEngine();
  const problems: VerifyProblem[] = [];
  const attempt = async <T>(file: string, check: () => Promise<T>): Promise<T | null> => {
    try {
      return await check();
    } catch (error) {
      problems.push(unreadable(runFolder, file, error));
      return null;
    }
  };
  const add = async (file: string, check: () => Promise<readonly VerifyProblem[]>) =>
    void problems.push(...((await attempt(file, check)) ?? []));
  const run = await attempt(runFiles.manifest, () => readRun(runFolder));
  if (!run) return { problems, results: null };
  await add(runFiles.manifest, () => checkPlan(run));
  const results = await attempt(runFiles.cells, () => analyseWith(engine, run));
  if (results) {
    problems.push(...ledgerProblems(results));
    await add(runFiles.results, () => resultsProblems(run, results));
  }
  for (const trial of run.trials) {
    const where = relative(runFolder, trial.folder);
    await add(where, async () => [
      ...(await checkJoin(engine, run, trial)),
      ...(await checkLedgers(engine, run, trial)),
    ]);
  }
  await add(runFiles.requests, () => checkConcatenation(run));
  await add(runFiles.events, () => checkEvents(run));
  return { problems, results };
}

/** What is wrong with the files of a run is a finding, also where the system says it; a bug of ours stays one. */
function unreadable(runFolder: string, file: string, error: unknown): VerifyProblem {
  if (error instanceof Error && 'syscall' in error) {
    return { code: 'RUN_UNREADABLE', where: file, message: systemReason(error) };
  }
  if (!(error instanceof EscalaError)) throw error;
  const where = String(error.values['where'] ?? error.values['file'] ?? runFolder);
  const message = fillEach(problemTable[error.code].says, error.values);
  return { code: 'RUN_UNREADABLE', where: relative(runFolder, where) || runFolder, message };
}

function ledgerProblems({ trials }: Results): readonly VerifyProblem[] {
  return trials.flatMap(({ cell, round, counts }) => {
    const { missing, duplicated, unexpected } = counts.ledger;
    if (missing + duplicated + unexpected === 0) return [];
    const message = fillEach(verifyWords.ledger, { missing, duplicated, unexpected });
    return [{ code: 'LEDGER_OPEN', where: `${runFiles.cells}/${cell}/${round}`, message } as const];
  });
}

async function resultsProblems({ folder }: RunOnDisk, computed: Results): Promise<readonly VerifyProblem[]> {
  const file = join(folder, runFiles.results);
  if (!existsSync(file)) {
    return [{ code: 'RESULTS_MISSING', where: runFiles.results, message: verifyWords.analyzeFirst }];
  }
  const expected = resultsText(computed);
  if ((await readFile(file, 'utf8').catch(() => null)) === expected) return [];
  const found = await readVersionedFile(file, resultsKind);
  const problems = compareValues(found, JSON.parse(expected), runFiles.results);
  if (problems.length > 0) return problems;
  // A key twice, or in another place: a reader of the text may see what a parser does not.
  return [{ code: 'NUMBER_CHANGED', where: runFiles.results, message: verifyWords.otherText }];
}

/** Every place at which two JSON values differ, to the last digit; `found` is on disk, `computed` from the raw rows. */
function compareValues(found: unknown, computed: unknown, where: string): readonly VerifyProblem[] {
  const problems: VerifyProblem[] = [];
  compare(found, computed, '');
  return problems;

  function compare(a: unknown, b: unknown, path: string): void {
    if (problems.length >= problemsPerFileMax || Object.is(a, b)) return;
    if (isObject(a) && isObject(b) && Array.isArray(a) === Array.isArray(b)) {
      const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
      for (const key of keys)
        compare(a[key], b[key], Array.isArray(a) ? `${path}[${key}]` : `${path}.${key}`);
      return;
    }
    const message = fillEach(verifyWords.number, { found: short(a), computed: short(b) });
    problems.push({
      code: 'NUMBER_CHANGED',
      where: `${where}:${path.replace(/^\./, '') || '(all)'}`,
      message,
    });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function short(value: unknown): string | Sentence {
  return value === undefined ? verifyWords.nothing : JSON.stringify(value).slice(0, 80);
}
