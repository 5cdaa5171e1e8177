import { statSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles, sentences } from '@escala/model';
import { filesOf, readChecksums, sha256 } from '@escala/model/study';
import type { VerifyProblem } from './problem.ts';

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
