import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFiles } from '@escala/model';
import { filesOf, sha256 } from '../checksums.ts';
import type { VerifyProblem } from './problem.ts';

/** checksums.txt against the files: which are gone, which have changed, and which nobody wrote down. */
export async function checkFiles(runFolder: string): Promise<readonly VerifyProblem[]> {
  const file = join(runFolder, runFiles.checksums);
  if (!existsSync(file)) {
    return [{ code: 'CHECKSUMS_MISSING', where: runFiles.checksums, message: 'the file is missing' }];
  }
  const listed = parseChecksums(await readFile(file, 'utf8'));
  const problems: VerifyProblem[] = [];
  for (const [path, sum] of listed) {
    if (!existsSync(join(runFolder, path))) {
      problems.push({ code: 'FILE_MISSING', where: path, message: 'the file is missing' });
    } else if ((await sha256(join(runFolder, path))) !== sum) {
      problems.push({
        code: 'FILE_CHANGED',
        where: path,
        message: 'its sha256 is not the one in checksums.txt',
      });
    }
  }
  for (const path of await filesOf(runFolder)) {
    if (!listed.has(path)) {
      problems.push({ code: 'FILE_UNLISTED', where: path, message: 'checksums.txt does not name this file' });
    }
  }
  return problems;
}

function parseChecksums(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
}
