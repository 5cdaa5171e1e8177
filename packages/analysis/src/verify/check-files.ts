import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles, sentences, trialFiles } from '@escala/model';
import { filesOf, readChecksums, sha256 } from '@escala/model/study';
import type { RunOnDisk } from '../run/read-run.ts';
import type { VerifyProblem } from './problem.ts';
import { linesOf } from './raw-text.ts';

const verifyWords = sentences.analysis.verify;

/** checksums.txt against the files: which are gone, which have changed, and which nobody wrote down. */
export async function checkFiles(runFolder: string): Promise<readonly VerifyProblem[]> {
  const checksums = await readChecksums(runFolder);
  if (!checksums)
    return [{ code: 'CHECKSUMS_MISSING', where: runFiles.checksums, message: verifyWords.missing }];
  const { listed, wrongLines } = checksums;
  const problems: VerifyProblem[] = wrongLines.map((line) => ({
    code: 'FILE_CHANGED',
    where: `${runFiles.checksums}:${line}`,
    message: verifyWords.sumLine,
  }));
  for (const [path, sum] of listed) {
    if (!isFile(join(runFolder, path))) {
      problems.push({ code: 'FILE_MISSING', where: path, message: verifyWords.missing });
    } else if ((await sha256(join(runFolder, path))) !== sum) {
      problems.push({ code: 'FILE_CHANGED', where: path, message: verifyWords.sum });
    }
  }
  for (const path of await filesOf(runFolder)) {
    if (!listed.has(path)) {
      problems.push({ code: 'FILE_UNLISTED', where: path, message: verifyWords.unlisted });
    }
  }
  return problems;
}

/** A folder of that name is no file. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The run's requests.csv is the trials' own, in planned order, under one header. Compared byte by byte. */
export async function checkConcatenation({ folder, trials }: RunOnDisk): Promise<readonly VerifyProblem[]> {
  const where = runFiles.requests;
  const file = join(folder, where);
  if (!existsSync(file)) return [{ code: 'FILE_MISSING', where, message: verifyWords.missing }];
  const expected = trials.map((trial) => join(trial.folder, trialFiles.requests));
  const line = await firstDifference(linesOf([file]), linesOf(expected));
  if (line === null) return [];
  const message = verifyWords.concatenation;
  return [{ code: 'ROWS_CHANGED', where: `${where}:${line}`, message }];
}

async function firstDifference(a: AsyncGenerator<string>, b: AsyncGenerator<string>): Promise<number | null> {
  for (let line = 1; ; line++) {
    const [one, other] = await Promise.all([a.next(), b.next()]);
    if (one.done && other.done) return null;
    if (one.value !== other.value) {
      await Promise.all([a.return(undefined), b.return(undefined)]);
      return line;
    }
  }
}
