import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFiles, sentences } from '@escala/model';
import { filesOf, sha256 } from '../checksums.ts';
import type { VerifyProblem } from './problem.ts';

const verifyWords = sentences.analysis.verify;

/** checksums.txt against the files: which are gone, which have changed, and which nobody wrote down. */
export async function checkFiles(runFolder: string): Promise<readonly VerifyProblem[]> {
  const file = join(runFolder, runFiles.checksums);
  if (!isFile(file)) {
    return [{ code: 'CHECKSUMS_MISSING', where: runFiles.checksums, message: verifyWords.missing }];
  }
  const { listed, problems } = parseChecksums(await readFile(file, 'utf8'));
  for (const [path, sum] of listed) {
    if (!isFile(join(runFolder, path))) {
      problems.push({ code: 'FILE_MISSING', where: path, message: verifyWords.missing });
    } else if ((await sha256(join(runFolder, path))) !== sum) {
      problems.push({
        code: 'FILE_CHANGED',
        where: path,
        message: verifyWords.sum,
      });
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

const checksumLine = /^([0-9a-f]{64}) {2}(.+)$/;

/** Every line is whole, and the paths ascend, as they were written: a doubled or moved line is a change as well. */
function parseChecksums(text: string): {
  readonly listed: ReadonlyMap<string, string>;
  readonly problems: VerifyProblem[];
} {
  const listed = new Map<string, string>();
  const problems: VerifyProblem[] = [];
  let last = '';
  for (const [i, line] of text.replace(/\n$/, '').split('\n').entries()) {
    const [, sum = '', path = ''] = checksumLine.exec(line) ?? [];
    if (path <= last) {
      const message = verifyWords.sumLine;
      problems.push({ code: 'FILE_CHANGED', where: `${runFiles.checksums}:${i + 1}`, message });
    } else {
      listed.set(path, sum);
      last = path;
    }
  }
  return { listed, problems };
}
